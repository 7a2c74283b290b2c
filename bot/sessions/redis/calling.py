"""Calls of Redis that end in an answer or in StoreUnavailable, whatever the network and the server do."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from typing import cast

from redis.asyncio import RedisCluster
from redis.exceptions import (
    AuthenticationError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)

from bot.sessions.base import StoreUnavailable
from bot.sessions.redis.connecting import Address, Client, connect, disconnect
from bot.sessions.redis.scripts import digest_of, whole

CALL_SECONDS = 5.0
AT_ONCE = 64
WAIT_MILLISECONDS = 1_000
Argument = bytes | str | int | float
Row = Sequence[bytes]


class Caller:
    """One client, whose errors are said in plain words without address or password. All it reads is bytes.

    Each call is a task of its own: redis-py loses a cancellation now and then, and who called must be able to end.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._client: Client = connect(address)
        self._known: set[str] = set()
        self._under_way: set[asyncio.Task[object]] = set()
        self._free = asyncio.Semaphore(AT_ONCE)

    async def count(self, script: str, keys: Sequence[str], arguments: Sequence[Argument]) -> int:
        """The number that a script returns."""
        return cast(int, await self._call(self._run(script, keys, arguments)))

    async def rows(self, script: str, keys: Sequence[str], arguments: Sequence[Argument]) -> Sequence[Row]:
        """The lists that a script returns."""
        return cast(Sequence[Row], await self._call(self._run(script, keys, arguments)))

    async def get(self, key: str) -> bytes | None:
        """A value."""
        return cast(bytes | None, await self._call(self._client.get(key)))

    async def put(self, key: str, value: bytes, seconds: float) -> None:
        """Write a value, which is gone after so many seconds."""
        await self._call(self._client.set(key, value, px=max(1, int(seconds * 1000))))

    async def put_first(self, key: str, value: bytes) -> bytes:
        """Write a value for good unless there is one; the one that is there now."""
        await self._call(self._client.set(key, value, nx=True))
        return await self.get(key) or b""

    async def fields(self, key: str, names: Sequence[str]) -> Sequence[bytes | None]:
        """Some fields of a hash."""
        return cast(Sequence[bytes | None], await self._call(self._client.hmget(key, list(names))))

    async def all_fields(self, key: str) -> Mapping[bytes, bytes]:
        """A whole hash."""
        return cast(Mapping[bytes, bytes], await self._call(self._client.hgetall(key)))

    async def remove_field(self, key: str, name: str) -> bool:
        """Remove a field of a hash; whether there was one."""
        return bool(await self._call(self._client.hdel(key, name)))

    async def members(self, key: str) -> Sequence[str]:
        """A set, sorted."""
        return sorted(one.decode() for one in cast(set[bytes], await self._call(self._client.smembers(key))))

    async def between(self, key: str, low: str, high: str) -> Sequence[str]:
        """Members of a sorted set with a score in between."""
        found = cast(list[bytes], await self._call(self._client.zrangebyscore(key, low, high)))
        return [one.decode() for one in found]

    async def wait_for_replicas(self, key: str) -> None:
        """Return when as many replicas as are wished have what was written under the key; StoreUnavailable if not."""
        if not self._address.wait:
            return
        reached = cast(int, await self._call(self._count_replicas(key)))
        if reached < self._address.wait:
            raise StoreUnavailable(f"only {reached} of {self._address.wait} replicas have the last write")

    async def close(self) -> None:
        """Let go of all connections, after what is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=CALL_SECONDS)
        await self._call(disconnect(self._client))

    async def _run(self, script: str, keys: Sequence[str], arguments: Sequence[Argument]) -> object:
        if script in self._known:
            with suppress(NoScriptError):  # the server was started anew, or it is another one
                return await self._client.evalsha(digest_of(script), len(keys), *keys, *arguments)
        answer: object = await self._client.eval(whole(script), len(keys), *keys, *arguments)
        self._known.add(script)
        return answer

    async def _count_replicas(self, key: str) -> object:
        asked = ("WAIT", self._address.wait, WAIT_MILLISECONDS)
        if isinstance(self._client, RedisCluster):
            node = self._client.get_node_from_key(key)
            return await self._client.execute_command(*asked, target_nodes=node)
        return await self._client.execute_command(*asked)  # type: ignore[no-untyped-call]

    async def _call(self, call: Awaitable[object]) -> object:
        """What the call returns; StoreUnavailable when it fails or takes too long."""
        task = asyncio.ensure_future(self._one_of_few(call))
        self._under_way.add(task)
        task.add_done_callback(self._forget)
        done, _ = await asyncio.wait([task], timeout=CALL_SECONDS)
        if not done:
            task.cancel()
            raise StoreUnavailable(_sentence(TimeoutError()))
        try:
            return task.result()
        except (RedisError, OSError, TimeoutError) as error:
            raise StoreUnavailable(_sentence(error)) from None  # its own sentence may hold keys, which name people

    async def _one_of_few(self, call: Awaitable[object]) -> object:
        async with self._free:
            return await call

    def _forget(self, task: asyncio.Task[object]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, in case that who called is gone


def _sentence(error: Exception) -> str:
    match error:
        case AuthenticationError():
            return "Redis does not take the user or password; check POLICYBOT_STORE"
        case OutOfMemoryError():
            return "Redis has no memory left; give it more, or shorten POLICYBOT_RETENTION_DAYS"
        case ReadOnlyError():
            return "this Redis is a replica and takes no writes; name the primary, or the Sentinels"
        case ResponseError():
            return f"Redis refuses the command ({str(error).split(' ', 1)[0]})"
        case TimeoutError():
            return "Redis does not answer in time"
        case _:
            return f"Redis can't be reached ({type(error).__name__})"
