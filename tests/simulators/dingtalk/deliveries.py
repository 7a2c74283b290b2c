"""What is to reach the bot: one message, one event or one click, with its tries."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.simulators.base import PATIENCE
from tests.simulators.dingtalk.chats import Chat
from tests.simulators.dingtalk.frames import Ack, Frame
from tests.simulators.dingtalk.refusals import Json


@dataclass(slots=True, eq=False)
class Delivery:
    """One thing on its way to the bot, by either mode."""

    type: str
    topic: str
    data: str
    msg_id: str = ""
    chat: Chat | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    is_repeated: bool = True
    is_queued: bool = False
    message_ids: list[str] = field(default_factory=list)
    attempts: int = 0
    ack: Ack | None = None
    answer: Json | None = None
    """What the bot said to the last try by HTTP."""
    sent_at: float = 0.0
    took: float = 0.0
    """Seconds from the last time it was sent until its ACK."""
    is_settled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_acknowledged(self) -> bool:
        """Whether the bot took it."""
        return self.ack is not None or self.answer is not None

    def frame(self, message_id: str) -> Frame:
        """The frame for one try."""
        return Frame(self.type, self.topic, self.data, message_id, self.more)

    async def settles(self, within: float = PATIENCE) -> bool:
        """Whether it was acknowledged in the time given."""
        try:
            async with asyncio.timeout(within):
                await self.is_settled.wait()
        except TimeoutError:
            return False
        return self.is_acknowledged
