"""Turns with an eye on the clock: answered, left to go on, tried again, bounded, and none forgotten."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.channels.wecom import patience
from bot.channels.wecom.patience import PatientTurns
from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.turns import UNAVAILABLE, Pack, TurnFailed

MESSAGE = InboundMessage("wecom", "zhangsan", "m1", "亦庄", datetime(2026, 7, 15, tzinfo=UTC))
REPLY = Reply((OutboundMessage("好的"),))


class GatedTurns:
    """Turns that begin when the gate is open, and fail so many times."""

    def __init__(self, failures: int = 0) -> None:
        self.gate = asyncio.Event()
        self.failures = failures
        self.done = 0

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        del message, pack
        await self.gate.wait()
        if self.failures:
            self.failures -= 1
            raise TurnFailed(UNAVAILABLE, is_temporary=True)
        self.done += 1
        return REPLY


async def test_a_quick_turn_is_answered() -> None:
    turns = GatedTurns()
    turns.gate.set()

    assert await PatientTurns(turns).handle(MESSAGE) == REPLY


async def test_a_slow_turn_goes_on_and_is_waited_for_at_the_end() -> None:
    turns = GatedTurns()
    patient = PatientTurns(turns, 0.01)
    assert await patient.handle(MESSAGE) is None

    turns.gate.set()
    await patient.finish()

    assert turns.done == 1


async def test_a_turn_that_never_ends_is_given_up_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FINISH_SECONDS", 0.01)
    turns = GatedTurns()
    patient = PatientTurns(turns, 0.01)
    await patient.handle(MESSAGE)

    await patient.finish()

    assert turns.done == 0


async def test_a_temporary_failure_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0.001)
    turns = GatedTurns(failures=3)
    turns.gate.set()

    assert await PatientTurns(turns).handle(MESSAGE) == REPLY


async def test_a_lasting_failure_is_told_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSE_SECONDS", 0.001)
    turns = GatedTurns(failures=100_000)
    turns.gate.set()

    with pytest.raises(TurnFailed):
        await PatientTurns(turns, 0.04).handle(MESSAGE)


async def test_a_failure_after_the_answer_is_told_to_the_operators(capsys: pytest.CaptureFixture[str]) -> None:
    turns = GatedTurns(failures=100_000)
    patient = PatientTurns(turns, 0.01)
    assert await patient.handle(MESSAGE) is None

    turns.gate.set()
    await patient.finish()

    assert "turn_failed_late" in capsys.readouterr().out


async def test_only_so_many_turns_wait_for_a_store_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_UNDER_WAY", 3)
    turns = GatedTurns()
    patient = PatientTurns(turns, 0.01)
    assert await asyncio.gather(*(patient.handle(MESSAGE) for _ in range(3))) == [None] * 3

    with pytest.raises(TurnFailed):
        await patient.handle(MESSAGE)

    turns.gate.set()
    await patient.finish()
    assert await patient.handle(MESSAGE) == REPLY
