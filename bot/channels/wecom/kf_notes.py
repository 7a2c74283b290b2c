"""What all replicas know of the customers of 微信客服 beside their conversations: small notes on the board."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.channels.trees import dump_json
from bot.channels.wecom.kf_parcels import Customer, dump_piece, load_piece
from bot.channels.wecom.kf_pieces import Piece
from bot.sessions.base import Board

HOUR: Final = 3600.0
SESSION_SECONDS: Final = 48 * HOUR
"""So long after a customer's message the bot may write, and a session lasts."""
_FOR_EVER: Final = 10 * 365 * 24 * HOUR


@dataclass(frozen=True, slots=True)
class Place:
    """How far an account is read; older messages than `since` are passed over. `pulled` is when it was read last."""

    cursor: str = ""
    since: int = 0
    pulled: int = 0


@dataclass(frozen=True, slots=True)
class Service:
    """Whether a person serves the customer; `ended` is when one last did no more (0: not known)."""

    by_person: bool = False
    ended: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A message that could not be sent yet, and the name under which it will be; `is_first` of its reply, `heard` is
    when the customer had last written. `is_fresh`: it surely has not been sent."""

    id: str
    name: str
    piece: Piece
    is_first: bool
    heard: float
    is_fresh: bool

    @property
    def reply(self) -> str:
        """The reply it is of."""
        return self.id.rpartition(":")[0]


class KfNotes:
    """Reads and writes the notes. What cannot be read counts as not written."""

    def __init__(self, board: Board) -> None:
        self._board = board

    async def accounts(self) -> tuple[str, ...]:
        """The accounts that messages have come for."""
        return tuple(str(one) for one in await self._read_list("accounts"))

    async def write_accounts(self, accounts: tuple[str, ...]) -> None:
        """Keep the accounts."""
        await self._write("accounts", list(accounts), _FOR_EVER)

    async def place(self, account: str) -> Place | None:
        """How far the account is read; None when that is not known."""
        match await self._read(f"place/{account}"):
            case {"cursor": str(cursor), "since": int(since), "pulled": int(pulled)}:
                return Place(cursor, since, pulled)
            case _:
                return None

    async def write_place(self, account: str, place: Place) -> None:
        """Keep how far the account is read."""
        found = {"cursor": place.cursor, "since": place.since, "pulled": place.pulled}
        await self._write(f"place/{account}", found, _FOR_EVER)

    async def heard(self, customer: Customer) -> float:
        """When the customer last wrote (seconds); 0.0 when that is longer ago than a session lasts."""
        found = await self._read(f"heard/{customer.lane}")
        return float(found) if isinstance(found, int | float) else 0.0

    async def write_heard(self, customer: Customer, at: float) -> None:
        """The customer wrote then."""
        await self._write(f"heard/{customer.lane}", at, SESSION_SECONDS)

    async def sent(self, customer: Customer) -> Mapping[str, float]:
        """When what was sent to the customer, the last few by their ids."""
        found = await self._read(f"sent/{customer.lane}")
        return {str(name): float(at) for name, at in found.items()} if isinstance(found, dict) else {}

    async def write_sent(self, customer: Customer, sent: Mapping[str, float]) -> None:
        """Keep what was sent."""
        await self._write(f"sent/{customer.lane}", dict(sent), SESSION_SECONDS)

    async def service(self, customer: Customer) -> Service:
        """Who serves the customer, as far as is known."""
        match await self._read(f"service/{customer.lane}"):
            case {"person": bool(by_person), "ended": int(ended)}:
                return Service(by_person, ended)
            case _:
                return Service()

    async def write_service(self, customer: Customer, service: Service) -> None:
        """Keep who serves the customer."""
        found = {"person": service.by_person, "ended": service.ended}
        await self._write(f"service/{customer.lane}", found, SESSION_SECONDS)

    async def has_entered(self, customer: Customer) -> bool:
        """Whether the customer was greeted a short while ago."""
        return await self._read(f"entered/{customer.lane}") is not None

    async def write_entered(self, customer: Customer, seconds: float) -> None:
        """The customer was greeted; that counts for so many seconds."""
        await self._write(f"entered/{customer.lane}", 1, seconds)

    async def held(self, customer: Customer) -> tuple[Held, ...]:
        """What could not be sent yet, in order; written by the sender of the lane only."""
        return _load_held(await self._read_list(f"held/{customer.lane}"))

    async def write_held(self, customer: Customer, held: tuple[Held, ...]) -> None:
        """Keep what could not be sent."""
        await self._write(f"held/{customer.lane}", _dump_held(held), SESSION_SECONDS)

    async def resumed_by(self, customer: Customer) -> str:
        """The message that last asked for what is held."""
        found = await self._read(f"resumed/{customer.lane}")
        return found if isinstance(found, str) else ""

    async def write_resumed_by(self, customer: Customer, message_id: str) -> None:
        """This message asked for what is held."""
        await self._write(f"resumed/{customer.lane}", message_id, SESSION_SECONDS)

    async def _read_list(self, name: str) -> list[object]:
        found = await self._read(name)
        return found if isinstance(found, list) else []

    async def _read(self, name: str) -> object:
        written = await self._board.read_note(f"wecom_kf/{name}")
        try:
            return None if written is None else json.loads(written)
        except ValueError:
            return None

    async def _write(self, name: str, found: object, seconds: float) -> None:
        await self._board.write_note(f"wecom_kf/{name}", dump_json(found), seconds)


def _dump_held(held: tuple[Held, ...]) -> list[object]:
    return [
        {
            "id": one.id,
            "name": one.name,
            "first": one.is_first,
            "heard": one.heard,
            "fresh": one.is_fresh,
            **dump_piece(one.piece),
        }
        for one in held
    ]


def _load_held(found: list[object]) -> tuple[Held, ...]:
    return tuple(
        Held(
            str(one["id"]),
            str(one["name"]),
            load_piece(one),
            bool(one["first"]),
            float(one["heard"]),
            bool(one["fresh"]),
        )
        for one in found
        if isinstance(one, dict)
    )
