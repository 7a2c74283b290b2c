"""微信客服 sessions: who serves each customer, how many messages the bot has left, and the log that sync_msg reads."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tests.simulators.wecom.inbox import Inbox
from tests.simulators.wecom.platform import Json, Platform, Refused

DAY = 24 * 3600
SESSION_LIFETIME = 2 * DAY
HISTORY = 3 * DAY
TOKEN_LIFETIME = 600
BUDGET = 5
CODE_LIFETIMES = {"welcome": 20, "reply": SESSION_LIFETIME, "end": 20}


class State(IntEnum):
    """Who serves a customer."""

    NEW = 0
    BOT = 1
    POOL = 2
    HUMAN = 3
    ENDED = 4


MOVES = {
    State.NEW: {State.BOT, State.POOL, State.HUMAN, State.ENDED},
    State.BOT: {State.POOL, State.HUMAN, State.ENDED},
    State.POOL: {State.HUMAN, State.ENDED},
    State.HUMAN: {State.HUMAN, State.ENDED},
    State.ENDED: set[State](),
}


@dataclass(slots=True)
class Session:
    """One customer at one account."""

    customer: str
    inbox: Inbox = field(default_factory=Inbox)
    state: State = State.ENDED
    servicer: str = ""
    left: int = 0
    heard_at: float = 0.0
    welcomed_at: float = 0.0
    changed_at: int = 0
    """How long the log was once it told of the last change that a person made."""
    refuses: bool = False
    """The customer has blocked the account: sending seems to work, then msg_send_fail comes."""


@dataclass(slots=True)
class Code:
    """One use of send_msg_on_event."""

    kind: str
    session: Session
    ends: float
    state: State
    """Whose state the session must still be in, except for a welcome."""


@dataclass(slots=True)
class Servicer:
    """A person who serves customers."""

    name: str
    is_receiving: bool = True
    is_activated: bool = True


class KfSessions:
    """The state of one customer service account."""

    def __init__(self, platform: Platform, open_kfid: str) -> None:
        self.platform = platform
        self.open_kfid = open_kfid
        self.sessions: dict[str, Session] = {}
        self.servicers: dict[str, Servicer] = {}
        self.log: list[Json] = []
        self.codes: dict[str, Code] = {}
        self.message_ids: set[str] = set()
        self.read_up_to = 0
        """How much of the log the bot has read."""
        self._tokens: dict[str, float] = {}

    def session(self, customer: str) -> Session:
        """The customer's session; it ends by itself after two days."""
        session = self.sessions.setdefault(customer, Session(customer))
        if session.heard_at and self._now() - session.heard_at > SESSION_LIFETIME:
            session.state, session.servicer = State.ENDED, ""
        return session

    def known(self, customer: object) -> Session:
        """The session of a customer that somebody named."""
        if not isinstance(customer, str) or customer not in self.sessions:
            raise Refused(95004, f"invalid external_userid {customer!r}")
        return self.session(customer)

    def is_known(self, session: Session) -> bool:
        """Whether the bot can know in what state the session is."""
        return self.read_up_to >= session.changed_at

    def hear(self, session: Session) -> None:
        """The customer wrote: five messages more, and a session if there was none."""
        self.session(session.customer)
        session.left, session.heard_at = BUDGET, self._now()
        if session.state is State.ENDED:
            session.state = State.NEW

    def append(self, customer: str, origin: int, kind: str, content: Json, message_id: str = "", **more: Any) -> Json:
        """Put a message or an event into the log."""
        item: Json = {"msgid": message_id or f"kfmsg{self.platform.number()}", "send_time": int(self._now())}
        item |= {"origin": origin, "msgtype": kind, kind: content, **more}
        ids = {"open_kfid": self.open_kfid, "external_userid": customer}
        if kind == "event":
            content |= ids if customer else {"open_kfid": self.open_kfid}
        else:
            item |= ids
        self.log.append(item)
        return item

    def token(self) -> str:
        """A token for sync_msg, good for ten minutes."""
        token = f"ENC{self.platform.number():06d}token"
        self._tokens[token] = self._now() + TOKEN_LIFETIME
        return token

    def is_token_alive(self, token: str) -> bool:
        """Whether a callback brought this token within the last ten minutes."""
        return self._tokens.get(token, 0.0) > self._now()

    def code(self, kind: str, session: Session) -> str:
        """A code for one message to a customer."""
        code = f"CODE{self.platform.number()}"
        self.codes[code] = Code(kind, session, self._now() + CODE_LIFETIMES[kind], session.state)
        return code

    def move(self, session: Session, state: State, servicer: str) -> str:
        """Change who serves; gives the code for the notice."""
        if state not in MOVES[session.state]:
            sentence = f"会话状态不能从 {session.state.value} 改为 {state.value}"
            raise Refused(95016, sentence, is_wrong=self.is_known(session))
        if state is State.HUMAN:
            self._check_servicer(servicer)
        is_first = session.state in {State.NEW, State.BOT}
        session.state, session.servicer = state, servicer if state is State.HUMAN else ""
        if state is State.ENDED:
            return self.code("end", session)
        return self.code("reply", session) if is_first and state in {State.POOL, State.HUMAN} else ""

    def _check_servicer(self, name: str) -> None:
        servicer = self.servicers.get(name)
        if servicer is None or not servicer.is_activated:
            raise Refused(95014, f"接待人员 {name!r} 不存在或没有激活", is_wrong=not name)
        if not servicer.is_receiving:
            raise Refused(95019, f"接待人员 {name} 没有在接待", is_wrong=False)

    def _now(self) -> float:
        return self.platform.clock.now()
