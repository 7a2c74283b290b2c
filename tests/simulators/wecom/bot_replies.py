"""What the AI bot answers: every rule of streams, cards and welcomes checked, and the result shown in the chat."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.wecom import cards
from tests.simulators.wecom.inbox import Inbox, Shown, show_card
from tests.simulators.wecom.platform import Json, Platform, Refused
from tests.simulators.wecom.shapes import Fault, Flag, Group, Shape, Text, faults_of
from tests.simulators.wecom.shapes import Several as ListOf

MAX_CONTENT = 20480
FEEDBACK = Group({"id": Text(octets=256)})
PICTURE = Group({"base64": Text(needed=True), "md5": Text(needed=True)}, needed=True)
PICTURES = ListOf(Group({"msgtype": Text(needed=True), "image": PICTURE}), 0, 10)
STREAM = Group(
    {
        "id": Text(octets=256),
        "finish": Flag(),
        "content": Text(octets=MAX_CONTENT),
        "msg_item": PICTURES,
        "feedback": FEEDBACK,
    },
    needed=True,
)
MARKDOWN = Group({"content": Text(octets=MAX_CONTENT, needed=True), "feedback": FEEDBACK}, needed=True)
BODIES: Mapping[str, Mapping[str, Shape]] = {
    "text": {"text": Group({"content": Text(needed=True)}, needed=True)},
    "markdown": {"markdown": MARKDOWN},
    "stream": {"stream": STREAM},
    "template_card": {},
    "stream_with_template_card": {"stream": STREAM},
    "update_template_card": {"userids": ListOf(Text(), 0, 1000)},
}
MESSAGE_ANSWERS = frozenset({"stream", "template_card", "stream_with_template_card"})
POLL_ANSWERS = frozenset({"stream", "stream_with_template_card"})
WELCOMES = frozenset({"text", "template_card"})
UPDATES = frozenset({"update_template_card"})
PUSHES = frozenset({"markdown", "template_card"})


@dataclass(slots=True, eq=False)
class BotChat:
    """A single chat with the bot, or a group it is in; everybody in a group sees the same."""

    chat_id: str
    is_group: bool
    inbox: Inbox = field(default_factory=Inbox)
    is_written: bool = False
    """Whether somebody has written to the bot here, so that it may write of itself."""


@dataclass(slots=True, eq=False)
class Asked:
    """One callback that the bot may answer, and what has come of it."""

    chat: BotChat
    user: str
    body: Json
    allowed: frozenset[str]
    at: float
    card: Shown | None = None
    stream_id: str = ""
    stream: Shown | None = None
    stream_at: float = 0.0
    has_card: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a stream has begun and not ended."""
        return self.stream is not None and not self.stream.is_finished


class BotReplies:
    """Takes what the bot answers or sends."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._task_ids: set[str] = set()

    def take(self, reply: Json, asked: Asked, allowed: frozenset[str]) -> None:
        """Show a reply; raises if it is not as it should be."""
        kind = str(reply.get("response_type") or reply.get("msgtype") or "")
        if kind not in allowed:
            raise Refused(40008, f"这里不能用 {kind!r} 回复，只能用 {sorted(allowed)}")
        name = "response_type" if kind == "update_template_card" else "msgtype"
        given = {key: value for key, value in reply.items() if key != "template_card"}
        self._raise(faults_of(given, Group({name: Text(needed=True), **BODIES[kind]}), kind))
        if "stream" in reply:
            self._stream(reply["stream"], asked)
        if "template_card" in reply or kind == "template_card":
            self._card(reply.get("template_card"), asked, kind, reply.get("userids"))
        elif kind in {"text", "markdown"}:
            content = reply[kind]
            feedback = str((content.get("feedback") or {}).get("id", ""))
            asked.chat.inbox.put(Shown(kind, content["content"], content, self._now(), feedback=feedback))

    def _stream(self, stream: Json, asked: Asked) -> None:
        """Begin a stream, or show its whole text anew."""
        if asked.stream is None:
            self._begin(stream, asked)
        elif stream.get("id", asked.stream_id) != asked.stream_id:
            raise Refused(40058, f"stream.id 应是 {asked.stream_id!r}，得到 {stream.get('id')!r}")
        shown = asked.stream
        assert shown is not None
        if shown.is_finished:  # said again as it was, because the acknowledgement was lost: no fault
            is_wrong = stream.get("content") != shown.text or not stream.get("finish")
            raise Refused(846608, "stream 已经结束，不能再更新", is_wrong=is_wrong)
        is_last = bool(stream.get("finish", False))
        if stream.get("msg_item") and not is_last:
            raise Refused(40058, "msg_item 只能在 finish=true 时使用")
        text = str(stream.get("content", shown.text))
        if is_last and not text.strip() and not stream.get("msg_item"):
            self._platform.violated("stream 结束时没有内容，用户看到空消息")
        shown.text, shown.is_finished = text, is_last
        asked.chat.inbox.note_change()

    def _begin(self, stream: Json, asked: Asked) -> None:
        if not stream.get("id"):
            raise Refused(40058, "首次流式回复要有 stream.id")
        asked.stream_id, asked.stream_at = str(stream["id"]), self._now()
        feedback = str((stream.get("feedback") or {}).get("id", ""))
        shown = Shown("stream", "", {}, self._now(), is_finished=False, feedback=feedback)
        asked.stream = asked.chat.inbox.put(shown)

    def _card(self, card: Any, asked: Asked, kind: str, userids: list[str] | None) -> None:
        is_updating = kind == "update_template_card"
        self._raise(cards.faults_of_card(card, cards.BOT, is_updating=is_updating))
        if is_updating:
            self._update(card, asked, userids)
        elif asked.has_card:
            raise Refused(40058, "同一条消息只能回复一次卡片")
        else:
            self._new_card(card, asked)

    def _new_card(self, card: Mapping[str, Any], asked: Asked) -> None:
        task_id = str(card.get("task_id", ""))
        if task_id and task_id in self._task_ids:
            raise Refused(cards.CARD_FIELD, f"task_id 重复：{task_id}")
        self._task_ids.add(task_id)
        asked.has_card = True
        asked.chat.inbox.put(show_card(card, self._now()))

    def _update(self, card: Mapping[str, Any], asked: Asked, userids: list[str] | None) -> None:
        """Change the card that was clicked, for all or for some in a group."""
        shown = asked.card
        if shown is None:
            raise Refused(40058, "没有可以更新的卡片")
        if card.get("task_id") != shown.body.get("task_id"):
            raise Refused(40058, f"task_id 应与回调的一致：{shown.body.get('task_id')!r}，得到 {card.get('task_id')!r}")
        if asked.chat.is_group and userids:
            shown.personal |= dict.fromkeys(userids, card)
        else:
            shown.become(card)
        asked.chat.inbox.note_change()

    def _raise(self, faults: Iterator[Fault]) -> None:
        for fault in faults:
            if fault.errcode:
                raise Refused(fault.errcode, fault.sentence)
            self._platform.violated(fault.sentence)

    def _now(self) -> float:
        return self._platform.clock.now()
