"""Enterprises as they might come: seeded draws of what each would answer, attribute by attribute."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple, assert_never

from bot.dialog.flows import Flow, Guide
from bot.policy.attributes import NEVER, Attribute, AttributeType, Value

REGIONS = {
    "经开区": 30,
    "通州区": 12,
    "海淀区": 18,
    "朝阳区": 10,
    "昌平区": 6,
    "大兴区": 6,
    "丰台区": 5,
    "outside_beijing": 3,
}
OTHER_REGION = 1
"""The weight of every district that is not listed."""
ALSO_WORKS_IN = {"经开区": 0.08, "通州区": 0.04}
CHOICES: Mapping[str, Mapping[str, int]] = {
    "specialized_tier": {"none": 60, "innovative": 15, "specialized": 18, "little_giant": 7},
    "purchase_venue": {"compliant_platform": 6, "other": 4},
    "above_scale_since": {"this_year": 20, "last_year": 25, "earlier": 35, "never": 20},
    "sector": {"data_services": 20, "software": 25, "ai": 20, "robotics": 5, "manufacturing": 10, "other": 20},
}
YES = {
    "first_registration": 0.2,
    "first_listing": 0.1,
    "first_trade": 0.1,
    "first_open": 0.05,
    "high_tech": 0.45,
    "infra_project_listed": 0.1,
    "dishonest_listed": 0.01,
    "criminal_record": 0.01,
}
YES_OTHERWISE = 0.45
PENALISED = 0.03
NOTHING = 0.1
"""How often a sum that is asked for turns out to be nought."""
LEAST, MOST = Decimal(10_000), Decimal(50_000_000)
TOPICS = {
    "insurance": 0.25,
    "purchase": 0.25,
    "first_details": 0.2,
    "firsts_award": 0.12,
    "dataset": 0.15,
    "growth": 0.15,
    "software": 0.15,
    "technology": 0.12,
}
TOPIC_OTHERWISE = 0.07


@dataclass(frozen=True, slots=True)
class Company:
    """What an enterprise would answer to every question, and the topics it would pick.

    `says_all`: it says 就这些 when it picks one of several things; else it is asked what else there is.
    """

    answers: Mapping[str, Value]
    topics: frozenset[str]
    says_all: bool = False


class Chance(NamedTuple):
    """One value of an attribute, and how likely it is drawn."""

    value: Value
    share: float


def draw_companies(count: int, seed: int, guide: Guide, on: date) -> tuple[Company, ...]:
    """So many enterprises, the same ones for the same seed."""
    random = Random(seed)
    return tuple(_draw(random, guide, on) for _ in range(count))


def _draw(random: Random, guide: Guide, on: date) -> Company:
    flow, attributes = guide.flow, guide.knowledge.attributes
    topics = frozenset(t.id for t in flow.topics if random.random() < TOPICS.get(t.id, TOPIC_OTHERWISE))
    apply = _attributes_of(topics, flow)
    answers: dict[str, Value] = {}
    for name in asked_for(flow):
        is_idle = name not in apply
        answers[name] = _nothing(attributes[name]) if is_idle else draw_value(random, attributes[name], answers, on)
    return Company(answers, topics)


def asked_for(flow: Flow) -> tuple[str, ...]:
    """Every attribute that the flow may ask for, in staff's order, each once."""
    of_topics = (name for topic in flow.topics for name in topic.attributes)
    return tuple(dict.fromkeys((*flow.core, *flow.direct, *of_topics, *flow.premises)))


def _attributes_of(topics: frozenset[str], flow: Flow) -> frozenset[str]:
    of_topics = (name for topic in flow.topics if topic.id in topics for name in topic.attributes)
    return frozenset((*flow.core, *flow.direct, *flow.premises, *of_topics))


def _nothing(attribute: Attribute) -> Value:
    """What an enterprise answers to a question about something that it has nothing to do with."""
    match attribute.type:
        case AttributeType.BOOL:
            return False
        case AttributeType.YUAN | AttributeType.INT:
            return Decimal(0)
        case AttributeType.DATE:
            return NEVER
        case AttributeType.SET:
            return frozenset({attribute.values[-1]})
        case AttributeType.CHOICE | AttributeType.ORDERED:
            return attribute.values[-1] if attribute.type is AttributeType.CHOICE else attribute.values[0]
        case _ as unreachable:
            assert_never(unreachable)


def draw_value(random: Random, attribute: Attribute, before: Mapping[str, Value], on: date) -> Value:
    if attribute.name == "operating_regions":
        also = {place for place, share in ALSO_WORKS_IN.items() if random.random() < share}
        return frozenset({str(before["region"]), *also})
    match attribute.type:
        case AttributeType.BOOL:
            return random.random() < YES.get(attribute.name, YES_OTHERWISE)
        case AttributeType.YUAN:
            return Decimal(0) if random.random() < NOTHING else _sum(random)
        case AttributeType.INT:
            return Decimal(random.choice((0, 0, 1, 2, 3)))
        case AttributeType.DATE:
            is_never = attribute.name == "last_major_penalty" and random.random() >= PENALISED
            return NEVER if is_never else on - timedelta(days=random.randrange(1, 900))
        case AttributeType.CHOICE | AttributeType.ORDERED | AttributeType.SET:
            return _chosen(random, attribute)
        case _ as unreachable:
            assert_never(unreachable)


def _chosen(random: Random, attribute: Attribute) -> Value:
    weights = [share.share for share in shares_of(attribute)]
    value = random.choices(attribute.values, weights)[0]
    return frozenset({value}) if attribute.type is AttributeType.SET else value


def shares_of(attribute: Attribute) -> tuple[Chance, ...]:
    """How likely each value of a choice is drawn; all alike where nothing else is said."""
    if attribute.name == "region":
        weights = [REGIONS.get(value, OTHER_REGION) for value in attribute.values]
    else:
        listed = CHOICES.get(attribute.name)
        weights = [1 if listed is None else listed.get(value, 0) for value in attribute.values]
    return tuple(Chance(v, w / sum(weights)) for v, w in zip(attribute.values, weights, strict=True))


def _sum(random: Random) -> Decimal:
    """A sum in whole thousands, small ones as likely as large ones by their order of magnitude."""
    exponent = random.uniform(math.log10(LEAST), math.log10(MOST))
    return (Decimal(10**exponent) / 1000).quantize(Decimal(1)) * 1000
