"""One turn: a message comes in, its conversation is loaded and thought on, state and reply are kept, exactly once."""

import asyncio
import traceback
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Protocol
from weakref import WeakValueDictionary

from bot.dialog.handing_off import handed_over
from bot.dialog.state import State
from bot.errors import SessionError
from bot.messages import Form, InboundMessage, OutboundMessage, Reply
from bot.observing import Course, Ending, Mark, Observer, Stage, ignore
from bot.policy.attributes import Attribute
from bot.policy.values import value_to_json
from bot.sessions.base import (
    HandOffRecord,
    Parcel,
    SessionConflict,
    SessionDamaged,
    SessionKey,
    SessionNewer,
    SessionStore,
    StoredSession,
    StoreUnavailable,
    TurnRecord,
)
from bot.sessions.codec import decode_reply, encode_reply, encode_state
from bot.sessions.recent import RecentStates

Pack = Callable[[Reply], tuple[Parcel, ...]]
"""What of a reply is to be sent by the outbox."""
LONGEST_TEXT = 4_000
ATTEMPTS = 50  # with two processes at one conversation, each attempt is lost with one half
UNAVAILABLE = "抱歉，系统暂时无法保存对话，您之前的回答都还在；请过一会儿再发一次，急需咨询请拨打 12345。"
UPDATING = "抱歉，系统正在更新，您之前的回答都还在；请过几分钟再发一次，急需咨询请拨打 12345。"
FAILED = "抱歉，这条消息没能处理好，您之前的回答都还在；请换个说法再发一次，仍然不行请拨打 12345 咨询。"
STARTED_AFRESH = "抱歉，您之前的回答现在读不出来了，需要请您从头再说一遍。"
TOO_FAST = "您发得有点快，我跟不上了；请歇一会儿，过一分钟再发。您之前的回答都还在。"
BUSY = "现在咨询的人太多，这条还没有处理；请过一会儿再发一次，急需咨询请拨打 12345。"
REPLY_LOST = "这条消息已经处理过，但当时的回复读不出来了；发送“看结果”可以查看现在的结果。"


@dataclass(frozen=True, slots=True)
class Said:
    """What the user said, cleaned, and when; `question` as in InboundMessage.

    `can_whisper` in a group: whether there is a single chat to write to. `number` is the one to be told where the
    conversation is handed over to a person.
    """

    text: str
    now: datetime
    is_group: bool
    question: str | None = None
    can_whisper: bool = False
    number: str = ""
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Response:
    """What the bot answers from one version of the content, and the conversation after it.

    `forget` removes all that is kept instead. `hand_off` is the number under which it is handed over to a person.
    `is_outdated` as in Reply. `marks` and `stages` are for the operator's figures.
    """

    state: State
    messages: tuple[OutboundMessage, ...]
    pending: str | None
    forget: bool = False
    content_version: str = ""
    hand_off: str = ""
    is_outdated: bool = False
    marks: frozenset[Mark] = frozenset()
    stages: Mapping[Stage, float] = field(default_factory=dict, compare=False)


class Responder(Protocol):
    """The thinking part of a turn."""

    def respond(self, state: State, said: Said) -> Response:
        """The answer to what was said in this state of the conversation."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an operator may know of a turn that went wrong: no text of the user, no value, no secret."""

    event: str
    channel: str
    message_id: str
    what: str
    where: tuple[str, ...] = ()


class TurnFailed(SessionError):
    """Raised when a turn was not done: nothing of it is kept, and the same message may be sent again.

    `reply` says so to the user; `is_temporary` tells whether waiting is likely to help.
    """

    def __init__(self, sentence: str, *, is_temporary: bool) -> None:
        super().__init__(sentence)
        self.reply = Reply((OutboundMessage(sentence),))
        self.is_temporary = is_temporary


class SentTooFast(TurnFailed):
    """Raised when somebody sends more than is let in; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__(TOO_FAST, is_temporary=False)


class Overloaded(TurnFailed):
    """Raised when all together send more than can be answered; nothing of it is kept, and it may be sent again."""

    def __init__(self) -> None:
        super().__init__(BUSY, is_temporary=True)


class TurnHandler:
    """Answers messages: those of one conversation in the order they came, different conversations side by side."""

    def __init__(
        self,
        store: SessionStore,
        responder: Responder,
        attributes: Callable[[], Mapping[str, Attribute]],
        report: Callable[[Trouble], None],
        *,
        observe: Observer = ignore,
    ) -> None:
        self._store = store
        self._recent = RecentStates()
        self._responder = responder
        self._attributes = attributes
        self._report = report
        self._observe = observe
        self._locks: WeakValueDictionary[SessionKey, asyncio.Lock] = WeakValueDictionary()

    async def handle(self, message: InboundMessage, pack: Pack | None = None) -> Reply:
        """The reply to a message, the stored one when it was answered before; raises nothing but TurnFailed.

        What `pack` makes of the reply is posted in the same write as the turn; nothing is when it was answered before.
        """
        key, course = SessionKey(message.channel, message.conversation), Course()
        try:
            async with self._locks.setdefault(key, asyncio.Lock()):
                course.begin()
                return await self._answer(key, message, pack, course)
        except (StoreUnavailable, SessionConflict) as error:
            # a conflict's sentence names the conversation
            course.ending = Ending.UNAVAILABLE
            what = str(error) if isinstance(error, StoreUnavailable) else type(error).__name__
            self._report(_trouble("store_unavailable", message, what))
            raise TurnFailed(UNAVAILABLE, is_temporary=True) from error
        except SessionNewer as error:  # a replica of the newer version will answer; it is left as it is
            course.ending = Ending.UNAVAILABLE
            self._report(_trouble("session_newer", message, error.why))
            raise TurnFailed(UPDATING, is_temporary=True) from None
        except Exception as error:  # noqa: BLE001 - the one place where a surprise becomes a sentence
            course.ending = Ending.FAILED
            self._report(_trouble("turn_failed", message, type(error).__name__, _frames(error)))
            raise TurnFailed(FAILED, is_temporary=False) from None  # its sentence may hold the text
        finally:
            self._observe(course.tell(message.channel, message.conversation))

    async def _answer(self, key: SessionKey, message: InboundMessage, pack: Pack | None, course: Course) -> Reply:
        for _ in range(ATTEMPTS):
            with course.timing(Stage.STORE):
                session = await self._store.load(key, message.message_id)
            if session.reply is not None:
                course.ending = Ending.REPEATED
                return self._repeat(key, message, session.reply)
            try:
                return await self._take_turn(key, message, session, pack, course)
            except SessionConflict:
                continue
        raise SessionConflict(key)

    def _repeat(self, key: SessionKey, message: InboundMessage, stored: bytes) -> Reply:
        try:
            return decode_reply(key, stored)
        except SessionDamaged as error:
            self._report(_trouble("reply_unreadable", message, error.why))
            return Reply((OutboundMessage(REPLY_LOST),))

    async def _take_turn(
        self, key: SessionKey, message: InboundMessage, session: StoredSession, pack: Pack | None, course: Course
    ) -> Reply:
        # nothing is awaited from here to the commit: the content is not replaced in between
        attributes = self._attributes()
        try:
            state, unreadable = self._read(key, session, attributes), None
        except SessionDamaged as error:
            state, unreadable = State(), session.state
            self._report(_trouble("session_unreadable", message, error.why))
        response = self._responder.respond(state, _said(key, message))
        course.add(response.stages)
        if unreadable is not None:
            response = replace(response, messages=(OutboundMessage(STARTED_AFRESH), *response.messages))
        reply = _reply_of(response)
        kept = None if response.forget else self._recent.write(key, response.state, attributes)
        handed, parcels = _handed_over(response, attributes), pack(reply) if pack else ()
        raw = None if kept is None else kept.raw
        turn = TurnRecord(
            key, message.message_id, session.version, raw, encode_reply(reply), unreadable, handed, parcels
        )
        with course.timing(Stage.STORE):
            await self._store.commit(turn)
        if kept is None:
            self._recent.forget(key)
        else:
            self._recent.keep(key, kept, attributes, response.state)
        course.ending, course.marks, course.content_version = Ending.ANSWERED, response.marks, response.content_version
        course.posted = tuple(one.id for one in parcels)
        return reply

    def _read(self, key: SessionKey, session: StoredSession, attributes: Mapping[str, Attribute]) -> State:
        return State() if session.state is None else self._recent.read(key, session.state, attributes)


def clean_text(text: str) -> str:
    """The text as the bot reads it: composed characters, no control characters but newlines, a bounded length."""
    few = text[: 2 * LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    readable = "".join(sign for sign in few if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", readable[:LONGEST_TEXT])[:LONGEST_TEXT]


def _said(key: SessionKey, message: InboundMessage) -> Said:
    return Said(
        text=clean_text(message.text),
        now=message.received,
        is_group=message.is_group,
        question=message.question,
        can_whisper=bool(message.private),
        number=number_of(key, message.message_id),
        form=message.form,
    )


def number_of(key: SessionKey, message_id: str) -> str:
    """Eight digits to be read out over the telephone, the same when the message is delivered again."""
    named = f"{key.channel}\0{key.conversation}\0{message_id}".encode("utf-8", "surrogatepass")
    digits = f"{int.from_bytes(blake2b(named, digest_size=8).digest()) % 10**8:08}"
    return f"{digits[:4]}-{digits[4:]}"


def _handed_over(response: Response, attributes: Mapping[str, Attribute]) -> HandOffRecord | None:
    if not response.hand_off:
        return None
    return HandOffRecord(response.hand_off, encode_state(handed_over(response.state), attributes))


def _reply_of(response: Response) -> Reply:
    profile = {name: value_to_json(value) for name, value in response.state.profile.values.items()}
    return Reply(
        response.messages,
        profile,
        response.pending,
        response.forget,
        response.content_version,
        response.hand_off,
        response.is_outdated,
    )


def _trouble(event: str, message: InboundMessage, what: str, where: tuple[str, ...] = ()) -> Trouble:
    return Trouble(event, message.channel, message.message_id, what, where)


def _frames(error: BaseException) -> tuple[str, ...]:
    """Where it happened; not the error's sentence, which may hold what the user said."""
    frames = traceback.extract_tb(error.__traceback__)
    return tuple(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
