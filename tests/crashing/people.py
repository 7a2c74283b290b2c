"""People who write to a bot that dies now and then, and a platform that delivers again what was not acknowledged."""

import asyncio
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, UnixConnector

ANSWER_SECONDS = 10.0


@dataclass(slots=True)
class Person:
    """One conversation: what was said in it, and the answers that came. Who is hasty does not wait for them."""

    name: str
    chance: random.Random
    replies: dict[str, bytes] = field(default_factory=dict)
    changed: int = 0
    delivered_again: int = 0
    is_hasty: bool = False
    _tried: set[str] = field(default_factory=set)

    async def say(self, bot: ClientSession, more: int) -> bool:
        """Say so many things more, each after the answer to the one before; False when the bot died meanwhile."""
        if (
            self.replies
            and self.chance.random() < 0.5
            and not await self._deliver(bot, self._id(len(self.replies) - 1))
        ):
            return False
        for number in range(len(self.replies), len(self.replies) + more):
            if not await self._deliver(bot, self._id(number)):
                return False
        return True

    async def deliver(self, bot: ClientSession, message_ids: Sequence[str]) -> bool:
        """Deliver these messages at once, in no order."""
        return all(await asyncio.gather(*(self._deliver(bot, one) for one in message_ids)))

    @property
    def said(self) -> tuple[str, ...]:
        """The messages that were answered, in their order."""
        return tuple(self.replies)

    def text_of(self, message_id: str) -> str:
        """What is said in a message."""
        return f"text of {self.name} {message_id}"

    def _id(self, number: int) -> str:
        return f"m{number}"

    async def _deliver(self, bot: ClientSession, message_id: str) -> bool:
        self.delivered_again += message_id in self._tried
        self._tried.add(message_id)
        body = {"conversation": self.name, "id": message_id, "text": self.text_of(message_id)}
        try:
            async with bot.post("http://bot/", data=json.dumps(body).encode()) as response:
                answer = await response.read()
                if response.status != 200:
                    return False
        except (ClientError, OSError, TimeoutError):
            return False
        self.changed += self.replies.setdefault(message_id, answer) != answer
        return True


def line_to(socket: Path) -> ClientSession:
    """What delivers to the bot that listens there."""
    return ClientSession(connector=UnixConnector(str(socket)), timeout=ClientTimeout(total=ANSWER_SECONDS))
