"""What the console stands on."""

from dataclasses import dataclass

from bot.channels.base import Clock, read_clock
from bot.content.reload import LiveContent
from bot.metrics import Metrics
from bot.sessions.base import Store


@dataclass(frozen=True, slots=True)
class Ground:
    """What the console shows and changes. `channels` are those that are on; `is_watched`: edits are taken by itself."""

    store: Store
    content: LiveContent
    metrics: Metrics
    channels: tuple[str, ...]
    retention_days: int
    is_watched: bool = True
    clock: Clock = read_clock
