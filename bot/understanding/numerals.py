"""Numbers as people write them: 一百八十七万, 26万4, 两千六, 0.5百万, 1.2亿, 三点五万."""

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1_000), "k": Decimal(1_000)}
LARGE = (("亿", Decimal(10**8)), ("万", Decimal(10**4)))
CHARACTERS = "零〇一二两三四五六七八九十百千万亿点半"
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_PART = re.compile(r"([零〇])?(\d+(?:\.\d+)?|[一二两三四五六七八九](?:点[零〇一二三四五六七八九]+)?)?([十百千k]?)")
_SPELLED = re.compile(r"[零〇一二两三四五六七八九]+")
_POINT = re.compile(r"([零〇一二两三四五六七八九十百千]+)点([零〇一二两三四五六七八九\d]+)")
_ONE_AFTER_ZEROS = re.compile(r"[零〇]+[一二两三四五六七八九]")
_SHORT_OF_UNIT = re.compile(r"[百千][一二两三四五六七八九\d]$")
_AFTER_ZERO = re.compile(r"[零〇].")
_HALF = Decimal(5) / 10
_HAS_POINT = re.compile(r"[.点]")


def parse_numeral(text: str) -> Decimal | None:
    """The number that the whole text writes, in digits, Chinese numerals or both; None when it is none."""
    text = text.replace("w", "万")
    return _large(text, LARGE, None) if text and text != "点" else None


def _large(text: str, units: tuple[tuple[str, Decimal], ...], above: Decimal | None) -> Decimal | None:
    if not units:
        return _small(text, above)
    (name, unit), rest = units[0], units[1:]
    if name not in text:
        return _large(text, rest, above)
    before, _, after = text.rpartition(name)
    if _is_broken(before, after):
        return None
    count = _HALF if before == "半" else _large(before or "一", rest, None)
    tail = _large(after, rest, unit) if after else Decimal(0)
    return None if count is None or tail is None else count * unit + tail


def _is_broken(before: str, after: str) -> bool:
    """Whether what stands around 万 or 亿 is no number: 一百二 before it, or ones after a zero behind a fraction."""
    is_short = _SHORT_OF_UNIT.search(before) is not None
    return is_short or (_AFTER_ZERO.match(after) is not None and _HAS_POINT.search(before) is not None)


def _small(text: str, above: Decimal | None) -> Decimal | None:
    """A number below 万; a last digit without a unit counts tenths of the unit above it (26万4, 两千六)."""
    if above is not None and text == "半":
        return above / 2
    if _ARABIC.fullmatch(text):
        number = Decimal(text)
        return number * above / 10 if above is not None and len(text) == 1 else number
    if point := _POINT.fullmatch(text):
        whole = _small(point[1], None)
        return None if whole is None else whole + Decimal("0." + _spelled(point[2]))
    if _SPELLED.fullmatch(text):
        return _digits(text, above)
    return _units(text)


def _digits(text: str, above: Decimal | None) -> Decimal | None:
    """Digits one by one; after 万 or 亿 one digit counts tenths, and two in a row (三万四五) are no number."""
    if above is None or _ONE_AFTER_ZEROS.fullmatch(text) or not text.strip("零〇"):
        return Decimal(_spelled(text))
    return DIGITS[text] * above / 10 if len(text) == 1 else None


def _spelled(text: str) -> str:
    return "".join(str(DIGITS.get(c, c)) for c in text)


def _units(text: str) -> Decimal | None:
    """A number of falling units; a digit without one ends it (一百二, 一千零五)."""
    total, last, at = Decimal(0), None, 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None or not (part[2] or part[3]):
            return None
        unit = SMALL.get(part[3])
        if unit is None:
            end = _last_digit(part, last)
            return None if end is None else total + end
        if last is not None and unit >= last:
            return None
        total += unit if part[2] is None else _number(part[2]) * unit
        last, at = unit, part.end()
    return total


def _last_digit(part: re.Match[str], last: Decimal | None) -> Decimal | None:
    """What stands after the last unit: ones after a zero or of several digits, else tenths of that unit (两千六)."""
    if part.end() < len(part.string):
        return None
    number = _number(part[2])
    if last is None or part[1] is not None or len(part[2]) > 1:
        return number if last is None or number < last else None
    return number * last / 10


def _number(text: str) -> Decimal:
    if text[0].isdigit() and text[0].isascii():
        return Decimal(text)
    whole, _, fraction = text.partition("点")
    return Decimal(_spelled(whole) + ("." + _spelled(fraction) if fraction else ""))
