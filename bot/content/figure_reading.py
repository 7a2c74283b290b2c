"""The figures in a Chinese text: sums, counts, rates and ratios, terms and days.

Not figures: what stands in 《》 or in quotation marks and what has Latin letters in it (IPv6, 4D, GB/T36073-2018), for
these are names; numbers of articles, annexes, list items and telephones. 一年 says how often, unless a limit is beside
it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from bot.policy.money import UNITS
from bot.understanding.numerals import parse_numeral


class Measure(StrEnum):
    """What a figure counts. A term in years counts as months; a day may lack its month or its year."""

    NUMBER = "number"
    RATE = "rate"
    MONTHS = "months"
    DAYS = "days"
    DATE = "date"


FigureKey = tuple[Measure, Decimal | str]
"""What makes two figures the same, however they are written."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it stands in a text: what it says, in which words, and from where to where."""

    key: FigureKey
    text: str
    start: int
    end: int


_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x2236: 0x3A}
_HAN = "零〇一二两三四五六七八九十百千"
_N = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TO = r" ?[-—–~至到] ?"
_HIDDEN = re.compile(
    r"《[^《》]*》|“[^“”]*”|‘[^‘’]*’|「[^「」]*」|\"[^\"\n]*\""
    r"|[A-Za-z][A-Za-z/.]*\d[\dA-Za-z./-]*|\d+(?:\.\d+)?[A-Za-z]+"
    rf"|第 ?(?:\d+(?:[、,至到—-] ?\d+)* ?条|[\d{_HAN}]+)|(?:附件|附则|附表|附录) ?[\d{_HAN}]+"
    rf"|\((?:[{_HAN}]{{1,3}}|\d{{1,2}})\)|(?m:^ *\d{{1,2}} ?[.、](?!\d))"
    r"|(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|12345)(?!\d)"
)
_LIMIT_BEFORE = "满近超过长多少续限为内前"
_Found = Iterator[FigureKey]


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _spelled(text: str) -> Decimal | None:
    return _decimal(text) if text[0].isascii() else parse_numeral(text)


def _day(found: re.Match[str]) -> _Found:
    year, *rest = (part for part in found.groups() if part is not None)
    yield Measure.DATE, "-".join([year, *(f"{int(part):02d}" for part in rest)])


def _iso(found: re.Match[str]) -> _Found:
    yield Measure.DATE, f"{found[1]}-{int(found[3]):02d}-{int(found[4]):02d}"


def _years_named(found: re.Match[str]) -> _Found:
    for year in found.groups():
        yield Measure.DATE, year


def _spelled_year(found: re.Match[str]) -> _Found:
    yield Measure.DATE, f"{parse_numeral(found[1])}"


def _percents(found: re.Match[str]) -> _Found:
    for number in found.groups():
        if number and (read := _spelled(number)) is not None:
            yield Measure.RATE, read / 100


def _ratio(found: re.Match[str]) -> _Found:
    yield Measure.RATE, _decimal(found[1])


def _tenths(found: re.Match[str]) -> _Found:
    if (read := _spelled(found[1])) is not None:
        yield Measure.RATE, read / 10


def _half(_: re.Match[str]) -> _Found:
    yield Measure.RATE, Decimal("0.5")


def _part_of(found: re.Match[str]) -> _Found:
    whole, part = _spelled(found[1]), _spelled(found[2])
    if whole and part is not None:
        yield Measure.RATE, part / whole


def _sums(found: re.Match[str]) -> _Found:
    *numbers, unit = found.groups()
    for number in numbers:
        if number:
            yield Measure.NUMBER, _decimal(number) * UNITS[unit]


def _spelled_sum(found: re.Match[str]) -> _Found:
    if (read := parse_numeral(found[1])) is not None:
        yield Measure.NUMBER, read


def _months(found: re.Match[str]) -> _Found:
    if (read := _spelled(found[1])) is not None:
        yield Measure.MONTHS, read * 12 if found[2] == "年" else read


def _days(found: re.Match[str]) -> _Found:
    if (read := _spelled(found[1])) is not None:
        yield Measure.DAYS, read


def _half_year(_: re.Match[str]) -> _Found:
    yield Measure.MONTHS, Decimal(6)


def _number(found: re.Match[str]) -> _Found:
    yield Measure.NUMBER, _decimal(found[0])


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Found]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(\d{4}) ?年 ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?", _day),
        (r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", _iso),
        (rf"((?:19|20)\d\d) ?年?{_TO}((?:19|20)\d\d) ?年", _years_named),
        (r"((?:19|20)\d\d) ?年", _years_named),
        (r"([一二][零〇一二三四五六七八九]{3})年", _spelled_year),
        (rf"(?:({_N}){_TO})?({_N}) ?(?:%|个百分点)", _percents),
        (rf"百分之({_N}|[{_HAN}]+)", _percents),
        (rf"(?<![\d.])1 ?[:比] ?({_N})(?![\d:])", _ratio),
        (rf"([{_HAN}]+|\d+)分之({_N}|[{_HAN}]+)", _part_of),
        (r"([一二两三四五六七八九]|(?<!\d)\d)成(?![立为员果效长绩熟都交功套本])", _tenths),
        (r"一半", _half),
        (rf"(?:({_N}){_TO})?({_N}) ?(亿元|万元|亿|万|元)", _sums),
        (
            rf"([一二两三四五六七八九][{_HAN}]*[万亿](?:[{_HAN}]+万?)?|[一二两三四五六七八九][{_HAN}]+(?=元))元?",
            _spelled_sum,
        ),
        (rf"(?<!第)({_N}) ?个?(年|月)(?!度)", _months),
        (rf"({_N}) ?(?:个?工作日|日|天)", _days),
        (r"半年", _half_year),
        (rf"(?<=[{_LIMIT_BEFORE}])(一)个?(年)(?!度)", _months),
        (r"(一)个?(年)(?=期|内|以上|以内|及以上)", _months),
        (rf"([二两三四五六七八九十][{_HAN}]*)个?(年)(?!度|级)", _months),
        (rf"([一二两三四五六七八九十][{_HAN}]*)个(月)", _months),
        (rf"([一二两三四五六七八九十][{_HAN}]*)(?:个?工作日|日内|天内)", _days),
        (rf"([一二两三四五六七八九十][{_HAN}]*)(?=倍)", _spelled_sum),
        (_N, _number),
    )
)


def plain_characters(text: str) -> str:
    """The text with half-width digits, signs and spaces, character for character."""
    return text.translate(_WIDE)


@lru_cache(maxsize=20_000)
def read_figures(text: str) -> tuple[Figure, ...]:
    """Every figure of the text, in its order."""
    rest = _HIDDEN.sub(lambda found: "\0" * len(found[0]), plain_characters(text))
    if not any(c.isdigit() or c in _HAN or c == "半" for c in rest):
        return ()
    figures: list[Figure] = []
    for pattern, reader in _READERS:
        for found in pattern.finditer(rest):
            keys = list(reader(found))
            figures += [Figure(key, text[slice(*found.span())].strip(), *found.span()) for key in keys]
            if keys:
                rest = rest[: found.start()] + "\0" * len(found[0]) + rest[found.end() :]
    return tuple(sorted(figures, key=lambda figure: figure.start))


def keys_of(*texts: str) -> frozenset[FigureKey]:
    """What the figures of the texts say."""
    return frozenset(figure.key for text in texts for figure in read_figures(text))


def is_among(key: FigureKey, keys: frozenset[FigureKey]) -> bool:
    """Whether a figure is one of these; a year or a month is among them when a day in it is."""
    measure, value = key
    if key in keys or measure is not Measure.DATE:
        return key in keys
    return any(kind is Measure.DATE and str(other).startswith(f"{value}-") for kind, other in keys)
