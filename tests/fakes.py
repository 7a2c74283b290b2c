"""Stand-ins for the parts of the program, each with the behaviour that a test needs and no more."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.dialog.state import State
from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.policy.attributes import Attribute, AttributeType
from bot.sessions.base import SessionKey, SessionStore, StoredSession, StoreUnavailable, TurnRecord
from bot.sessions.memory import MemoryStore
from bot.turns import Responder, Response, Said, Trouble, TurnHandler

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
FORGET = "删除我的数据"
SURPRISE = "出错"

ATTRIBUTES = {
    attribute.name: attribute
    for attribute in (
        Attribute("region", AttributeType.CHOICE, "注册地", ("东城区", "通州区", "经开区")),
        Attribute("tier", AttributeType.ORDERED, "梯度", ("none", "innovative", "specialized")),
        Attribute("sector", AttributeType.SET, "行业", ("software", "ai", "other")),
        Attribute("high_tech", AttributeType.BOOL, "高新技术企业"),
        Attribute("listing_amount", AttributeType.YUAN, "入表金额"),
        Attribute("years", AttributeType.INT, "年数"),
        Attribute("award_date", AttributeType.DATE, "认定日期"),
    )
}


def no_attributes() -> dict[str, Attribute]:
    """Content without attributes, for tests that know of none."""
    return {}


def message(text: str, message_id: str = "m1", conversation: str = "c1", channel: str = "web") -> InboundMessage:
    """A message of a user in a single chat."""
    return InboundMessage(channel, conversation, message_id, text, NOW)


class Diary:
    """A Responder that answers with the number of the turn, and notes every text it was told in `State.shown`."""

    def respond(self, state: State, said: Said) -> Response:
        """Number and text; FORGET forgets, SURPRISE is an error that nobody expects."""
        if said.text == SURPRISE:
            raise RuntimeError(f"a sentence with what the user said: {said.text}")
        if said.text == FORGET:
            return Response(State(), (OutboundMessage("已删除"),), None, forget=True)
        told = (*state.shown, said.text)
        return Response(replace(state, shown=told), (OutboundMessage(f"{len(told)}：{said.text}"),), None)


class FailingStore(MemoryStore):
    """A store that is unavailable whenever one of its methods, named by `fails`, is called."""

    def __init__(self, fails: str = "") -> None:
        super().__init__()
        self.fails = fails

    async def load(self, key: SessionKey, message_id: str = "") -> StoredSession:
        """What is kept, unless loading fails."""
        self._fail_in("load")
        return await super().load(key, message_id)

    async def commit(self, turn: TurnRecord) -> None:
        """Keep the turn, unless committing fails."""
        self._fail_in("commit")
        await super().commit(turn)

    async def check(self) -> None:
        """Return, unless checking fails."""
        self._fail_in("check")
        await super().check()

    def _fail_in(self, name: str) -> None:
        if self.fails == name:
            raise StoreUnavailable("store.db 所在的磁盘满了；请腾出空间")


def create_handler(store: SessionStore, responder: Responder | None = None) -> tuple[TurnHandler, list[Trouble]]:
    """A handler on the store, by default with a Diary, and the list that its troubles go to."""
    troubles: list[Trouble] = []
    return TurnHandler(store, responder or Diary(), no_attributes, troubles.append), troubles


def texts(reply: Reply) -> list[str]:
    """What the user reads."""
    return [one.text for one in reply.messages]
