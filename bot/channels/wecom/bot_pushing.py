"""What the AI bot sends over the long connection by the outbox: answers to messages, and what it says of itself."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.base import Clock
from bot.channels.platform_errors import Kind
from bot.channels.trees import EMPTY, Tree, dump_json, read_object
from bot.channels.wecom.api import ApiError, tell, to_outcome
from bot.channels.wecom.bot_connection import BotConnection
from bot.channels.wecom.bot_payloads import CHANNEL, Place
from bot.channels.wecom.bot_records import Case
from bot.channels.wecom.bot_replies import (
    answer_of,
    card_body,
    markdown_body,
    stream_body,
    stream_id,
    whisper_of,
    whole_card,
)
from bot.channels.wecom.bot_socket import FrameRefused, SocketLost
from bot.channels.wecom.error_codes import STREAM_OVER, UNKNOWN_REQUEST, kind_of
from bot.channels.wecom.limits import CHAT_BUDGET
from bot.errors import SessionError
from bot.messages import Reply
from bot.metrics import Metrics
from bot.outbox import Outcome, PutOff, Sent
from bot.sessions.base import Board, Parcel

SINGLE, GROUP = 1, 2
STREAM_SECONDS = 600.0
TO_WHO_CLICKED = "（答刚才点卡片的同事）\n\n"
"""In a group a message of its own does not show whom it answers, and the platform takes no mention in it."""
STORE_SECONDS = 5.0
MOST_KEPT = 1000


def parcels_of(reply: Reply, case: Case) -> tuple[Parcel, ...]:
    """The answer to a case, by its frame where it has one; what only the user reads goes to the single chat."""
    told = _answer_to(reply, case) if case.request else _answer_alone(reply, case)
    whispers = enumerate(whisper_of(reply))
    alone = Place(case.place.user)
    return (*told, *(_parcel(case, f"alone{n}", alone, {"body": markdown_body(page)}) for n, page in whispers))


def _answer_to(reply: Reply, case: Case) -> Iterator[Parcel]:
    stream, answer = stream_id(case.message), answer_of(reply, case.place)
    first, *rest = answer.pages or ("",)
    bodies = [stream_body(stream, first, finish=True), *(markdown_body(page) for page in rest)]
    bodies += [] if answer.card is None else [card_body(answer.card)]
    for number, body in enumerate(bodies):
        yield _parcel(case, f"{number}", case.place, {"req": case.request, "body": body})


def _answer_alone(reply: Reply, case: Case) -> Iterator[Parcel]:
    """The answer where there is no frame to answer: after a click, whose frame takes only the card."""
    answer = answer_of(reply, case.place)
    lead = TO_WHO_CLICKED if case.place.group else ""
    card = whole_card(answer, lead)
    bodies = [markdown_body(lead + page) for page in answer.pages] if card is None else []
    card = card or answer.card
    bodies += [] if card is None else [card_body(card)]
    for number, body in enumerate(bodies):
        yield _parcel(case, f"{number}", case.place, {"body": body})


def _parcel(case: Case, name: str, to: Place, content: Tree) -> Parcel:
    kept = {"kind": "push", "to": target_of(to), "at": case.message.received.isoformat(), **content}
    return Parcel(f"{CHANNEL}:{stream_id(case.message)}:{name}", CHANNEL, lane_of(to), dump_json(kept))


def lane_of(place: Place) -> str:
    """The name of a chat among all that are written to."""
    return f"group:{place.group}" if place.group else f"single:{place.user}"


@dataclass(frozen=True, slots=True)
class Push:
    """One message to a chat. `request` is the callback that it answers; empty: it answers none."""

    name: str
    lane: str
    to: Tree
    body: Tree
    request: str
    at: datetime


def read_push(parcel: Parcel) -> Push | None:
    """The message in the parcel; None when there is none that can be read."""
    match read_object(parcel.content) or EMPTY:
        case {"kind": "push", "to": dict(to), "body": dict(body), "at": str(at)} as kept:
            return Push(parcel.id, parcel.lane, to, body, str(kept.get("req", "")), datetime.fromisoformat(at))
        case _:
            return None


class Pusher:
    """Sends frames over the connection, within the budget of each chat."""

    def __init__(
        self, connection: BotConnection, board: Board, metrics: Metrics, clock: Clock, again: float = 1.0
    ) -> None:
        self._connection = connection
        self._metrics = metrics
        self._board = board
        self._clock = clock
        self._again = again
        self._doubts: dict[str, float] = {}
        self._begun: dict[str, None] = {}

    async def push(self, push: Push, attempt: int) -> Outcome:
        """What became of the message.

        A frame whose acknowledgement was lost is sent again: the platform shows an answer once, since it has a name;
        what answers nothing may then be read twice.
        """
        if self._connection.socket is None:
            return PutOff("not connected", self._again)
        try:
            if (wait := await self._spend(push.lane)) > 0:
                return PutOff("budget of the chat", wait)
        except SessionError:
            return PutOff("store", STORE_SECONDS)
        try:
            return await self._send(push, attempt)
        except SocketLost as error:
            self._note_doubt(push)
            return PutOff(error.why, self._again)

    async def _send(self, push: Push, attempt: int) -> Outcome:
        if push.request:
            code = await self.ask("aibot_respond_msg", push.body, push.request)
            if self._has_arrived(push, attempt, code):
                return Sent()
            if code not in {UNKNOWN_REQUEST, STREAM_OVER}:
                return self._outcome_of(code)
        return self._outcome_of(await self.ask("aibot_send_msg", {**push.to, **_alone(push.body)}))

    def _has_arrived(self, push: Push, attempt: int, code: int) -> bool:
        """Whether a refusal says that an earlier attempt got through: its stream is over, its card is known."""
        doubt = self._doubts.get(push.name)
        if code != STREAM_OVER:
            return doubt is not None and kind_of(code) is Kind.BUG
        if doubt is not None and (doubt < STREAM_SECONDS or push.request not in self._begun):
            return True  # nothing else can have ended it
        return attempt > 0 and self._age(push) < STREAM_SECONDS

    def _note_doubt(self, push: Push) -> None:
        """Remember how old a message was when it was first sent with nothing heard of it."""
        _make_room(self._doubts)
        self._doubts.setdefault(push.name, self._age(push))

    def _age(self, push: Push) -> float:
        return (self._clock() - push.at).total_seconds()

    async def begin(self, place: Place, body: Tree, request: str) -> None:
        """Say that an answer is in work; its stream ends by itself if nothing more comes."""
        _make_room(self._begun)
        self._begun[request] = None
        await self.say(place, "aibot_respond_msg", body, request)

    async def say(self, place: Place, command: str, body: Tree, request: str = "") -> bool:
        """Whether a message was taken that is worth saying now only."""
        wait = 0.0
        with suppress(SessionError):  # the message may be just about that
            wait = await self._spend(lane_of(place))
        if wait > 0:
            return False
        try:
            return await self.ask(command, body, request) == 0
        except SocketLost:
            return False

    async def try_to(self, command: str, body: Tree, request: str) -> None:
        """Do what is worth doing now only, and is no message."""
        with suppress(SocketLost):
            await self.ask(command, body, request)

    async def ask(self, command: str, body: Tree, request: str = "") -> int:
        """The code of the platform's answer, 0 for done; raises SocketLost."""
        socket = self._connection.socket
        if socket is None:
            raise SocketLost("not connected")
        try:
            await socket.ask(command, body, request)
        except FrameRefused as error:
            return error.code
        return 0

    def _outcome_of(self, code: int) -> Outcome:
        if not code:
            return Sent()
        error = ApiError(code, "the long connection")
        tell(error, self._metrics, CHANNEL)
        return to_outcome(error)

    async def _spend(self, lane: str) -> float:
        return await self._board.spend(f"wecom_bot:{lane}", CHAT_BUDGET)


def _make_room(kept: dict[str, Any]) -> None:
    """Leave room for one more; what is oldest goes."""
    while len(kept) >= MOST_KEPT:
        del kept[next(iter(kept))]


def _alone(body: Tree) -> Tree:
    """The body as a message that answers nothing: a stream can't be one."""
    match body:
        case {"stream": {"content": str(text)}}:
            return markdown_body(text)
        case _:
            return body


def target_of(place: Place) -> Tree:
    """The chat as `aibot_send_msg` takes it."""
    return {"chatid": place.chat, "chat_type": GROUP if place.group else SINGLE}
