"""Calls of Redis that end in an answer or in StoreUnavailable, whatever the network and the server do."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import cast

from redis.asyncio import RedisCluster
from redis.asyncio.cluster import PipelineCommand
from redis.exceptions import (
    AuthenticationError,
    ClusterDownError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)

from bot.redis_address import Address
from bot.sessions.base import StoreUnavailable
from bot.sessions.redis.connecting import Client, connect, disconnect
from bot.sessions.redis.scripts import digest_of, whole

CALL_SECONDS = 5.0
AT_ONCE = 64
WAIT_MILLISECONDS = 1_000
SCAN = 1_000
MEMORY_FULL = "Redis 的内存满了；请加内存，或缩短 POLICYBOT_RETENTION_DAYS"
Argument = bytes | str | int | float
Row = Sequence[bytes]
Send = Callable[[str, Sequence[Argument]], Awaitable[object]]


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
        self._is_closed = False

    async def count(self, script: str, keys: Sequence[str], arguments: Sequence[Argument]) -> int:
        """The number that a script returns."""
        return cast(int, await self._call(self._run(script, keys, arguments, self._send)))

    async def rows(self, script: str, keys: Sequence[str], arguments: Sequence[Argument]) -> Sequence[Row]:
        """The lists that a script returns."""
        return cast(Sequence[Row], await self._call(self._run(script, keys, arguments, self._send)))

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

    async def count_between(self, key: str, low: str, high: str) -> int:
        """How many members of a sorted set have a score in between."""
        return cast(int, await self._call(self._client.zcount(key, low, high)))

    async def items(self, key: str) -> Sequence[bytes]:
        """A whole list."""
        return cast(Sequence[bytes], await self._call(self._client.lrange(key, 0, -1)))

    async def strings_like(self, pattern: str) -> Sequence[str]:
        """The keys of values whose name is like the pattern, wherever they are, each at least once."""
        return cast(Sequence[str], await self._call(self._scan(pattern)))

    async def _scan(self, pattern: str) -> Sequence[str]:
        found = self._client.scan_iter(match=pattern, count=SCAN, _type="string")
        return [cast(bytes, one).decode() async for one in found]

    async def count_kept(self, script: str, keys: Sequence[str], arguments: Sequence[Argument]) -> int:
        """The number that a script returns, once as many replicas as are wished have all that was written so far.

        StoreUnavailable when they have not: it may still be kept, and is to be asked for again.
        """
        send = self._write_and_wait if self._address.wait else self._send
        return cast(int, await self._call(self._run(script, keys, arguments, send)))

    async def wait_for_replicas(self, key: str) -> None:
        """Return when as many replicas as are wished have all that was written so far where the key is.

        StoreUnavailable if not. Something is written under the key, for a connection waits for its own writes only.
        """
        if self._address.wait:
            await self._call(self._write_and_wait(key, ("SET", key, b"1")))

    async def close(self) -> None:
        """Let go of all connections, after what is under way; nothing more is called, else it would open new ones."""
        self._is_closed = True
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=CALL_SECONDS)
            for task in late:
                task.cancel()
        await self._answer_of(disconnect(self._client))

    async def _run(self, script: str, keys: Sequence[str], arguments: Sequence[Argument], send: Send) -> object:
        called = (len(keys), *keys, *arguments)
        if script in self._known:
            with suppress(NoScriptError):  # the server was started anew, or it is another one
                return await send(keys[0], ("EVALSHA", digest_of(script), *called))
        answer = await send(keys[0], ("EVAL", whole(script), *called))
        self._known.add(script)
        return answer

    async def _send(self, _key: str, command: Sequence[Argument]) -> object:
        answer: object = await self._client.execute_command(*command)
        return answer

    async def _write_and_wait(self, key: str, command: Sequence[Argument]) -> object:
        """The command's answer. Both go over one connection, to one server: else another one might say yes."""
        asked = (command, ("WAIT", self._address.wait, WAIT_MILLISECONDS))
        for answer in (answers := await self._send_together(key, asked)):
            if isinstance(answer, Exception):
                raise answer
        if cast(int, answers[1]) < self._address.wait:
            raise StoreUnavailable(f"{self._address.wait} 个副本里只有 {answers[1]} 个写好了")
        return answers[0]

    async def _send_together(self, key: str, commands: Sequence[Sequence[Argument]]) -> Sequence[object]:
        if isinstance(self._client, RedisCluster):
            await self._client.initialize()
            sent = [PipelineCommand(place, *one) for place, one in enumerate(commands)]
            if (node := self._client.get_node_from_key(key)) is None:
                raise ClusterDownError("no node has this slot")
            await node.execute_pipeline(sent)
            return [one.result for one in sent]
        pipeline = self._client.pipeline(transaction=False)
        for one in commands:
            pipeline.execute_command(*one)
        return cast(Sequence[object], await pipeline.execute(raise_on_error=False))

    async def _call(self, call: Awaitable[object]) -> object:
        """What the call returns; StoreUnavailable when it fails, takes too long or comes too late."""
        if self._is_closed:
            if isinstance(call, Coroutine):
                call.close()
            raise StoreUnavailable("Redis 的连接已经关了")
        return await self._answer_of(call)

    async def _answer_of(self, call: Awaitable[object]) -> object:
        task = asyncio.ensure_future(self._one_of_few(call))
        self._under_way.add(task)
        task.add_done_callback(self._forget)
        done, _ = await asyncio.wait([task], timeout=CALL_SECONDS)
        if not done:
            task.cancel()
            raise StoreUnavailable(_sentence(TimeoutError()))
        try:
            return task.result()
        except (RedisError, OSError, TimeoutError, AttributeError) as error:
            # the library writes to the `None` of a connection that another task has closed: that is an AttributeError
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
            return "Redis 不认用户名或密码；请核对 POLICYBOT_STORE"
        case OutOfMemoryError():
            return MEMORY_FULL
        case ResponseError() if "-OOM " in str(error):  # Redis 6.2 says so of what a script calls
            return MEMORY_FULL
        case ReadOnlyError():
            return "这个 Redis 是副本，不能写；请写主节点或哨兵的地址"
        case ResponseError():
            return f"Redis 不执行这个命令（{str(error).split(' ', 1)[0]}）"
        case TimeoutError():
            return "Redis 没有及时应答"
        case _:
            return f"连不上 Redis（{type(error).__name__}）"
