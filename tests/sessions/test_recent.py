"""States that are remembered: the store alone says what counts, and only so many are."""

from dataclasses import replace

import pytest

from bot.dialog.state import State
from bot.sessions.base import SessionKey, SessionUnreadable
from bot.sessions.codec import NOTHING, encode_state, write_state
from bot.sessions.recent import RecentStates
from tests.fakes import ATTRIBUTES
from tests.sessions import stored_samples

KEY = SessionKey("web", "c1")
STATE = replace(State(), hand_off="1234-5678")
WRITTEN = write_state(STATE, NOTHING, {})
RAW = WRITTEN.raw


def test_what_comes_back_unchanged_is_the_very_state_that_was_kept() -> None:
    recent = RecentStates()
    recent.keep(KEY, WRITTEN, NOTHING, STATE)

    assert recent.read(KEY, RAW, NOTHING) is STATE


def test_what_another_replica_kept_meanwhile_is_read_anew() -> None:
    recent, later = RecentStates(), replace(State(), hand_off="8765-4321")
    recent.keep(KEY, WRITTEN, NOTHING, STATE)

    assert recent.read(KEY, encode_state(later), NOTHING) == later
    with pytest.raises(SessionUnreadable):
        recent.read(KEY, b"damaged", NOTHING)


def test_new_content_reads_it_anew() -> None:
    recent = RecentStates()
    recent.keep(KEY, WRITTEN, NOTHING, STATE)

    read = recent.read(KEY, RAW, dict(NOTHING))

    assert read == STATE
    assert read is not STATE


def test_what_is_written_after_another_turn_has_the_bytes_that_it_has_by_itself() -> None:
    recent, state = RecentStates(), stored_samples.STATE
    for turn in range(3):
        step, exchange = replace(state.steps[0], declined=frozenset({str(turn)})), state.exchanges[-1]
        state = replace(state, steps=(*state.steps[turn:], step), exchanges=(*state.exchanges, exchange))

        written = recent.write(KEY, state, ATTRIBUTES)
        recent.keep(KEY, written, ATTRIBUTES, state)

        assert written.raw == encode_state(state, ATTRIBUTES)
        assert written.parts.keys() == {id(part) for part in (*state.steps, *state.exchanges)}


def test_only_the_last_ones_are_remembered_and_what_is_forgotten_is_not() -> None:
    recent = RecentStates(most=2)
    keys = [SessionKey("web", str(number)) for number in range(3)]
    for key in keys:
        recent.keep(key, WRITTEN, NOTHING, STATE)
    recent.forget(keys[2])

    assert [recent.read(key, RAW, NOTHING) is STATE for key in keys] == [False, True, False]
