"""The result as a whole: one message to forward, and all that a printed page has."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.dialog.commands import show_result
from bot.dialog.deciding import passed_attributes
from bot.dialog.directions import directions_for
from bot.dialog.flows import Guide
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.result_acts import ShowProof, ShowResult, ShowSummary
from bot.dialog.results import build_result, whole_of
from bot.dialog.state import State
from bot.policy.attributes import Attribute, Value
from bot.search.characters import normalised

LONGEST = 30
_STRONG = r"总结|汇总|归纳|概括|小结|摘要|简报|汇报|打印|转发|一段(?:话|文字)|写一?段|文字版?"
_WEAK = r"整理|转给|导出|下载|保存|存一?份|发一?份|发给?|贴到?|给|生成|写|做成?"
_WHOM = r"老板|领导|同事|财务|总经理|股东|经理|大家|别人|上级|(?:工作|公司)?群里?"
_WHAT = r"结果|结论|清单|报告|汇总|总结|摘要|小结|简报|表格|文档|邮箱|邮件|微信|能领的|能拿的|可以领的|能申领的"
_ASIDE = (
    r"帮我|帮忙|麻烦|请|我们|我|想|要|能不能|可不可以|可以|能|把|将|这个|这些|这份|刚才的?|上面的?|现在的?|目前的?|所有的?|"
    r"全部的?|跟|向|一句话|政策|情况|一下|下|一个|一?份|出来|成|有没有|有|来|到|去|看看?|用|的|个|好|吗|么|嘛|吧|呢|啊|了|[,，。!?、\s]"
)
_ASKED = re.compile(rf"(?:{_STRONG}|{_WEAK}|{_WHOM}|{_WHAT}|{_ASIDE})*")


@dataclass(frozen=True, slots=True)
class Report:
    """A printed result: what it rests on (`known`; `unknown` was left open), the whole, the proof of each item."""

    known: tuple[tuple[Attribute, Value], ...]
    unknown: tuple[Attribute, ...]
    whole: ShowResult
    proofs: tuple[ShowProof, ...]


def summarise(state: State, moment: Moment) -> Move | None:
    """The result in one message, where the text asks for one to keep or to pass on."""
    if not _asks_for_summary(normalised(moment.meaning.text).strip()):
        return None
    on = day_of_result(state, moment.on)
    whole = _whole(state, moment.guide, on)
    if whole is None:
        return show_result(state, replace(moment, on=on))
    is_same = state.shown == whole.shown and state.shown_on == on
    state = replace(state, misses=0, shown=whole.shown, shown_on=on, page=state.page if is_same else 0)
    state = replace(state, result_seen=state.last_seen, shown_version=moment.guide.knowledge.version)
    return Move(state, (ShowSummary(whole),), Then.REPEAT)


def report_of(state: State, guide: Guide, today: date) -> Report | None:
    """All that there is to print; None as long as nothing can be claimed, or may be."""
    on = day_of_result(state, today)
    whole = _whole(state, guide, on)
    if whole is None:
        return None
    attributes = guide.knowledge.attributes
    known = tuple((attributes[name], value) for name, value in state.profile.values.items())
    declined = sorted(state.declined - state.profile.values.keys())
    unknown = tuple(attributes[name] for name in declined if name in attributes)
    proofs = tuple(ShowProof(item.number, item.verdict, on) for item in whole.items)
    return Report(known, unknown, whole, proofs)


def day_of_result(state: State, today: date) -> date:
    """The day of the result last shown where it was asked for, else today: a result of last week is worked out anew."""
    is_of_that_day = state.result_seen is not None and state.shown_on == state.result_seen.date()
    return today if state.shown_on is None or is_of_that_day else state.shown_on


def _whole(state: State, guide: Guide, on: date) -> ShowResult | None:
    result = build_result(state.profile, guide, on, passed=passed_attributes(state, guide))
    return whole_of(result, guide, directions_for(state.profile, state.subject, guide, on))


def _asks_for_summary(plain: str) -> bool:
    """Whether the text does nothing but ask for the result to keep or to pass on; a look at it is no such wish."""
    if len(plain) > LONGEST or not _ASKED.fullmatch(plain):
        return False
    if re.search(_STRONG, plain):
        return True
    is_sent = re.search(_WEAK, plain) is not None
    has_whom = re.search(rf"(?:给|转)[^我]{{0,2}}(?:{_WHOM})", plain) is not None
    is_kept = re.search(r"整理|导出|下载|保存|存一?份|发|生成|写|做成?", plain) is not None
    return is_sent and (has_whom or (is_kept and re.search(_WHAT, plain) is not None))
