"""A unit that is told apart from its number: 320，单位万元; 单位：万元 320; 320（万元）."""

import re

_UNIT = r"(?P<unit>亿|百万|十万|万|千)?(?P<yuan>元)?"
_NUMBER = r"(?P<number>\d+(?:\.\d+)?|[零一二两三四五六七八九十百千点]*[零一二两三四五六七八九十百千])"
_SAID = r"(?:(?:金额|数额)?的?(?:计量)?单位(?:都|就|统一)?(?:是|为|按|用)?[:：]?|以)"
_BEHIND = re.compile(
    rf"(?<![\d.点零一二两三四五六七八九十百千万亿第]){_NUMBER}(?:[,，]\s*|\s*)"
    rf"(?:{_SAID}\s*{_UNIT}(?:计|为单位)?(?=$|[,，。;)）])|[(（]\s*(?:{_SAID})?\s*(?P<inner>亿|百万|十万|万|千)元?\s*[)）])"
)
_BEFORE = re.compile(
    rf"{_SAID}\s*{_UNIT}[,，。;:：\s]*(?P<what>[^\d,，。;零一二两三四五六七八九十百千万亿]{{0,6}}){_NUMBER}(?![万亿元块\d.%年月日号])"
)
_TENS = {"百": "十", "千": "百"}
_SHORT = re.compile(r"(?<=[百千])(?P<last>[一二三四五六七八九])$")


def with_units(text: str) -> str:
    """The text with each such unit put behind its number."""
    if "单位" not in text and "(" not in text and "以" not in text:
        return text
    return _BEFORE.sub(_put_behind, _BEHIND.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    unit = found["inner"] or found["unit"]
    return f"{_spelled_out(found['number'])}{unit}元" if unit else found[0]


def _put_behind(found: re.Match[str]) -> str:
    return f"{found['what']}{_spelled_out(found['number'])}{found['unit']}元" if found["unit"] else found[0]


def _spelled_out(number: str) -> str:
    """三百二 is 三百二十 before a unit."""
    return _SHORT.sub(lambda last: f"{last['last']}{_TENS[number[last.start() - 1]]}", number)
