"""`policybot handoffs`: what users handed over to a person, as lines to read."""

from collections.abc import Iterator, Sequence

from bot.dialog.flows import Guide
from bot.hand_overs import UNREADABLE, HandOver, read_hand_over
from bot.sessions.base import StoredHandOff


def say_waiting(waiting: Sequence[StoredHandOff], guide: Guide) -> Iterator[str]:
    """A line for each, the oldest first, and what can be done with them."""
    if not waiting:
        yield "现在没有等着转人工的。"
        return
    yield f"有 {len(waiting)} 份在等，先来的在前："
    for one in waiting:
        read = read_hand_over(one, guide)
        yield f"{read.number}　{read.at}　{read.channel}　{_brief(read)}"
    yield f"看一份：policybot handoffs show {waiting[0].number}　办完了：policybot handoffs done {waiting[0].number}"


def say_hand_off(one: StoredHandOff, guide: Guide, retention_days: int) -> Iterator[str]:
    """All that a person needs to go on."""
    read = read_hand_over(one, guide)
    yield f"记录号 {read.number}，{read.at} 登记，来自{read.channel}"
    yield f"怎么联系：{read.account}"
    if not read.is_readable:
        yield UNREADABLE
        return
    yield f"正在说：{read.subject}"
    yield f"该找：{'、'.join(read.contacts)}"
    yield from _say_profile(read)
    yield from _say_exchanges(read)
    yield f"办完了：policybot handoffs done {one.number}，记录随即删除；用户 {retention_days} 天不说话也自动删除。"


def _brief(read: HandOver) -> str:
    return f"{read.subject}　记下 {len(read.profile)} 项情况" if read.is_readable else UNREADABLE


def _say_profile(read: HandOver) -> Iterator[str]:
    yield "企业情况（用户自己说的）："
    yield from (f"· {label}：{value}" for label, value in read.profile)
    if not read.profile:
        yield "· 还没有说"
    if read.left_open:
        yield f"· 说不清、先空着的：{'、'.join(read.left_open)}"
    if read.asking:
        yield f"· 小助手正在问：{read.asking}"


def _say_exchanges(read: HandOver) -> Iterator[str]:
    yield "最近的对话："
    for each in read.exchanges:
        yield f"{each.at} 用户：{each.said}"
        first, *rest = each.answered or ("",)
        yield from (f"    {line}" for line in (f"小助手：{first}", *rest))
