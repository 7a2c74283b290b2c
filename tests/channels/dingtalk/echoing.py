"""Turns that cost little and tell in which order they were taken; and a store that fails when it is told to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.dialog.state import State
from bot.messages import OutboundMessage
from bot.sessions.base import Parcel, Store, StoreUnavailable
from bot.sessions.memory import MemoryStore
from bot.sessions.memory_sending import MemoryOutbox
from bot.turns import Response, Said, Trouble, TurnHandler
from tests.fakes import no_attributes


@dataclass
class Echo:
    """Answers with what was said and how many turns there were before in the conversation."""

    def respond(self, state: State, said: Said) -> Response:
        """One message."""
        count = str(int(state.shown[0]) + 1 if state.shown else 1)
        return Response(replace(state, shown=(count,)), (OutboundMessage(f"{count}：{said.text}"),), None)


def echoing(store: Store, report: Callable[[Trouble], None] = lambda _: None) -> TurnHandler:
    """Turns that echo."""
    return TurnHandler(store, Echo(), no_attributes, report)


class FullOutbox(MemoryOutbox):
    """An outbox that keeps nothing while `is_full`."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(clock)
        self.is_full = False

    async def post(self, parcels: Sequence[Parcel]) -> None:
        """Keep the parcels, if there is room."""
        if self.is_full:
            raise StoreUnavailable("the disk is full")
        await super().post(parcels)


class FullStore(MemoryStore):
    """A store whose outbox can be full."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__(clock)
        self.full = self.outbox = FullOutbox(clock)
