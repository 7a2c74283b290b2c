"""What all parts of the door to 微信客服 stand on."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.base import Clock
from bot.channels.platform_errors import Kind
from bot.channels.wecom.kf_notes import KfNotes
from bot.channels.wecom.kf_service import Api, KfService
from bot.dialog.acts import Notice
from bot.metrics import Metrics
from bot.sessions.base import Board, Outbox

Words = Callable[[Notice], str]
"""A notice of the content in use."""
PASSING = frozenset({Kind.RETRY, Kind.RATE, Kind.STALE, Kind.CONFIG})
"""Of these the same call works once the platform, or whoever runs the program, has put something right."""


@dataclass(frozen=True, slots=True)
class KfGround:
    """The platform, what replicas share of it, the words of the content, and the time."""

    api: Api
    outbox: Outbox
    board: Board
    words: Words
    metrics: Metrics
    clock: Clock

    @property
    def notes(self) -> KfNotes:
        """What is noted of customers."""
        return KfNotes(self.board)

    @property
    def service(self) -> KfService:
        """Who serves them."""
        return KfService(self.api, self.notes)

    @property
    def now(self) -> float:
        """The time in seconds."""
        return self.clock().timestamp()
