"""Sums that are supposed by how they differ from what is known: 多交 10 万保费, 保费翻倍."""

import re
from decimal import Decimal

from bot.dialog.flows import Guide
from bot.policy.attributes import AttributeType, Profile, Value
from bot.understanding.meaning import Fact
from bot.understanding.text import normalize

_MORE = re.compile(r"多[交付买花投采缴出]|再[交付买花投采缴出加]|增加(?!到|至)|[涨升](?!到|至|成)|提高(?!到|至)")
_LESS = re.compile(r"少[交付买花投采缴出]|减少(?!到|至)|降低?(?!到|至|成)|下降(?!到|至)")
_TIMES = (
    (re.compile(r"翻倍|翻一番|翻一倍|加倍"), Decimal(2)),
    (re.compile(r"减半|砍半|少一半|打对折"), Decimal("0.5")),
)
_ZERO = Decimal(0)


def changed_by(fact: Fact, profile: Profile) -> Value:
    """The value of a fact; a sum that says only how much more or less, with what is known."""
    known, said = profile.values.get(fact.attribute), fact.value
    if not isinstance(known, Decimal) or not isinstance(said, Decimal):
        return fact.value
    if _MORE.search(fact.said):
        return known + said
    return max(known - said, _ZERO) if _LESS.search(fact.said) else said


def multiplied(text: str, profile: Profile, guide: Guide) -> tuple[Fact, ...]:
    """The one known sum that a text names as doubled or halved."""
    plain, attributes = normalize(text), guide.knowledge.attributes
    factor = next((factor for pattern, factor in _TIMES if pattern.search(plain)), None)
    named = guide.lexicon.named_in(plain)
    sums = {
        name: known
        for name in named
        if attributes[name].type is AttributeType.YUAN and isinstance(known := profile.values.get(name), Decimal)
    }
    if factor is None or len(sums) != 1:
        return ()
    return tuple(Fact(name, known * factor, text) for name, known in sums.items())
