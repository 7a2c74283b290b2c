"""Turns with an eye on the clock: answered, left to go on, tried again, bounded, and none forgotten."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.channels.wecom import patience
from bot.channels.wecom.patience import PatientTurns, Turn
from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.turns import UNAVAILABLE, Pack, TurnFailed

MESSAGE = InboundMessage("wecom", "zhangsan", "m1", "亦庄", datetime(2026, 7, 15, tzinfo=UTC))
REPLY = Reply((OutboundMessage("好的"),))


class GatedTurns:
    """Turns that begin when the gate is open, and fail so many times."""

    def __init__(self, failures: int = 0, *, is_open: bool = True) -> None:
        self.gate = asyncio.Event()
        if is_open:
            self.gate.set()
        self.failures = failures
        self.taken = 0
        self.done = 0

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        del message
        self.taken += 1
        await self.gate.wait()
        if self.failures:
            self.failures -= 1
            raise TurnFailed(UNAVAILABLE, is_temporary=True)
        self.done += 1
        if pack is not None:
            pack(REPLY)
        return REPLY


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSES", (0.001,) * 4)


@asynccontextmanager
async def running(turns: GatedTurns, most_of_one: int | None = None, drain: float = 5.0) -> AsyncIterator[PatientTurns]:
    """The turns at work; afterwards they have ended."""
    patient = PatientTurns(turns, most_of_one)
    task = asyncio.create_task(patient.run(drain))
    yield patient
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_quick_turn_is_answered() -> None:
    async with running(GatedTurns()) as patient:
        assert await patient.take(MESSAGE, None, 5) == Turn(REPLY, is_first=True)


async def test_a_slow_turn_goes_on_and_is_waited_for_at_the_end() -> None:
    turns = GatedTurns(is_open=False)
    async with running(turns) as patient:
        assert await patient.take(MESSAGE, None, 0.01) is None
        turns.gate.set()

    assert turns.done == 1


async def test_a_turn_that_never_ends_is_given_up_at_the_end() -> None:
    turns = GatedTurns(is_open=False)
    async with running(turns, drain=0.01) as patient:
        await patient.take(MESSAGE, None, 0.01)

    assert turns.done == 0


async def test_a_message_that_is_delivered_again_meanwhile_is_taken_once() -> None:
    turns = GatedTurns(is_open=False)
    async with running(turns) as patient:
        assert await patient.take(MESSAGE, None, 0.01) is None
        turns.gate.set()

        assert await patient.take(MESSAGE, None, 5) == Turn(REPLY, is_first=True)

    assert turns.taken == 1


async def test_a_temporary_failure_is_tried_again() -> None:
    async with running(GatedTurns(failures=4)) as patient:
        assert await patient.take(MESSAGE, None, 5) == Turn(REPLY, is_first=True)


async def test_a_lasting_failure_is_told_in_time() -> None:
    async with running(GatedTurns(failures=100_000)) as patient:
        turn = await patient.take(MESSAGE, None, 5)

    assert turn is not None
    assert turn.is_temporary
    assert turn.reply.messages[0].text == UNAVAILABLE


async def test_a_failure_after_the_answer_is_told_to_the_operators(capsys: pytest.CaptureFixture[str]) -> None:
    turns = GatedTurns(failures=100_000, is_open=False)
    async with running(turns) as patient:
        assert await patient.take(MESSAGE, None, 0.01) is None
        assert await patient.take(MESSAGE, None, 0.01) is None
        turns.gate.set()

    told = capsys.readouterr().out
    assert (told.count("turn_slow"), told.count("turn_failed_late")) == (1, 1)


async def test_only_so_many_turns_wait_for_a_store_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_UNDER_WAY", 3)
    turns = GatedTurns(is_open=False)
    async with running(turns) as patient:
        others = [replace(MESSAGE, message_id=f"m{number}") for number in range(3)]
        assert await asyncio.gather(*(patient.take(one, None, 0.01) for one in others)) == [None] * 3

        refused = await patient.take(replace(MESSAGE, message_id="m9"), None, 0.01)

        assert refused is not None
        assert refused.is_temporary
        turns.gate.set()
        assert await patient.take(others[0], None, 5) == Turn(REPLY, is_first=True)


async def test_only_so_many_messages_of_one_person_are_in_work() -> None:
    turns = GatedTurns(is_open=False)
    async with running(turns, most_of_one=1) as patient:
        await patient.take(MESSAGE, None, 0.01)

        assert await patient.take(replace(MESSAGE, message_id="m2"), None, 5) is None
        assert await patient.take(replace(MESSAGE, conversation="lisi"), None, 0.01) is None

    assert turns.taken == 2
