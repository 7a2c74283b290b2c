"""Dates in a text, as precise as they are said, relative to the day."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.policy.attributes import DateSpan
from bot.understanding.numerals import parse_numeral

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_Y = r"(?:\d{4}|\d{2}|[零〇一二三四五六七八九]{4}|[零〇一二三四五六七八九]{2})"
_RELATIVE_YEAR = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上一年": -1, "前年": -2, "大前年": -3, "明年": 1}
_RELATIVE_MONTH = {
    "上上个月": -2,
    "上上月": -2,
    "上个月": -1,
    "上月": -1,
    "这个月": 0,
    "本月": 0,
    "当月": 0,
    "下个月": 1,
    "下月": 1,
}
_RELATIVE_DAY = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "昨儿": -1,
    "昨晚": -1,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "今早": 0,
    "刚刚": 0,
    "明天": 1,
}
_FESTIVALS = {
    "元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "八一": (8,
    1),
    "十一国庆": (10, 1), "国庆节": (10, 1), "国庆": (10, 1), "圣诞节": (12, 25), "圣诞": (12, 25), "双十一": (11,
    11), "双11": (11, 11),
    "双十二": (12, 12), "妇女节": (3, 8), "三八节": (3, 8), "教师节": (9, 10), "植树节": (3, 12), "五四": (5, 4),
}  # fmt: skip
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6, **{str(i + 1): i for i in range(7)}}
_years = "|".join(sorted(_RELATIVE_YEAR, key=len, reverse=True))
_months = "|".join(sorted(_RELATIVE_MONTH, key=len, reverse=True))
_days = "|".join(sorted(_RELATIVE_DAY, key=len, reverse=True))
_festivals = "|".join(sorted(_FESTIVALS, key=len, reverse=True))
_PATTERN = re.compile(
    rf"(?P<iso>(?<!\d)(?P<iy>\d{{4}}|\d{{2}})(?P<sep>[-/.])(?P<im>\d{{1,2}})(?P=sep)(?P<id>\d{{1,2}})(?!\d))"
    rf"|(?P<packed>(?<!\d)(?P<py>20\d\d)(?P<pm>\d\d)(?P<pd>\d\d)(?!\d))"
    rf"|(?P<ym>(?<!\d)(?P<yy>(?:19|20)\d\d)[-/.](?P<ymm>\d{{1,2}})(?![\d.]))"
    rf"|(?P<cn>(?:(?P<cy>{_Y})年的?|(?P<ry>{_years})的?)(?:(?P<fest>{_festivals})|(?P<cm>{_N})月份?(?:(?P<cd>{_N})[日号]?)?)?)"
    rf"|(?P<rmonth>(?P<rm>{_months})的?(?:(?P<rmd>{_N})[日号])?)"
    rf"|(?P<rday>{_days})"
    rf"|(?P<week>(?P<ww>上上|上|这|本)(?:个)?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天1-7]))"
    rf"|(?P<ago>(?P<an>{_N}|两)(?P<au>天|年|个月)(?:之?前|以前))"
    rf"|(?P<md>(?<!\d)(?P<mm>{_N})月份?(?:(?P<mdd>{_N})[日号]?)?)"
    rf"|(?P<festival>{_festivals})"
)
_IMPRECISE = re.compile(
    r"^(?:的)?(?:左右|前后|上下|来着|多|以前|之前|之后|以后|前|底|初|年底|年初|年中|上半年|下半年|春节|夏天|秋天|冬天|春天|暑假|下旬前|第?[一二三四1-4]季|q[1-4]|或|还是|到|至|-|~)"
)

_ABOUT = re.compile(r"^(?:左右|前后|上下|或者?|还是)")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at a place of a text: year, perhaps month and day; `value` is None where it is no day of the calendar."""

    start: int
    end: int
    value: DateSpan | None
    iso: str = ""

    @property
    def exact(self) -> date | None:
        """The day, where it is said to the day."""
        return self.value.first if self.value is not None and self.value.first == self.value.last else None


def find_dates(text: str, today: date) -> tuple[DateMention, ...]:
    """The dates in a normalised text, from left to right."""
    return tuple(_mentions(text, today))


def _mentions(text: str, today: date) -> Iterator[DateMention]:
    for match in _PATTERN.finditer(text):
        parts = _parts(match, today)
        if parts is None:
            continue
        mention = _mention(match, parts)
        after = text[match.end() :]
        is_rough = _IMPRECISE.match(after) if mention.exact is None else _ABOUT.match(after)
        yield DateMention(mention.start, mention.end, None) if is_rough else mention


def _mention(match: re.Match[str], parts: tuple[int, int | None, int | None]) -> DateMention:
    year, month, day = parts
    try:
        if month is None:
            span, iso = DateSpan(date(year, 1, 1), date(year, 12, 31)), f"{year}"
        elif day is None:
            span = DateSpan(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
            iso = f"{year}-{month:02}"
        else:
            span, iso = DateSpan(date(year, month, day), date(year, month, day)), f"{year}-{month:02}-{day:02}"
    except ValueError:
        return DateMention(match.start(), match.end(), None)
    return DateMention(match.start(), match.end(), span, iso)


Parts = tuple[int, int | None, int | None]


def _parts(match: re.Match[str], today: date) -> Parts | None:
    kind = match.lastgroup
    if match["iso"]:
        return _year(match["iy"], today), int(match["im"]), int(match["id"])
    if match["packed"]:
        return int(match["py"]), int(match["pm"]), int(match["pd"])
    if match["ym"]:
        return int(match["yy"]), int(match["ymm"]), None
    if match["cn"]:
        return _chinese(match, today)
    if match["rmonth"] or match["rday"] or match["week"] or match["ago"]:
        return _relative(match, today)
    if match["md"]:
        return _latest(_int(match["mm"]), _int(match["mdd"]), today)
    return _latest(*_FESTIVALS[match["festival"]], today) if kind else None


def _chinese(match: re.Match[str], today: date) -> Parts | None:
    year = today.year + _RELATIVE_YEAR[match["ry"]] if match["ry"] else _year(match["cy"], today)
    if match["fest"]:
        return year, *_FESTIVALS[match["fest"]]
    month = _int(match["cm"])
    if match["cy"] and month is None and len(match["cy"]) == 2 and not 10 <= year - 2000 <= today.year - 1990:
        return None
    return year, month, _int(match["cd"])


def _relative(match: re.Match[str], today: date) -> Parts:
    if match["rmonth"]:
        months = today.year * 12 + today.month - 1 + _RELATIVE_MONTH[match["rm"]]
        return months // 12, months % 12 + 1, _int(match["rmd"])
    if match["rday"]:
        return _split(today + timedelta(_RELATIVE_DAY[match["rday"]]))
    if match["week"]:
        weeks = {"上上": 2, "上": 1}.get(match["ww"], 0)
        return _split(today - timedelta(today.weekday() + 7 * weeks - _WEEKDAYS[match["wd"]]))
    count = 2 if match["an"] == "两" else _int(match["an"]) or 0
    if match["au"] == "天":
        return _split(today - timedelta(count))
    if match["au"] == "年":
        return today.year - count, None, None
    months = today.year * 12 + today.month - 1 - count
    return months // 12, months % 12 + 1, None


def _latest(month: int | None, day: int | None, today: date) -> Parts | None:
    """A month or day without a year is the latest one that is not to come."""
    if month is None:
        return None
    is_to_come = (month, day or 1) > (today.month, today.day if day else 1)
    return today.year - is_to_come, month, day


def _split(day: date) -> Parts:
    return day.year, day.month, day.day


def _year(written: str, today: date) -> int:
    year = int(parse_numeral(written) or 0)
    return year if len(written) == 4 else today.year // 100 * 100 + year


def _int(written: str | None) -> int | None:
    if written is None:
        return None
    number = parse_numeral(written)
    return None if number is None else int(number)
