"""Several sums told of one thing: one put for another, a whole with its parts, or parts that nobody has added up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.understanding.amounts import Mention
from bot.understanding.asked_sums import AT_FIRST, FIRST_YEAR, LISTED, SETTLED, TOTAL
from bot.understanding.figures import ONE_MORE
from bot.understanding.meaning import Fact, Unsettled
from bot.understanding.numerals import parse_numeral

_PROJECT = re.compile(r"(?:总(?:投资|投入|预算|规模|造价|盘子)|(?:投资|投入|预算)总)额?")
_SUM_END = re.compile(r"\d(?=[万亿元块千百])|[万亿元块]")
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

    @property
    def before(self) -> str:
        """What the clause says before the sum."""
        return self.said[: self.mention.start]

    @property
    def fact(self) -> tuple[int, Fact]:
        """It as what is so, with the number of its clause."""
        if self.mention.value is None:
            raise ValueError(self.said)
        return self.clause, Fact(self.attribute, self.mention.value, self.said)


def joins(between: str) -> bool:
    """Whether what stands between two sums only counts them off: 一份8万，另一份5万; 上半年30万下半年50万."""
    return _BETWEEN.fullmatch(between) is not None


def settle(told: Sequence[Told]) -> Iterator[tuple[int, Fact] | Unsettled]:
    """For each attribute the one sum that is told, else the sums that leave it open."""
    for name in dict.fromkeys(each.attribute for each in told):
        if (found := _settled(_since_correction([each for each in told if each.attribute == name]))) is not None:
            yield found


def _since_correction(told: list[Told]) -> list[Told]:
    is_put_right = [each.corrects or bool(_RAISED.search(each.before)) for each in told]
    last = max((n for n, is_new in enumerate(is_put_right) if is_new), default=0)
    return told[last:]


def _settled(told: Sequence[Told]) -> tuple[int, Fact] | Unsettled | None:
    told = _marked(told, FIRST_YEAR) or told
    totals = [each for each in _marked(told, TOTAL) if each.mention.value is not None]
    if totals:
        return totals[-1].fact
    told = _paid(_without_whole(told))
    thereof = _marked(told, _THEREOF)
    return _of_wholes([each for each in told if each not in thereof] or told)


def _of_wholes(told: Sequence[Told]) -> tuple[int, Fact] | Unsettled | None:
    """The one sum that several sums come to of which none is a part of another; else what they leave open."""
    last = told[-1]
    if any(not each.is_cued and _COMPONENT.search(each.before) for each in told):
        return Unsettled(last.attribute)
    if any(each.mention.value is None for each in told):
        return _unclear(told)
    if len(told) == 1 and ONE_MORE.search(last.said):
        return Unsettled(last.attribute, _sums(told), is_added=True)
    return last.fact if _is_one_sum(told) else Unsettled(last.attribute, _sums(told))


def _unclear(told: Sequence[Told]) -> Unsettled | None:
    """What sums leave open that are not all clear: several, or one for each month."""
    months = tuple(part for each in told for part in _months(each))
    return Unsettled(told[0].attribute, months) if months or len(told) > 1 else None


def _is_one_sum(told: Sequence[Told]) -> bool:
    """Whether a later sentence puts one for the other, or each tells the same of one thing (not 另一份也是8万)."""
    if told[-1].is_cued and told[-1].sentence != told[0].sentence:
        return True
    if len({each.mention.value for each in told}) > 1:
        return False
    return not any(re.search(r"另|第二|[每各]", each.said) for each in told[1:])


def _paid(told: Sequence[Told]) -> Sequence[Told]:
    """The sum that was settled in the end, where all others are of an earlier stage: 报价四十万，实付三十六万."""
    settled = _marked(told, SETTLED)
    rest = [each for each in told if each not in settled]
    is_of_one = settled and rest and all(LISTED.search(each.said) or AT_FIRST.search(each.said) for each in rest)
    return settled[-1:] if is_of_one else told


def _without_whole(told: Sequence[Told]) -> Sequence[Told]:
    """总投资1亿，国拨3000万: what a project costs is no part, and only counts where nothing else is named."""
    costs = [each for each in _marked(told, _PROJECT) if not each.is_cued]
    rest = [each for each in told if each not in costs]
    return rest if any(each.is_cued for each in rest) else costs or told


def _marked(told: Sequence[Told], words: re.Pattern[str]) -> list[Told]:
    """The sums just before which one of the words stands, with no other sum between."""
    return [each for each in told if words.search(_SUM_END.split(each.before)[-1])]


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
