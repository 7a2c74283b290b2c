"""All connections of the bot, and the frames that wait for their ACK."""

import asyncio
import heapq
import itertools
import random
from collections.abc import Callable

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk.connections import Connection, Waiting
from tests.simulators.dingtalk.deliveries import Delivery
from tests.simulators.dingtalk.frames import EVENT, SYSTEM, Ack, Frame
from tests.simulators.dingtalk.platform import Platform

REASON = '{"reason":"persistent connection is timeout"}'


class Streams:
    """Hands each delivery to any one connection, and again until it is acknowledged."""

    def __init__(self, platform: Platform, seed: int) -> None:
        self.connections: list[Connection] = []
        self.closes: Callable[[], bool] = lambda: False
        """Asked after each frame whether the platform closes the connection now, without a word."""
        self.is_held = False
        """While true, frames wait instead of going down."""
        self._platform = platform
        self._random = random.Random(seed)
        self._deliveries: dict[str, Delivery] = {}
        self._queue: list[Delivery] = []
        self._due: list[tuple[float, int, Delivery]] = []
        self._order = itertools.count()
        self._wakes = asyncio.Event()
        self._joined = asyncio.Event()

    @property
    def open_connections(self) -> list[Connection]:
        """The connections that take frames."""
        return [connection for connection in self.connections if connection.is_open]

    @property
    def unacknowledged(self) -> list[Delivery]:
        """What was sent or queued, and not yet taken by the bot."""
        sent = {id(delivery): delivery for _, _, delivery in self._due if not delivery.is_acknowledged}
        return [*sent.values(), *(one for one in self._queue if id(one) not in sent)]

    async def connects(self, count: int = 1, within: float = PATIENCE) -> None:
        """Wait until so many connections are open."""
        async with asyncio.timeout(within):
            while len(self.open_connections) < count:
                self._joined.clear()
                await self._joined.wait()

    def join(self, connection: Connection) -> None:
        """Add a connection."""
        self.connections.append(connection)
        self._joined.set()

    async def welcome(self, connection: Connection) -> None:
        """Greet a connection, and send what waits."""
        for topic in ("CONNECTED", "REGISTERED"):
            await connection.send(Frame(SYSTEM, topic, "{}", self._platform.number("system")))
        await self._send_queued()

    def leave(self, connection: Connection) -> None:
        """Forget a connection."""
        self.connections.remove(connection)

    async def deliver(self, delivery: Delivery, *, renewed: bool = False) -> Waiting | None:
        """Send a delivery once, to any one connection that asked for it; without one it waits, and None comes back."""
        takers = [one for one in self.open_connections if one.takes(delivery.type, delivery.topic)]
        if not takers or self.is_held:
            self._enqueue(delivery)
            return None
        delivery.is_queued = False
        delivery.attempts += 1
        delivery.sent_at = asyncio.get_running_loop().time()
        if renewed or not delivery.message_ids:
            delivery.message_ids.append(self._platform.number("frame"))
        message_id = delivery.message_ids[-1]
        self._deliveries[message_id] = delivery
        self._remind(delivery)
        connection = self._random.choice(takers)
        waiting = await connection.send(delivery.frame(message_id))
        if self.closes():
            connection.cut()
        return waiting

    async def release(self) -> None:
        """Send what was held back."""
        self.is_held = False
        await self._send_queued()

    def give_up(self) -> None:
        """Forget everything that is not acknowledged: it never comes again."""
        given_up, self._queue, self._due = self.unacknowledged, [], []
        for delivery in given_up:
            delivery.is_settled.set()

    async def redeliver(self, *, renewed: bool = False) -> int:
        """Send everything that is not acknowledged again now; say how much that was."""
        pending = [one for one in self.unacknowledged if one.message_ids]
        for delivery in pending:
            await self.deliver(delivery, renewed=renewed)
        return len(pending)

    async def ping(self) -> bool:
        """Ping every connection, and say whether all answered."""
        data = f'{{"opaque":"{self._platform.number("opaque")}"}}'
        return all([await one.ask("ping", data) for one in self.open_connections])

    async def keep_alive(self) -> None:
        """Send the frame that wants no answer to every connection."""
        for connection in self.open_connections:
            await connection.send(Frame(SYSTEM, "KEEPALIVE", "{}", self._platform.number("system")))

    async def disconnect(self) -> bool:
        """Ask every connection to go, and say whether all acknowledged first."""
        return all([await one.disconnect(REASON) for one in self.open_connections])

    async def close(self, code: int = 1000) -> None:
        """Close every connection with a close frame."""
        for connection in self.open_connections:
            await connection.close(code)

    def cut(self) -> None:
        """End every connection without a close frame."""
        for connection in list(self.connections):
            connection.cut()

    def half_open(self) -> None:
        """Let every connection look alive to TCP, and do nothing any more."""
        for connection in self.connections:
            connection.is_deaf = True

    async def repeat(self) -> None:
        """Redeliver for ever what comes due."""
        while True:
            self._wakes.clear()
            delay = self._due[0][0] - asyncio.get_running_loop().time() if self._due else None
            if delay is None or delay > 0:
                await self._sleep(delay)
                continue
            await self._repeat(heapq.heappop(self._due)[2])

    def _enqueue(self, delivery: Delivery) -> None:
        """Keep a delivery for a later connection; a click is only brought at once."""
        if delivery.is_repeated:
            delivery.is_queued = True
            self._queue.append(delivery)

    async def _send_queued(self) -> None:
        waiting, self._queue = self._queue, []
        for delivery in waiting:
            await self.deliver(delivery)

    async def _sleep(self, delay: float | None) -> None:
        try:
            async with asyncio.timeout(delay):
                await self._wakes.wait()
        except TimeoutError:
            return

    async def _repeat(self, delivery: Delivery) -> None:
        if delivery.is_acknowledged or delivery.is_queued:
            return
        if delivery.attempts > self._platform.timing.redeliveries:
            delivery.is_settled.set()
            return
        every = self._platform.timing.renew_every
        await self.deliver(delivery, renewed=bool(every) and delivery.attempts % every == 0)

    def _remind(self, delivery: Delivery) -> None:
        if delivery.is_repeated:
            at = asyncio.get_running_loop().time() + self._platform.timing.redeliver_after
            heapq.heappush(self._due, (at, next(self._order), delivery))
            self._wakes.set()

    def acknowledge(self, ack: Ack) -> None:
        """Note the ACK of a delivery; what failed, or is to come later, comes again."""
        delivery = self._deliveries[ack.message_id]
        is_later = delivery.type == EVENT and isinstance(ack.data, dict) and ack.data.get("status") == "LATER"
        if delivery.is_repeated and (ack.code != 200 or is_later):
            return
        if delivery.ack is None:
            delivery.ack = ack
            delivery.took = asyncio.get_running_loop().time() - delivery.sent_at
        delivery.is_settled.set()
