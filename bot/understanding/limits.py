"""Bounds that words set to a sum: 不到, 起码, 以上, 打不住."""

import re
from decimal import Decimal

from bot.policy.money import Interval

_AT_MOST = re.compile(
    r"(?:(?:不超过|没超过|未超过|不高于|不大于|最多|至多|顶多|撑死|上限|不多于|封顶)[^\d零一二两三四五六七八九十]{0,3}"
    r"|小于 *(?:或者?)? *等于[为是 ]?|[≤]|< ?= ?)$"
)
_BELOW = re.compile(
    r"(?:(?:不到|不足|低于|少于|小于|未到|没到|不满|未满|不够|将近|接近|快到|差一点|差点|奔着?|冲着)"
    r"[^\d零一二两三四五六七八九十]{0,2}|(?<![最附靠])近|(?<![最大缩减])小(?:小)?|< ?)$"
)
_AT_LEAST = re.compile(
    r"(?:(?:不少于|不低于|不下|至少|最少|起码|不小于|保底|少说(?!了)|往少了?说)[^\d零一二两三四五六七八九十]{0,3}"
    r"|大于 *(?:或者?)? *等于[为是 ]?|≥|> ?= ?)$"
)
_ABOVE = re.compile(
    r"(?:(?:超过|大于|高于|多于|超出|超|突破|破|不止|不只|过了"
    r"|(?<![拿领交花买付投签卖获得用享收贷借给补奖])过)[^\d零一二两三四五六七八九十]{0,2}|> ?)$"
)
_MORE_AFTER = re.compile(r"^ ?(?:还|要)?(?P<more>多|大|高)?(?P<less>少|小|低)?")
_AT_MOST_AFTER = re.compile(
    r"^(?:块|元|块钱)? ?(?:\(含\))?(?:或者?|及|和|含)?"
    r"(?:以内|以下|之内|之下|封顶|打住|往下|内)"
)
_SURELY = (
    r"(?:左右)?(?:块钱?|元)?(?:都|还|也|可|是|那|肯定|恐怕|估计|怕是|可能|绝对|根本|大概|应该|其实|反正|总|得|[,，])*"
)
_BELOW_AFTER = re.compile(
    rf"^{_SURELY}(?:不到|不够|没到|不足|没够|够呛|[用花]不[了完]|[打够]不[到着]|差(?:一|那么)?(?:点|截|些|丢丢|口气|个零头)|没有?(?:那么|这么)多|不及|[往说]多了|多说了|顶天了?|到顶了?|封顶了?|奔着)"
)
_AT_LEAST_AFTER = re.compile(
    r"^(?:块|元|块钱)? ?(?:\(含\))?(?:或者?|及|和|含)?"
    r"(?:\+(?![\d一二两三四五六七八九十])|以上|更多|更高|起|往上|朝上|不止|之上|打底|开外)"
)
_ABOVE_AFTER = re.compile(
    rf"^{_SURELY}(?:冒头|冒尖|冒个?头|出去了|朝上|往上|[打挡拦兜刹收]不住|不止|不只|拐弯|有余|绰绰有余|只多不少|[往说]少了|少说了)"
)
_GROWN = re.compile(
    r"^(?:块钱?|元)?(?:正好|刚好|差不多|直接|整整|又)*(?:翻了?(?P<folds>[一1两2])[番倍]|[多涨增]加?了?[一1]倍)"
)
_PARTICLES = re.compile(r"[的了吧呢啊哦呀]*")


def is_bound(text: str) -> bool:
    """Whether the text only sets a bound to a sum that stands before it."""
    bound = _ABOVE_AFTER.match(text) or _BELOW_AFTER.match(text)
    return bound is not None and _PARTICLES.fullmatch(text, bound.end()) is not None


def bounded(number: Decimal, before: str, after: str) -> Decimal | Interval:
    """The sum with the bounds that the words around it set."""
    if _AT_MOST.search(before) or _AT_MOST_AFTER.match(after):
        return Interval(high=number)
    if _AT_LEAST.search(before) or _AT_LEAST_AFTER.match(after):
        return Interval(low=number)
    if _BELOW.search(before) or _BELOW_AFTER.match(after):
        return Interval(high=number, high_open=True)
    if _ABOVE.search(before) or _ABOVE_AFTER.match(after):
        return Interval(low=number, low_open=True)
    return number


def compared(number: Decimal, after: str) -> Decimal | Interval | None:
    """比三十万多 and 比三十万少 are bounds, 比三十万翻了一番 is twice that; what is only compared is not told."""
    if (grown := _GROWN.match(after)) is not None:
        return number * (4 if grown["folds"] in ("两", "2") else 2)
    than = _MORE_AFTER.match(after)
    if than is None or not (than["more"] or than["less"]):
        return None
    return Interval(low=number, low_open=True) if than["more"] else Interval(high=number, high_open=True)
