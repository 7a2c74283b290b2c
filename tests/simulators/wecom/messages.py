"""message/send and update_template_card: strict about what comes in, and shown to the members it reaches."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.simulators.wecom import cards
from tests.simulators.wecom.inbox import Inbox, Shown, show_card
from tests.simulators.wecom.passive import cut_to_bytes
from tests.simulators.wecom.platform import Call, Json, OneUse, Platform, Refused, Window
from tests.simulators.wecom.shapes import Fault, Group, Number, Several, Shape, Text, faults_of

CODE_LIFETIME = 72 * 3600
COMMON: Mapping[str, Shape] = {
    "touser": Text(),
    "toparty": Text(),
    "totag": Text(),
    "msgtype": Text(needed=True),
    "agentid": Number(needed=True),
    "safe": Number((0, 1)),
    "enable_id_trans": Number((0, 1)),
    "enable_duplicate_check": Number((0, 1)),
    "duplicate_check_interval": Number(),
}
ARTICLE = Group(
    {"title": Text(octets=128, needed=True), "description": Text(octets=512), "url": Text(), "picurl": Text()}
)
CONTENTS: Mapping[str, Shape] = {
    "text": Group({"content": Text(needed=True, errcode=44004)}, needed=True),
    "markdown": Group({"content": Text(needed=True, errcode=44004)}, needed=True),
    "textcard": Group(
        {
            "title": Text(chars=128, needed=True),
            "description": Text(chars=512, needed=True),
            "url": Text(needed=True),
            "btntxt": Text(chars=4),
        },
        needed=True,
    ),
    "news": Group({"articles": Several(ARTICLE, 1, 8, needed=True)}, needed=True),
}
UPDATE: Mapping[str, Shape] = {
    "agentid": Number(needed=True),
    "response_code": Text(needed=True),
    "atall": Number((0, 1)),
    "enable_id_trans": Number((0, 1)),
}
MAX_TEXT = 2048
NO_MARKDOWN = re.compile(
    r"!\[[^\]]*\]\(|^```|^\s*\|?\s*:?-{3,}:?\s*\||<font color=(?![\"'](?:info|comment|warning)[\"'])", re.MULTILINE
)
"""Pictures, blocks of code, tables, and colours of one's own."""


@dataclass(slots=True)
class ResponseCode:
    """Which cards a code changes."""

    cards: dict[str, Shown]
    ends: float


class Messages:
    """What the app sends of itself."""

    def __init__(self, platform: Platform, inboxes: Mapping[str, Inbox]) -> None:
        self._platform = platform
        self._inboxes = inboxes
        self._codes: dict[str, ResponseCode] = {}
        self._uses = OneUse()
        self._task_ids: set[str] = set()
        self._sent: dict[str, float] = {}
        self._window = Window(platform.clock, {60: 30, 3600: 1000})
        self.dropped: list[tuple[str, str]] = []
        """Member and text of what was over the limits per member: no errcode tells of it."""
        self.is_task_id_first = True
        """Whether a card sent again is refused for its task id, or known as a duplicate: not documented, play both."""
        self.duplicates: list[Json] = []
        """What the duplicate check kept back."""
        self.unlicensed: set[str] = set()
        """Lower-case ids of members without a licence: errcode 0, but nothing reaches them."""
        self.is_stopped = False
        """Whether somebody has stopped the app in the console."""
        self.hidden: set[str] = set()
        """Lower-case ids of members outside the app's visible range."""

    def send(self, call: Call) -> Json:
        """Serve message/send."""
        kind = str(call.body.get("msgtype", ""))
        self._check(call.body, kind)
        is_repeated = self._is_repeated(call.body)
        if kind == "template_card" and (self.is_task_id_first or not is_repeated):
            self._check_task_id(call.body["template_card"], is_repeated=is_repeated)
        reached, invalid, unlicensed = self._receivers(str(call.body.get("touser", "")))
        answer: Json = {"msgid": f"MSG{self._platform.number()}"}
        if invalid:
            answer["invaliduser"] = "|".join(invalid)
        if unlicensed:
            answer["unlicenseduser"] = "|".join(unlicensed)
        self._sent[_key_of(call.body)] = self._platform.clock.now()
        if is_repeated:
            self.duplicates.append(call.body)
            return answer
        if kind == "template_card":
            self._task_ids.add(str(call.body["template_card"].get("task_id", "")))
        shown = {name: self._show(name, call.body, kind) for name in reached if self._admits(name, call.body)}
        if kind == "template_card" and cards.is_interactive(call.body["template_card"]):
            answer["response_code"] = self.code_for(shown)
        return answer

    def put_card(self, name: str, card: Json) -> Shown:
        """Show a card as if the app had sent it: for tests of the simulator, and for cards of an earlier day."""
        return self._inboxes[name.lower()].put(show_card(card, self._platform.clock.now()))

    def code_for(self, shown: dict[str, Shown]) -> str:
        """A code that changes these cards once."""
        code = f"RC{self._platform.number()}"
        self._codes[code] = ResponseCode(shown, self._platform.clock.now() + CODE_LIFETIME)
        return code

    def update(self, call: Call) -> Json:
        """Serve update_template_card."""
        body = call.body
        changes = [name for name in ("button", "template_card") if name in body]
        groups = Several(Number(), 0, 100)
        receivers: Mapping[str, Shape] = {"userids": Several(Text(), 0, 1000), "partyids": groups, "tagids": groups}
        button = Group({"replace_name": Text(needed=True)})
        given = {name: value for name, value in body.items() if name != "template_card"}
        self._raise(faults_of(given, Group({**UPDATE, **receivers, "button": button}), "body"))
        if len(changes) != 1 or not (receivers.keys() & body.keys() or body.get("atall")):
            raise Refused(40058, "button 和 template_card 要有且只有一个，并要有 userids 等收件人")
        if "template_card" in body:
            self._raise(cards.faults_of_card(body["template_card"], cards.APP, is_updating=True))
        code = self._use(str(body["response_code"]), body)
        self._change(code, body)
        return {"invaliduser": [name for name in body.get("userids", []) if name.lower() not in code.cards]}

    def _use(self, text: str, body: Json) -> ResponseCode:
        """A code that is alive, which then is used up."""
        code = self._codes.get(text)
        if code is None:
            raise Refused(60140, "invalid response_code")
        if code.ends <= self._platform.clock.now():
            raise Refused(60140, "response_code expired", is_wrong=False)
        self._uses.use(text, body, Refused(60140, "response_code was used"))
        return code

    def _change(self, code: ResponseCode, body: Json) -> None:
        wanted = {str(name).lower() for name in body.get("userids", [])}
        for name, shown in code.cards.items():
            if body.get("atall") or name in wanted:
                self.change(shown, body.get("template_card"), (body.get("button") or {}).get("replace_name", ""))
                self._inboxes[name].note_change()

    def change(self, shown: Shown, card: Mapping[str, Any] | None, name: str) -> None:
        """Make a card another one, or its buttons grey."""
        if card is not None:
            shown.become(card)
        elif shown.body.get("card_type") not in cards.INTERACTIVE:
            raise Refused(40058, "只有按钮、投票、多项选择卡片能换按钮文案")
        else:
            shown.replaced = name

    def tell_agent(self, call: Call) -> Json:
        """Serve agent/get (W:90227): of one's own app only."""
        given = self._platform.accounts.agent_id
        if call.query.get("agentid") != f"{given}":
            raise Refused(301002, "not allow operate another agent with this accesstoken", is_wrong=False)
        return {"agentid": given, "name": "政策小助手", "close": int(self.is_stopped)}

    def _check(self, body: Json, kind: str) -> None:
        """Raise for the first field that is wrong."""
        if kind not in {*CONTENTS, "template_card"}:
            raise Refused(40008, f"invalid message type {kind!r}")
        given = {name: value for name, value in body.items() if name != "template_card"}
        content = {} if kind == "template_card" else {kind: CONTENTS[kind]}
        self._raise(faults_of(given, Group({**COMMON, **content}), "body"))
        if body["agentid"] != self._platform.accounts.agent_id:
            raise Refused(40056, f"invalid agentid {body['agentid']!r}")
        if not 0 <= body.get("duplicate_check_interval", 0) <= 4 * 3600:
            raise Refused(40058, "duplicate_check_interval 最大 4 小时")
        if kind == "template_card":
            self._check_card(body.get("template_card"))
        elif kind in {"text", "markdown"}:
            self._note_content(kind, body[kind]["content"])

    def _note_content(self, kind: str, content: str) -> None:
        """Too long is cut, not refused; what markdown does not know is shown as it stands."""
        if kind == "markdown" and (found := NO_MARKDOWN.search(content)):
            self._platform.violated(f"message/send：应用的 markdown 不支持 {found[0].strip()!r}")
        if (size := len(content.encode())) > MAX_TEXT:
            self._platform.violated(f"message/send：{kind} 有 {size} 字节，超过 {MAX_TEXT} 会被截断")

    def _check_card(self, card: Any) -> None:
        self._raise(cards.faults_of_card(card, cards.APP))
        if cards.is_interactive(card) and not self._platform.has_callback:
            raise Refused(43012, "no callback url: interactive cards can't be sent", is_wrong=False)

    def _check_task_id(self, card: Json, *, is_repeated: bool) -> None:
        """A task id works once; whoever did not hear the answer, and asks again the same, did nothing wrong."""
        if card.get("task_id") in self._task_ids:
            raise Refused(cards.CARD_FIELD, f"task_id 重复：{card['task_id']}", is_wrong=not is_repeated)

    def _raise(self, faults: Iterator[Fault]) -> None:
        """Note advice that was not taken; raise for the first fault."""
        for fault in faults:
            if fault.errcode:
                raise Refused(fault.errcode, fault.sentence)
            self._platform.violated(fault.sentence)

    def _receivers(self, touser: str) -> tuple[list[str], list[str], list[str]]:
        """Lower-case ids of members that are reached, that the app can't see, and that have no licence."""
        names = list(self._inboxes) if touser == "@all" else [name.lower() for name in touser.split("|") if name]
        if not names or len(names) > 1000:
            raise Refused(82001, f"touser 应有 1 到 1000 人：{len(names)}")
        visible = [name for name in dict.fromkeys(names) if name in self._inboxes and name not in self.hidden]
        if not visible:
            raise Refused(81013, "all users are invalid", is_wrong=False)
        unlicensed = [name for name in visible if name in self.unlicensed]
        return [n for n in visible if n not in unlicensed], [n for n in names if n not in visible], unlicensed

    def _is_repeated(self, body: Json) -> bool:
        """Whether the same request came within its interval, and wants to be known by that."""
        last = self._sent.get(_key_of(body))
        is_recent = last is not None and self._platform.clock.now() - last < body.get("duplicate_check_interval", 1800)
        return is_recent and body.get("enable_duplicate_check") == 1

    def _admits(self, name: str, body: Json) -> bool:
        """Whether the member's limits allow one more; what they don't is dropped in silence."""
        if self._window.admits(name):
            return True
        self.dropped.append((name, json.dumps(body, ensure_ascii=False)[:200]))
        self._platform.violated(f"message/send：{name} 一分钟超过 30 条或一小时超过 1000 条，被平台丢弃")
        return False

    def _show(self, name: str, body: Json, kind: str) -> Shown:
        """Put the message in front of a member."""
        content = body[kind]
        now = self._platform.clock.now()
        if kind == "template_card":
            return self._inboxes[name].put(show_card(content, now))
        text = content.get("content") or content.get("title") or json.dumps(content, ensure_ascii=False)
        return self._inboxes[name].put(Shown(kind, cut_to_bytes(text, MAX_TEXT), content, now))


def _key_of(body: Json) -> str:
    """The whole request, however its fields are ordered."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False)
