"""`policybot handoffs`: what users handed over to a person, for staff to read and go on."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.dialog.flows import Guide
from bot.dialog.handing_off import whom_to_turn_to
from bot.dialog.kept_acts import HandOff
from bot.dialog.state import State
from bot.rendering.sentences import say_contact, say_value
from bot.responder import BEIJING
from bot.sessions.base import SessionUnreadable, StoredHandOff
from bot.sessions.codec import decode_state

MINUTES = "%Y-%m-%d %H:%M"
CHANNELS = {"wecom": "企业微信", "dingtalk": "钉钉", "web": "网页", "terminal": "终端"}
ACCOUNTS = ("wecom", "dingtalk")
CUSTOMER_SERVICE = "wecom_kf"
"""The channels on which a person can be written to; on the others the user tells the number."""
UNREADABLE = "内容读不出来了，请让用户再说一次“转人工”"


def say_waiting(waiting: Sequence[StoredHandOff], guide: Guide) -> Iterator[str]:
    """A line for each, the oldest first, and what can be done with them."""
    if not waiting:
        yield "现在没有等着转人工的。"
        return
    yield f"有 {len(waiting)} 份在等，先来的在前："
    for one in waiting:
        yield f"{one.number}　{_time(one.at)}　{_say_channel(one.key.channel)}　{_brief(one, guide)}"
    yield f"看一份：policybot handoffs show {waiting[0].number}　办完了：policybot handoffs done {waiting[0].number}"


def say_hand_off(one: StoredHandOff, guide: Guide, retention_days: int) -> Iterator[str]:
    """All that a person needs to go on."""
    yield f"记录号 {one.number}，{_time(one.at)} 登记，来自{_say_channel(one.key.channel)}"
    yield _say_account(one)
    state = _read(one, guide)
    if state is None:
        yield UNREADABLE
        return
    whom = _whom(one, state, guide)
    yield f"正在说：{whom.subject or '没有说到哪一项'}"
    yield f"该找：{'、'.join(say_contact(contact) for contact in whom.contacts) or say_contact(whom.hotline)}"
    yield from _say_profile(state, guide)
    yield from _say_exchanges(state)
    yield f"办完了：policybot handoffs done {one.number}，记录随即删除；用户 {retention_days} 天不说话也自动删除。"


def _brief(one: StoredHandOff, guide: Guide) -> str:
    state = _read(one, guide)
    if state is None:
        return UNREADABLE
    subject = _whom(one, state, guide).subject or "没有说到哪一项"
    return f"{subject}　记下 {len(state.profile.values)} 项情况"


def _say_account(one: StoredHandOff) -> str:
    if one.key.channel == CUSTOMER_SERVICE:
        account, _, customer = one.key.conversation.partition(":")
        return (
            f"怎么联系：在微信客服里找这位客户（客服账号 {account}，客户 {customer}）；没转到接待人员时，等他来报记录号"
        )
    kind = one.key.channel.partition("_")[0]
    if kind in ACCOUNTS:
        return f"怎么联系：{CHANNELS[kind]}账号 {one.key.conversation}"
    return "怎么联系：没有留账号，等用户来报记录号"


def _say_profile(state: State, guide: Guide) -> Iterator[str]:
    attributes = guide.knowledge.attributes
    yield "企业情况（用户自己说的）："
    for name, value in state.profile.values.items():
        yield f"· {attributes[name].label}：{say_value(attributes[name], value)}"
    if not state.profile.values:
        yield "· 还没有说"
    open_now = [attributes[n].label for n in sorted(state.declined - state.profile.values.keys()) if n in attributes]
    if open_now:
        yield f"· 说不清、先空着的：{'、'.join(open_now)}"
    asked = attributes.get(state.pending.attribute) if state.pending else None
    if asked is not None:
        yield f"· 小助手正在问：{asked.label}"


def _say_exchanges(state: State) -> Iterator[str]:
    yield "最近的对话："
    for each in state.exchanges:
        yield f"{each.at.astimezone(BEIJING).strftime(MINUTES)} 用户：{each.said}"
        yield from (f"    {line}" for line in f"小助手：{each.answered}".splitlines() if line.strip())


def _whom(one: StoredHandOff, state: State, guide: Guide) -> HandOff:
    return whom_to_turn_to(state, guide, state.shown_on or datetime.fromtimestamp(one.at, BEIJING).date())


def _read(one: StoredHandOff, guide: Guide) -> State | None:
    try:
        return decode_state(one.key, one.content, guide.knowledge.attributes)
    except SessionUnreadable:
        return None


def _say_channel(channel: str) -> str:
    if channel == CUSTOMER_SERVICE:
        return "微信客服"
    kind, _, chat = channel.partition("_")
    return f"{CHANNELS.get(kind, channel)}{'群聊' if chat == 'group' else ''}"


def _time(at: int) -> str:
    return datetime.fromtimestamp(at, BEIJING).strftime(MINUTES)
