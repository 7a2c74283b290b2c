"""What is kept to set a conversation right survives being stored."""

from dataclasses import replace

import pytest

from bot.dialog.state import State
from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_state, encode_state
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import after, turn

KEY = SessionKey("web", "c1")
ATTRIBUTES = shipped_bundle().guide.knowledge.attributes


def _stored(state: State) -> State:
    return decode_state(KEY, encode_state(state, ATTRIBUTES), ATTRIBUTES)


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (("亦庄，小巨人", "换一家公司"), "1"),
        (("亦庄，小巨人", "帮我朋友的公司看看，他们在通州", "1"), "回到第一家"),
        (("亦庄，小巨人，没有买科技保险", "保费30万"), "2"),
        (("亦庄，小巨人", "算了"), "1"),
        (("亦庄，小巨人", "没有"), "3"),
        (("亦庄，第一次登记，花了7.4万",), "1"),
        (("亦庄，小巨人", "数据券怎么补"), "再说一遍"),
    ],
    ids=str,
)
def test_a_turn_leads_to_the_same_after_the_conversation_was_stored(texts: tuple[str, ...], answer: str) -> None:
    state = after(*texts)

    assert turn(_stored(state), answer) == turn(state, answer)


def test_a_conversation_stored_before_there_were_companies_is_read() -> None:
    state = replace(after("亦庄，小巨人"), rude=0)

    assert _stored(state) == state
