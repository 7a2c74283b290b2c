"""Dates in English, written anew as figures: 18 Jun 2025, June 18th, 2025, Jun 2025."""

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?(?![a-z])"
)
_DAY, _YEAR, _GAP = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)", r"(?P<{}>(?:19|20)\d\d)(?!\d)", r"[ ,./\-]{0,3}(?:of )?"
_WRITTEN = re.compile(
    rf"(?<![a-z\d])(?:{_YEAR.format('y1')}{_GAP}{_NAME.format('m1')}(?:{_GAP}{_DAY.format('d1')})?"
    rf"|{_DAY.format('d2')}{_GAP}{_NAME.format('m2')}(?:{_GAP}{_YEAR.format('y2')})?"
    rf"|{_NAME.format('m3')}{_GAP}(?:{_DAY.format('d3')}(?:{_GAP}{_YEAR.format('y3')})?|{_YEAR.format('y4')}))"
)
_SLASHED = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<y>20\d\d)(?![\d/.-])")
_LATEST_MONTH = 12


def in_figures(text: str) -> str:
    """The lower-case text with its English dates as 2025-06-18, 2025-06 or 6月18日."""
    if _SLASHED.search(text) is not None:
        text = _SLASHED.sub(_of_slashed, text)
    return _WRITTEN.sub(_of_words, text) if any(month in text for month in _MONTHS) else text


def _of_words(written: re.Match[str]) -> str:
    said = {name[0]: value for name, value in written.groupdict().items() if value}
    month = _MONTHS.index(said["m"][:3]) + 1
    if "y" not in said:
        return f"{month}月{int(said['d'])}日"
    return f"{said['y']}-{month:02}" + (f"-{int(said['d']):02}" if "d" in said else "")


def _of_slashed(written: re.Match[str]) -> str:
    """28/06/2025 as 2025-06-28; 05/06/2025 stays, as nobody can tell which is the month."""
    first, second = int(written["a"]), int(written["b"])
    if first == second or min(first, second) > _LATEST_MONTH or max(first, second) <= _LATEST_MONTH:
        return written[0] if first != second else f"{written['y']}-{first:02}-{first:02}"
    return f"{written['y']}-{min(first, second):02}-{max(first, second):02}"
