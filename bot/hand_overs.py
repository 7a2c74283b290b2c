"""What users handed over to a person, in words: for the staff who go on with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.dialog.flows import Guide
from bot.dialog.handing_off import whom_to_turn_to
from bot.dialog.state import State
from bot.rendering.sentences import say_contact, say_value
from bot.responder import BEIJING
from bot.sessions.base import SessionKey, SessionUnreadable, StoredHandOff
from bot.sessions.codec import decode_state

MINUTES = "%Y-%m-%d %H:%M"
CHANNELS = {"wecom": "企业微信", "dingtalk": "钉钉", "web": "网页", "terminal": "终端"}
ACCOUNTS = ("wecom", "dingtalk")
CUSTOMER_SERVICE = "wecom_kf"
"""The channels on which a person can be written to; on the others the user tells the number."""
UNREADABLE = "内容读不出来了，请让用户再说一次“转人工”"
NO_SUBJECT = "没有说到哪一项"


@dataclass(frozen=True, slots=True)
class Said:
    """One exchange: when, what the user said, and what was answered, line by line."""

    at: str
    said: str
    answered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """All that a person needs to go on. `account` says how to reach the user; what can't be read is empty."""

    number: str
    at: str
    channel: str
    account: str
    is_readable: bool
    subject: str = ""
    contacts: tuple[str, ...] = ()
    profile: tuple[tuple[str, str], ...] = ()
    left_open: tuple[str, ...] = ()
    asking: str = ""
    exchanges: tuple[Said, ...] = ()


def read_hand_over(one: StoredHandOff, guide: Guide) -> HandOver:
    """What was handed over, with the content in use."""
    number, at, channel, account = one.number, say_minute(one.at), say_channel(one.key.channel), _say_account(one.key)
    try:
        state = decode_state(one.key, one.content, guide.knowledge.attributes)
    except SessionUnreadable:
        return HandOver(number, at, channel, account, is_readable=False)
    whom = whom_to_turn_to(state, guide, state.shown_on or datetime.fromtimestamp(one.at, BEIJING).date())
    attributes = guide.knowledge.attributes
    asked = attributes.get(state.pending.attribute) if state.pending else None
    return HandOver(
        number,
        at,
        channel,
        account,
        is_readable=True,
        subject=whom.subject or NO_SUBJECT,
        contacts=tuple(say_contact(contact) for contact in whom.contacts) or (say_contact(whom.hotline),),
        profile=tuple((attributes[n].label, say_value(attributes[n], v)) for n, v in state.profile.values.items()),
        left_open=tuple(_left_open(state, guide)),
        asking="" if asked is None else asked.label,
        exchanges=tuple(_exchanges(state)),
    )


def say_channel(channel: str) -> str:
    """Where somebody spoke, in a word."""
    if channel == CUSTOMER_SERVICE:
        return "微信客服"
    kind, _, chat = channel.partition("_")
    return f"{CHANNELS.get(kind, channel)}{'群聊' if chat == 'group' else ''}"


def say_minute(at: float) -> str:
    """The time in Beijing, to the minute."""
    return datetime.fromtimestamp(at, BEIJING).strftime(MINUTES)


def _left_open(state: State, guide: Guide) -> Iterator[str]:
    attributes = guide.knowledge.attributes
    yield from (attributes[n].label for n in sorted(state.declined - state.profile.values.keys()) if n in attributes)


def _exchanges(state: State) -> Iterator[Said]:
    for each in state.exchanges:
        answered = tuple(line for line in each.answered.splitlines() if line.strip())
        yield Said(each.at.astimezone(BEIJING).strftime(MINUTES), each.said, answered)


def _say_account(key: SessionKey) -> str:
    if key.channel == CUSTOMER_SERVICE:
        account, _, customer = key.conversation.partition(":")
        return f"在微信客服里找这位客户（客服账号 {account}，客户 {customer}）；没转到接待人员时，等他来报记录号"
    kind = key.channel.partition("_")[0]
    if kind in ACCOUNTS:
        return f"{CHANNELS[kind]}账号 {key.conversation}"
    return "没有留账号，等用户来报记录号"
