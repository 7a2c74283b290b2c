"""Several sums told of one thing: one put for another, a whole with its parts, or parts that nobody has added up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.policy.money import Interval
from bot.understanding.amounts import Mention
from bot.understanding.figures import ONE_MORE
from bot.understanding.meaning import Fact, Unsettled
from bot.understanding.numerals import parse_numeral

_TOTAL = re.compile(r"一共|总共|合计|总计|加起来|共计|总额|加一块|合起来|拢共|总的|全部加|统共|总数|全年")
_PROJECT = re.compile(r"(?:总(?:投资|投入|预算|规模|造价|盘子)|(?:投资|投入|预算)总)额?")
_FIRST_YEAR = re.compile(r"第一年|首年")
_THEREOF = re.compile(r"其中|里面|包含|包括|(?<!包)含|当中")
_BETWEEN = re.compile(
    r"(?:[、和与及跟＋+加,又另还再一二两三四五六每第几份笔张个家次场单套批回期块元了的是有也]|[交买花付投签]|[上下]半年|季度|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?)*"
)
_COMPONENT = re.compile(
    r"(?:设备|软件|硬件|人工|人力|材料|装修|服务器|系统)(?:费|投入|采购|投资)?[花投用了是占大概约]*$"
)
_RAISED = re.compile(r"(?:追加|增加|涨|加|调|变|提|改|降|减)(?:到|成|为)[了]?$")
_MONTHLY = re.compile(r"每个?月|月均|一个月|每月")
_MONTHS = re.compile(r"(?P<year>一年|全年|整年|满一年)|(?P<count>\d{1,2}|[一二三四五六七八九十两]{1,2})个月")


@dataclass(frozen=True, slots=True)
class Told:
    """A sum that a clause tells of an attribute: by a word for it (`is_cued`), or put in place of the one before."""

    clause: int
    attribute: str
    mention: Mention
    said: str
    is_cued: bool
    corrects: bool = False
    sentence: int = 0
    after: str = ""


def joins(between: str) -> bool:
    """Whether what stands between two sums only counts them off: 一份8万，另一份5万; 上半年30万下半年50万."""
    return _BETWEEN.fullmatch(between) is not None


def settle(told: Sequence[Told]) -> Iterator[tuple[int, Fact] | Unsettled]:
    """For each attribute the one sum that is told, else the sums that leave it open."""
    for name in dict.fromkeys(each.attribute for each in told):
        if (found := _settled(_since_correction([each for each in told if each.attribute == name]))) is not None:
            yield found


def _since_correction(told: list[Told]) -> list[Told]:
    is_put_right = [each.corrects or bool(_RAISED.search(each.said[: each.mention.start])) for each in told]
    last = max((n for n, is_new in enumerate(is_put_right) if is_new), default=0)
    return told[last:]


def _settled(told: list[Told]) -> tuple[int, Fact] | Unsettled | None:
    name = told[0].attribute
    told = [each for each in told if _is_marked(each, _FIRST_YEAR)] or told
    if (total := _last(each for each in told if _is_marked(each, _TOTAL) and _single(each))) is not None:
        return total
    told = _without_whole(told)
    whole = [each for each in told if not _is_marked(each, _THEREOF)] or told
    if any(not each.is_cued and _COMPONENT.search(each.said[: each.mention.start]) for each in whole):
        return Unsettled(name)
    if any(_single(each) is None for each in whole):
        months = tuple(part for each in whole for part in _months(each))
        return Unsettled(name, months) if months or len(whole) > 1 else None
    if len(whole) == 1 and ONE_MORE.search(whole[0].said):
        return Unsettled(name, _sums(whole), is_added=True)
    if len({each.mention.value for each in whole}) == 1 and not _counts_off(whole):
        return whole[-1].clause, Fact(name, _value(whole[-1]), whole[-1].said)
    if whole[-1].is_cued and whole[-1].sentence != whole[0].sentence:
        return whole[-1].clause, Fact(name, _value(whole[-1]), whole[-1].said)
    return Unsettled(name, _sums(whole))


def _without_whole(told: list[Told]) -> list[Told]:
    """总投资1亿，国拨3000万: what a project costs is no part, and only counts where nothing else is named."""
    costs = [each for each in told if not each.is_cued and _is_marked(each, _PROJECT)]
    rest = [each for each in told if each not in costs]
    return rest if any(each.is_cued for each in rest) else costs or told


def _counts_off(told: Sequence[Told]) -> bool:
    """一份8万，另一份也是8万: the same sum twice, of two things."""
    return len(told) > 1 and any(re.search(r"另|第二|[每各]", each.said) for each in told[1:])


def _last(told: Iterable[Told]) -> tuple[int, Fact] | None:
    each = next(reversed(list(told)), None)
    return None if each is None else (each.clause, Fact(each.attribute, _value(each), each.said))


def _value(told: Told) -> Decimal | Interval:
    value = told.mention.value
    if value is None:
        raise ValueError(told.said)
    return value


def _single(told: Told) -> Decimal | Interval | None:
    return told.mention.value


def _is_marked(told: Told, words: re.Pattern[str]) -> bool:
    """Whether one of the words stands just before the sum, with no other sum between."""
    before = told.said[: told.mention.start]
    return words.search(re.split(r"\d(?=[万亿元块千百])|[万亿元块]", before)[-1]) is not None


def _sums(told: Sequence[Told]) -> tuple[Decimal, ...]:
    """The parts, where all of them are exact."""
    values = [each.mention.value for each in told]
    exact = tuple(value for value in values if isinstance(value, Decimal))
    return exact if len(exact) == len(values) else ()


def _months(told: Told) -> tuple[Decimal, ...]:
    """每月2万，交了一年: the sum of each month."""
    number, text = told.mention.number, told.said + told.after
    if number is None or not told.mention.has_unit or not _MONTHLY.search(text):
        return ()
    span = _MONTHS.search(text, told.mention.end)
    if span is None:
        return ()
    count = 12 if span["year"] else int(parse_numeral(span["count"]) or 0)
    return (number,) * count if count <= 12 else ()
