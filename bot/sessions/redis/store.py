"""Conversations kept in Redis, for any number of machines.

A turn is one script: state, reply, hand-off and what is to be sent, or nothing of it. What Redis itself may lose when a
primary fails stands in docs/stores.md.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import uuid4

from bot.redis_address import parse_address
from bot.sessions.base import (
    DAY,
    DAYS_OF_REPLIES,
    KEPT_REPLIES,
    Change,
    Clock,
    SessionConflict,
    SessionKey,
    StoredHandOff,
    StoredSession,
    StoreUnavailable,
    TurnRecord,
)
from bot.sessions.redis import scripts
from bot.sessions.redis.calling import Argument, Caller
from bot.sessions.redis.keys import ALL_SHARDS, key_of, keys_of, name_of, shard_of
from bot.sessions.redis.rewriting import rewrite
from bot.sessions.redis.sending import RedisBoard, RedisOutbox, parcel_arguments

SCHEMA = b"2"
EARLIER = frozenset({b"1"})
"""Their keys need nothing: a lane that an earlier version left in the sorted set is taken up when its time comes."""
SCHEMA_KEY = "policybot:schema"
HOUR = 3_600.0
FIRST_SWEEP = 10.0
LONGEST_END = 5.0
SWEEPER = "sweeper"


class RedisStore:
    """A Store in Redis. It keeps a conversation for so many days after its last turn, and replies for a week."""

    def __init__(self, address: str, *, keep_days: int, clock: Clock = time.time) -> None:
        self._address = parse_address(address)
        self._keep_days = keep_days
        self._clock = clock
        self._opened: Caller | None = None
        self._tidying: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self.outbox = RedisOutbox(self._require_open, clock)
        self.board = RedisBoard(self._require_open, clock)

    async def open(self) -> None:
        """Make sure that it answers and that its data are ours to read; raises StoreUnavailable if not."""
        if self._opened is not None:
            return
        caller = Caller(self._address)
        try:
            await _require_streams(caller)
            await _require_schema(caller)
        except BaseException:
            with suppress(StoreUnavailable):
                await caller.close()
            raise
        self._opened = caller
        self._stopping.clear()
        self._tidying = asyncio.create_task(self._tidy(), name="redis upkeep")

    async def load(self, key: SessionKey, message_id: str = "") -> StoredSession:
        """What is kept of the conversation, with the reply to a message of this id."""
        name, caller = name_of(key), self._require_open()
        ((state, version, reply),) = await caller.rows(scripts.LOAD, keys_of(name)[:2], [message_id])
        if reply is not None:  # it may be that the turn was kept, but that no replica had it in time
            await caller.wait_for_replicas(shard_of(name).key("wait"))
        return StoredSession(state, int(version or 0), reply)

    async def commit(self, turn: TurnRecord) -> None:
        """Keep all of the turn in one step; SessionConflict when another was faster."""
        name = name_of(turn.key)
        if not await self._require_open().count_kept(scripts.COMMIT, keys_of(name), self._arguments(name, turn)):
            raise SessionConflict(turn.key)
        if turn.parcels:
            self.outbox.ring()

    def _arguments(self, name: str, turn: TurnRecord) -> tuple[Argument, ...]:
        asked = turn.hand_off
        return (
            name,
            turn.version,
            turn.message_id,
            self._clock(),
            self._keep_days * DAY,
            DAYS_OF_REPLIES * DAY,
            KEPT_REPLIES,
            int(turn.state is not None),
            turn.state or b"",
            turn.reply,
            turn.unreadable or b"",
            asked.number if asked else "",
            asked.content if asked else b"",
            *parcel_arguments(turn.parcels),
        )

    async def hand_offs(self) -> tuple[StoredHandOff, ...]:
        """All that waits for a person, the oldest first."""
        found = [one async for one in self._hand_offs()]
        return tuple(one for _, one in sorted(found, key=lambda timed: (timed[0], timed[1].number)))

    async def _hand_offs(self) -> AsyncIterator[tuple[float, StoredHandOff]]:
        """Each with its time in full: within one second Redis has them in no order."""
        caller = self._require_open()
        for shard in ALL_SHARDS:
            for name in await caller.members(shard.key("handing")):
                for number, stored in (await caller.all_fields(keys_of(name)[4])).items():
                    at, _, content = stored.partition(b" ")
                    yield float(at), StoredHandOff(number.decode(), key_of(name), int(float(at)), content)

    async def close_hand_off(self, number: str) -> bool:
        """Remove what was handed over under this number; False when there is nothing of it."""
        caller = self._require_open()
        found = [one for one in await self.hand_offs() if one.number == number]
        removed = [await caller.remove_field(keys_of(name_of(one.key))[4], number) for one in found]
        return any(removed)

    async def purge(self, days: int) -> int:
        """Remove all that is kept of conversations without a turn for so many days; how many there were."""
        before, removed, caller = self._clock() - days * DAY, 0, self._require_open()
        for shard in ALL_SHARDS:
            for name in await caller.between(shard.key("touched"), "-inf", f"({before}"):
                removed += await caller.count(scripts.FORGET, keys_of(name), [name, before])
        await self.outbox.remove_old(before)
        return removed

    async def count_since(self, moment: float) -> int:
        """How many conversations had a turn since then, removed ones too."""
        caller = self._require_open()
        return sum([await caller.count_between(shard.key("touched"), str(moment), "+inf") for shard in ALL_SHARDS])

    async def rewrite(self, change: Change) -> int:
        """Keep what `change` makes of each content, one small piece after the other; how many are other now."""
        return await rewrite(self._require_open(), change)

    async def states(self, since: float) -> tuple[tuple[SessionKey, bytes], ...]:
        """What is kept of every conversation that was touched since then (seconds), in no order of time or person."""
        found: list[tuple[SessionKey, bytes]] = []
        caller = self._require_open()
        for shard in ALL_SHARDS:
            for name in await caller.between(shard.key("touched"), str(since), "+inf"):
                (state,) = await caller.fields(keys_of(name)[0], ["state"])
                found += [] if state is None else [(key_of(name), state)]
        return tuple(sorted(found, key=lambda one: one[1]))

    async def check(self) -> None:
        """Return when it can be read and written."""
        await self._require_open().put("policybot:check", b"1", 60.0)

    async def close(self) -> None:
        """Let go of the connections."""
        if self._tidying is not None:
            self._stopping.set()  # a call of Redis that is cancelled may swallow it, so it is let end by itself
            await asyncio.wait([self._tidying], timeout=LONGEST_END)
            self._tidying.cancel()
            self._tidying = None
        if self._opened is not None:
            opened, self._opened = self._opened, None
            with suppress(StoreUnavailable):
                await opened.close()

    def _require_open(self) -> Caller:
        if self._opened is None:
            raise StoreUnavailable("Redis 没有打开")
        return self._opened

    async def _tidy(self) -> None:
        """Once an hour one of the replicas removes what is past its time and has no end of its own in Redis."""
        me = uuid4().hex
        pause = FIRST_SWEEP
        while not await self._stops_within(pause):
            with suppress(StoreUnavailable):  # the next turn says so, and the next hour tries again
                if await self.board.take_lease(SWEEPER, me, HOUR - 60):
                    await self.purge(self._keep_days)
                    await self.outbox.tidy(HOUR)
            pause = HOUR

    async def _stops_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        return self._stopping.is_set()


async def _require_streams(caller: Caller) -> None:
    if not await caller.count(scripts.SUPPORTS_STREAMS, [ALL_SHARDS[0].key("ready")], ()):
        raise StoreUnavailable("Redis 太旧，没有 XAUTOCLAIM 命令；请用 6.2 或更新的版本")


async def _require_schema(caller: Caller) -> None:
    kept = await caller.put_first(SCHEMA_KEY, SCHEMA)
    if kept in EARLIER and await caller.count(scripts.REPLACE_VALUE, [SCHEMA_KEY], [kept, SCHEMA]):
        return
    if kept not in (SCHEMA, *EARLIER):
        held, ours = kept.decode(errors="replace"), SCHEMA.decode()
        raise StoreUnavailable(
            f"Redis 里的数据是另一个版本写的（格式 {held}，这个版本认得到 {ours}）；请用写它的那个版本"
        )
