"""The stores that keep to the contract, a clock to move, and turns to write."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.sessions.base import HandOffRecord, SessionKey, Store, TurnRecord
from bot.sessions.key_ring import KeyRing
from bot.sessions.memory import MemoryStore
from bot.sessions.redis.store import RedisStore
from bot.sessions.sealing import SealedStore
from bot.sessions.sqlite import SqliteStore
from tests.redis_servers import database_for

STORES = ("memory", "sqlite", "redis", "sealed sqlite", "sealed redis")
KEY_BYTES = bytes(range(32))
KEY = SessionKey("web", "c1")


def turn(version: int, *, key: SessionKey = KEY, message_id: str = "", state: bytes | None = b"state") -> TurnRecord:
    name = message_id or f"m{version}"
    return TurnRecord(key, name, version, state, f"reply to {name}".encode())


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += days * 86_400


def create_store(kind: str, folder: Path, clock: Callable[[], float] = time.time) -> Store:
    if kind == "memory":
        return MemoryStore(clock)
    if kind == "redis":
        return RedisStore(database_for(folder), keep_days=30, clock=clock)
    if kind.startswith("sealed "):
        return SealedStore(create_store(kind.removeprefix("sealed "), folder, clock), KeyRing([KEY_BYTES]))
    return SqliteStore(folder / "sessions.db", keep_days=30, clock=clock)


def asking(version: int, number: str, content: bytes, key: SessionKey = KEY) -> TurnRecord:
    return replace(turn(version, key=key), hand_off=HandOffRecord(number, content))
