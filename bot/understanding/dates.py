"""Dates in a text, as precise as they are said, relative to the day."""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.policy.attributes import DateSpan
from bot.understanding.numerals import parse_numeral

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_Y = (
    r"(?:\d{4}|\d{2}|[二两]千(?:零?[一二三四五六七八九十]{1,3})?|"
    r"[零〇一二三四五六七八九]{4}|[零〇一二三四五六七八九]{2})"
)
_RELATIVE_YEAR = {
    "今年": 0, "本年": 0, "当年": 0, "这一年": 0, "去年": -1, "上一年": -1, "上年": -1, "下年": 1, "前年": -2,
    "大前年": -3, "明年": 1, "后年": 2, "大后年": 3,
}  # fmt: skip
_RELATIVE_MONTH = {
    "上上个月": -2,
    "上上月": -2,
    "上一个月": -1,
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
    "今晨": 0,
    "今晚": 0,
    "刚刚": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_FESTIVALS = {
    "元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "八一": (8,
    1),
    "十一国庆": (10, 1), "国庆节": (10, 1), "国庆": (10, 1), "圣诞节": (12, 25), "圣诞": (12, 25), "双十一": (11,
    11), "双11": (11, 11),
    "双十二": (12, 12), "妇女节": (3, 8), "三八节": (3, 8), "教师节": (9, 10), "植树节": (3, 12), "五四": (5, 4),
}  # fmt: skip
_AHEAD, _EARLIEST, _FIRST_WHOLE = 10, 1_950, 1_000
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6, **{str(i + 1): i for i in range(7)}}
_years = "|".join(sorted(_RELATIVE_YEAR, key=len, reverse=True))
_months = "|".join(sorted(_RELATIVE_MONTH, key=len, reverse=True))
_days = "|".join(sorted(_RELATIVE_DAY, key=len, reverse=True))
_festivals = "|".join(sorted(_FESTIVALS, key=len, reverse=True))
_PATTERN = re.compile(
    rf"(?P<iso>(?<![\d/])(?P<iy>\d{{4}}|\d{{2}})(?P<sep>[-/.])(?P<im>\d{{1,2}})(?P=sep)(?P<id>\d{{1,2}})(?!\d))"
    rf"|(?P<packed>(?<!\d)(?P<py>20\d\d)(?P<pm>\d\d)(?P<pd>\d\d)(?!\d))"
    rf"|(?P<ym>(?<![\d/])(?P<yy>(?:19|20)\d\d)[-/.](?P<ymm>\d{{1,2}})(?![\d./]))"
    rf"|(?P<cn>(?:(?P<cy>{_Y})年的?|(?P<ry>(?<![马以早晚])(?:{_years})(?![半多份限纪龄]))的?)(?:(?P<fest>{_festivals})|(?P<cm>{_N})月份?(?:(?P<cd>{_N})(?:[日号]|(?![个月周年])))?)?)"
    rf"|(?P<rmonth>(?P<rm>{_months})的?(?:(?P<rmd>{_N})[日号])?)"
    rf"|(?P<rday>(?<!大)(?:{_days}))"
    rf"|(?P<week>(?<![上下])(?P<ww>上上|上|这|本|下下|下)个?(?:周(?:周|星期)|周|星期|礼拜)(?P<wd>[一二三四五六日天1-7]))"
    rf"|(?P<ago>(?P<an>{_N}|两)(?P<au>天|年|个月)(?:之?前|以前))"
    rf"|(?P<md>(?<!\d)(?P<mm>{_N})月份?(?:(?P<mdd>{_N})(?:[日号]|(?![个月周年])))?)"
    rf"|(?P<festival>{_festivals})"
)
_SOLAR_TERMS = (
    "立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|"
    "立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
)
_LUNAR = (
    r"农历|阴历|旧历|闰|正月|腊月|冬月|初[一二三四五六七八九十\d]|廿|卅|大年|除夕|春节|元宵|端午|七夕|中秋|重阳|"
    + _SOLAR_TERMS
)
_PART_OF_TIME = (
    r"年?(?:伊始|底(?!层)|末|初(?!次|步|创|审|始|级)|中(?=$|[,的左前后]))|月[底末初]|[上中下]旬|[上下前后]半[年月]|"
    r"(?:第[一二三四五六七八九十\d]+|首)个?(?:周|星期|礼拜|季|月|天)|"
    r"(?:第?[一二三四1-4]|首)个?季|q[1-4]|最后|"
    r"[前后][一二两三四五六七八九十\d]+个?(?:周|星期|季|月|天)|[春夏秋冬](?![奥城都])(?:天|季)?|暑假|寒假|"
    r"(?:感恩|母亲|父亲)节|代(?![理表办码开缴持收付])|世纪|以?内(?![部蒙容])"
)
_BOUND = (
    r"(?:及|或|和|与)?(?:之|以)[前后]|(?:及|或)[前后]|"
    r"前(?![后海景期往台端沿门])|后(?![来面续厂期台端勤沙])|为止|止|截止"
)
_IMPRECISE = re.compile(rf"^ ?的? ?(?:左右|前后|上下|来着|多|或|还是|到|至|-|–|~|{_BOUND}|{_PART_OF_TIME}|{_LUNAR})")
_ABOUT = re.compile(
    rf"^ ?(?:左右|前后|上下|或者?|还是|{_BOUND}"
    r"|(?:到|至|-|–|~) ?(?=[\d一二三四五六七八九十今昨]|现在|目前|本[月周年]|[上这下]个?[月周星礼]|[去明]年))"
)
_UNSURE_BEFORE = re.compile(
    r"(?:农历|阴历|旧历|闰|每|每年|(?<![最附])近|过去|未来|今后|往后|世纪|截至|截止到?|不晚于|不早于|最晚|最迟|早于|晚于"
    r"|[\d年月日号] ?[-–~至到] ?)$"
)
_MID_AUTUMN = re.compile(r"(?:八|8)月十五$")
_LENGTH = re.compile(r"^(?:以[上下]|左右|来|间|里|了|的?(?:经验|历史|时间))")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at a place of a text: year, perhaps month and day; `value` is None where it is no day of the calendar."""

    start: int
    end: int
    value: DateSpan | None
    iso: str = ""
    has_year: bool = True

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
        is_rough = _is_rough(mention, text[: match.start()], match[0], text[match.end() :])
        has_year = not (match["md"] or match["festival"])
        said = DateMention(mention.start, mention.end, None) if is_rough else mention
        yield said if has_year else replace(said, has_year=False)


def _is_rough(mention: DateMention, before: str, said: str, after: str) -> bool:
    """Whether the words around a date leave it open: a bound, one end of a range, a part of a year, the lunar year."""
    if _UNSURE_BEFORE.search(before) or _MID_AUTUMN.search(said):
        return True
    return bool(_IMPRECISE.match(after) if mention.exact is None else _ABOUT.match(after))


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
        year = _year(match["iy"], today)
        return None if year is None else (year, int(match["im"]), int(match["id"]))
    if match["packed"]:
        return int(match["py"]), int(match["pm"]), int(match["pd"])
    if match["ym"]:
        return int(match["yy"]), int(match["ymm"]), None
    if match["cn"]:
        return _chinese(match, today)
    if any(match[group] for group in ("rmonth", "rday", "week", "ago")):
        return _relative(match, today)
    if match["md"]:
        return _latest(_int(match["mm"]), _int(match["mdd"]), today)
    return _latest(*_FESTIVALS[match["festival"]], today) if kind else None


def _chinese(match: re.Match[str], today: date) -> Parts | None:
    year = today.year + _RELATIVE_YEAR[match["ry"]] if match["ry"] else _year(match["cy"], today)
    if year is None:
        return None
    if match["fest"]:
        return year, *_FESTIVALS[match["fest"]]
    month = _int(match["cm"])
    if match["cy"] and month is None and len(match["cy"]) == 2 and _is_length(match, year, today):
        return None
    return year, month, _int(match["cd"])


def _is_length(match: re.Match[str], year: int, today: date) -> bool:
    """Whether 10年 rather is ten years."""
    after = match.string[match.end() :]
    is_bare = not match["cy"].startswith(("0", "零", "〇")) and "千" not in match["cy"]
    return (is_bare and not 10 <= year - 2000 <= today.year - 1990) or bool(_LENGTH.match(after))


def _relative(match: re.Match[str], today: date) -> Parts:
    if match["rmonth"]:
        months = today.year * 12 + today.month - 1 + _RELATIVE_MONTH[match["rm"]]
        return months // 12, months % 12 + 1, _int(match["rmd"])
    if match["rday"]:
        return _split(today + timedelta(_RELATIVE_DAY[match["rday"]]))
    if match["week"]:
        weeks = {"上上": 2, "上": 1, "下": -1, "下下": -2}.get(match["ww"], 0)
        return _split(today - timedelta(today.weekday() + 7 * weeks - _WEEKDAYS[match["wd"]]))
    count = 2 if match["an"] == "两" else _int(match["an"]) or 0
    if match["au"] == "天":
        return _split(today - timedelta(count))
    if match["au"] == "年":
        return today.year - count, None, None
    months = today.year * 12 + today.month - 1 - count
    return months // 12, months % 12 + 1, None


def _latest(month: int | None, day: int | None, today: date) -> Parts | None:
    """A month or day without a year is the latest one that is not to come; 2月29日 that of a leap year."""
    if month is None:
        return None
    year = today.year - ((month, day or 1) > (today.month, today.day if day else 1))
    if (month, day) == (2, 29):
        year -= next(back for back in range(9) if isleap(year - back))
    return year, month, day


def _split(day: date) -> Parts:
    return day.year, day.month, day.day


def _year(written: str, today: date) -> int | None:
    """The year; two digits are the years about today's or the last ones of the century before, else none."""
    year = int(parse_numeral(written) or 0)
    if len(written) != 2 or year >= _FIRST_WHOLE:
        return year
    near = today.year // 100 * 100 + year
    if near <= today.year + _AHEAD:
        return near
    return near - 100 if near - 100 >= _EARLIEST else None


def _int(written: str | None) -> int | None:
    if written is None:
        return None
    number = parse_numeral(written)
    return None if number is None else int(number)
