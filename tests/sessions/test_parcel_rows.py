"""What waits to be sent in the tables: a burst costs each message the same."""

import sqlite3
from contextlib import closing

import pytest

from bot.sessions import parcel_rows
from bot.sessions.base import Parcel
from bot.sessions.database import SENDING


def steps_to_claim(waiting: int, lanes: int) -> int:
    """How many steps SQLite takes, in hundreds, to claim one parcel of so many and to settle it."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SENDING)
        parcels = [Parcel(f"p{number}", "dingtalk_in", f"lane{number % lanes}", b"x") for number in range(waiting)]
        parcel_rows.post(connection, parcels, 1.0)
        connection.set_progress_handler(count, 100)
        (claimed,) = parcel_rows.claim(connection, ("dingtalk", "dingtalk_in"), 1, 2.0, 60.0)
        parcel_rows.drop(connection, claimed.parcel.id)
    return steps


@pytest.mark.parametrize("lanes", [1, 5, 2_000], ids=lambda lanes: f"{lanes} lanes")
def test_a_parcel_costs_the_same_however_many_wait(lanes: int) -> None:
    assert steps_to_claim(4_000, lanes) <= steps_to_claim(20, 1) + 5
