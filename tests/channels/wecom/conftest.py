"""What holds for every test of WeCom, and what several begin with."""

import logging
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.channels.wecom.bot_stage import SocketStage, socket_stage
from tests.channels.wecom.kf_world import World, living


@pytest.fixture(autouse=True)
def nothing_unhandled(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No library says that something was left lying."""
    with caplog.at_level(logging.WARNING):
        yield
    assert [record.getMessage() for record in caplog.records] == []


@pytest.fixture
async def stage() -> AsyncIterator[SocketStage]:
    """A bot that is connected, and gives no cause to complain."""
    async with socket_stage() as stage:
        yield stage
        assert stage.wecom.violations == []
        assert stage.troubles == []


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """微信客服 and the bot behind it."""
    async with living() as world:
        yield world
