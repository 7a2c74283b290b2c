"""The API of 微信客服: reading messages page by page, sending within its limits, and handing over."""

import re
from collections.abc import Callable, Mapping

from tests.simulators.wecom.inbox import Shown
from tests.simulators.wecom.kf_sessions import HISTORY, SESSION_LIFETIME, Code, KfSessions, Session, State
from tests.simulators.wecom.passive import cut_to_bytes
from tests.simulators.wecom.platform import Call, Json, OneUse, Platform, Refused, Window
from tests.simulators.wecom.shapes import Group, Number, Several, Shape, Text, faults_of

MAX_TEXT = 2048
MESSAGE_ID = re.compile(r"[0-9a-zA-Z_-]{1,32}")
MENU_ID = re.compile(r"[a-zA-Z0-9_]{1,128}")
WITHOUT_TOKEN = {60: 2}
SYNC: Mapping[str, Shape] = {
    "open_kfid": Text(needed=True),
    "cursor": Text(octets=64),
    "token": Text(octets=128),
    "limit": Number(),
    "voice_format": Number((0, 1)),
}
WHO: Mapping[str, Shape] = {"open_kfid": Text(needed=True), "external_userid": Text(needed=True)}
TRANS: Mapping[str, Shape] = {**WHO, "service_state": Number((0, 1, 2, 3, 4), needed=True), "servicer_userid": Text()}
ITEM: Mapping[str, Shape] = {
    "type": Text(needed=True),
    "click": Group({"id": Text(octets=128), "content": Text(octets=128, needed=True)}),
    "view": Group({"url": Text(octets=2048, needed=True), "content": Text(octets=1024, needed=True)}),
    "miniprogram": Group(
        {
            "appid": Text(octets=32, needed=True),
            "pagepath": Text(octets=1024, needed=True),
            "content": Text(octets=1024),
        }
    ),
    "text": Group({"content": Text(octets=256, needed=True), "no_newline": Number((0, 1))}),
}
LINK = Group(
    {
        "title": Text(octets=128, needed=True),
        "desc": Text(octets=512),
        "url": Text(octets=2048, needed=True),
        "thumb_media_id": Text(needed=True),
    }
)


def menu_shape(most: int) -> Group:
    """A menu with so many entries."""
    ends = {"head_content": Text(octets=1024), "tail_content": Text(octets=1024)}
    return Group({**ends, "list": Several(Group(ITEM), 0, most)}, needed=True)


CONTENTS: Mapping[str, Shape] = {
    "text": Group({"content": Text(needed=True)}, needed=True),
    "msgmenu": menu_shape(50),
    "link": LINK,
    "image": Group({"media_id": Text(needed=True)}, needed=True),
    "file": Group({"media_id": Text(needed=True)}, needed=True),
}


class KfApi:
    """What the bot can do for a customer."""

    def __init__(
        self, platform: Platform, accounts: Mapping[str, KfSessions], ring: Callable[[KfSessions], None]
    ) -> None:
        self._platform = platform
        self._accounts = accounts
        self._ring = ring
        self._window = Window(platform.clock, WITHOUT_TOKEN)
        self._uses = OneUse()
        self.page = 1000
        """How many items sync_msg gives at most, whatever is asked."""
        self.empty_pages = 0
        """How many of the next pages are empty although more follows."""

    def sync(self, call: Call) -> Json:
        """Serve sync_msg."""
        kf = self._account(call.body, SYNC)
        token = str(call.body.get("token", ""))
        if token and not kf.is_token_alive(token):
            raise Refused(95013, "invalid or expired token", is_wrong=False)
        if not token and not self._window.admits(kf.open_kfid):
            raise Refused(45009, "api freq out of limit: sync_msg without token")
        limit = call.body.get("limit", 1000)
        if not 1 <= limit <= 1000:
            raise Refused(40058, f"limit 应是 1 到 1000：{limit}")
        start = self._start(kf, str(call.body.get("cursor", "")))
        if self.empty_pages:
            self.empty_pages -= 1
            return {"next_cursor": f"cursor-{start}", "has_more": 1, "msg_list": []}
        end = min(len(kf.log), start + min(limit, self.page))
        kf.read_up_to = max(kf.read_up_to, end)
        return {"next_cursor": f"cursor-{end}", "has_more": int(end < len(kf.log)), "msg_list": kf.log[start:end]}

    def _start(self, kf: KfSessions, cursor: str) -> int:
        """Where to read on; without a cursor from the first of the last three days."""
        earliest = self._platform.clock.now() - HISTORY
        recent = [index for index, item in enumerate(kf.log) if item["send_time"] >= earliest]
        oldest = recent[0] if recent else len(kf.log)
        if not cursor:
            return oldest
        found = re.fullmatch(r"cursor-(\d+)", cursor)
        if found is None or int(found[1]) > len(kf.log):
            raise Refused(40058, f"invalid cursor {cursor!r}")
        return max(int(found[1]), oldest)

    def send(self, call: Call) -> Json:
        """Serve send_msg."""
        body = call.body
        kf = self._account(body, None)
        kind = self._check_message(body, {"touser": Text(needed=True), "open_kfid": Text(needed=True)}, CONTENTS)
        session = kf.known(body["touser"])
        message_id = self._own_id(kf, body)
        self._check_session(kf, session)
        session.left -= 1
        kf.message_ids.add(message_id)
        if session.refuses:
            event = {"event_type": "msg_send_fail", "fail_msgid": message_id, "fail_type": 10}
            kf.append(session.customer, 4, "event", event)
            self._ring(kf)
        else:
            self._show(session, kind, body[kind])
        return {"msgid": message_id}

    def _check_session(self, kf: KfSessions, session: Session) -> None:
        """Whether the bot may send to this customer now."""
        if session.heard_at and self._platform.clock.now() - session.heard_at > SESSION_LIFETIME:
            raise Refused(95001, "距客户上次发言超过 48 小时", is_wrong=False)
        if session.state not in {State.NEW, State.BOT}:
            sentence = f"会话状态是 {session.state.value}，机器人不能发送"
            raise Refused(95018, sentence, is_wrong=kf.is_known(session))
        if session.left <= 0:
            raise Refused(95001, "客户每次发言后最多发 5 条")

    def send_on_event(self, call: Call) -> Json:
        """Serve send_msg_on_event."""
        body = call.body
        kind = self._check_message(body, {"code": Text(needed=True)}, {**CONTENTS, "msgmenu": menu_shape(10)})
        kf = next((kf for kf in self._accounts.values() if body["code"] in kf.codes), None)
        code = kf.codes[body["code"]] if kf is not None else None
        if kf is None or code is None:
            raise Refused(95007, f"code {body['code']} 不存在")
        if code.ends <= self._platform.clock.now():
            raise Refused(95007, "code expired", is_wrong=False)
        self._check_code(code, kind)
        self._uses.use(body["code"], body, Refused(95007, "code was used"))
        message_id = self._own_id(kf, body)
        kf.message_ids.add(message_id)
        if code.kind == "welcome":
            code.session.welcomed_at = self._platform.clock.now()
        self._show(code.session, kind, body[kind])
        return {"msgid": message_id}

    def _check_code(self, code: Code, kind: str) -> None:
        if code.kind != "welcome" and code.session.state is not code.state:
            raise Refused(95018, f"会话已不在取得 code 时的状态 {code.state.value}", is_wrong=False)
        allowed = {"text"} if code.kind == "reply" else {"text", "msgmenu"}
        if kind not in allowed:
            raise Refused(40008, f"这个 code 只能发 {sorted(allowed)}，不能发 {kind}")

    def get_state(self, call: Call) -> Json:
        """Serve service_state/get."""
        session = self._account(call.body, WHO).known(call.body["external_userid"])
        answer: Json = {"service_state": session.state.value}
        return answer | ({"servicer_userid": session.servicer} if session.state is State.HUMAN else {})

    def transfer(self, call: Call) -> Json:
        """Serve service_state/trans."""
        kf = self._account(call.body, TRANS)
        session = kf.known(call.body["external_userid"])
        code = kf.move(session, State(call.body["service_state"]), str(call.body.get("servicer_userid", "")))
        return {"msg_code": code} if code else {}

    def list_servicers(self, call: Call) -> Json:
        """Serve servicer/list: who serves this account, and whether he is receiving now."""
        kf = self._account({"open_kfid": call.query.get("open_kfid", "")}, None)
        people = [{"userid": one.name, "status": 0 if one.is_receiving else 1} for one in kf.servicers.values()]
        return {"servicer_list": people}

    def _own_id(self, kf: KfSessions, body: Json) -> str:
        """The message's id; one of the bot's own works once."""
        message_id = str(body.get("msgid") or f"auto{self._platform.number()}")
        if not MESSAGE_ID.fullmatch(message_id):
            raise Refused(40058, f"msgid 只能有 32 个以内的字母、数字、_ 和 -：{message_id!r}")
        if message_id in kf.message_ids:
            raise Refused(95033, "msgid repeated", is_wrong=False)
        return message_id

    def _account(self, body: Json, fields: Mapping[str, Shape] | None) -> KfSessions:
        """The account that a call names, once its fields are right."""
        if fields is not None:
            self._check(body, fields)
        account = self._accounts.get(str(body.get("open_kfid")))
        if account is None:
            raise Refused(95000, f"invalid open_kfid {body.get('open_kfid')!r}")
        return account

    def _check(self, body: Json, fields: Mapping[str, Shape]) -> None:
        for fault in faults_of(body, Group(fields), "body"):
            raise Refused(fault.errcode or 40058, fault.sentence)

    def _check_message(self, body: Json, fields: Mapping[str, Shape], contents: Mapping[str, Shape]) -> str:
        """The message's type, if all of it is right."""
        kind = str(body.get("msgtype", ""))
        if kind not in contents:
            raise Refused(40008, f"invalid msgtype {kind!r}")
        self._check(body, {**fields, "msgtype": Text(needed=True), "msgid": Text(), kind: contents[kind]})
        if kind == "msgmenu":
            self._check_menu(body["msgmenu"])
        elif kind == "text" and (size := len(body["text"]["content"].encode())) > MAX_TEXT:
            self._platform.violated(f"{kind} 有 {size} 字节，超过 {MAX_TEXT} 会被截断")
        return kind

    def _check_menu(self, menu: Json) -> None:
        items = menu.get("list", [])
        if sum(item["type"] != "text" for item in items) > 10:
            raise Refused(40058, "click、view、miniprogram 菜单项加起来最多 10 个")
        for item in items:
            if item["type"] not in ITEM.keys() - {"type"} or set(item) != {"type", item["type"]}:
                raise Refused(40058, f"菜单项应只有 type 和同名的内容：{item}")
            click = item.get("click", {})
            if "id" in click and not MENU_ID.fullmatch(click["id"]):
                raise Refused(40058, f"click.id 只能有字母、数字和 _：{click['id']!r}")

    def _show(self, session: Session, kind: str, content: Json) -> None:
        """Put the message in front of the customer."""
        session.inbox.put(Shown(kind, text_of_message(kind, content), content, self._platform.clock.now()))


def text_of_message(kind: str, content: Json) -> str:
    """What the customer reads."""
    if kind != "msgmenu":
        return cut_to_bytes(str(content.get("content") or content.get("title") or f"[{kind}]"), MAX_TEXT)
    lines = [content.get("head_content", "")]
    lines += [str(item[item["type"]].get("content", "")) for item in content.get("list", [])]
    return "\n".join(line for line in [*lines, content.get("tail_content", "")] if line)
