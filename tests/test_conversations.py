"""Plays the conversations of tests/conversations/*.yaml and checks what the user sees after each turn."""

import pytest

from bot.cases.conversation_files import Conversation
from bot.cases.playing import mismatches_of
from tests.content_fixture import shipped_bundle, shipped_suite


@pytest.mark.parametrize("conversation", shipped_suite().conversations, ids=str)
async def test_the_conversation_goes_as_written(conversation: Conversation) -> None:
    mismatches = await mismatches_of(conversation, shipped_bundle())

    assert [str(mismatch) for mismatch in mismatches] == []
