"""What a policy lacks, and what it would bring, in one line: 只差把注册地迁到经开区，最高 +50 万元."""

from collections.abc import Iterator

from bot.policy.attributes import Value
from bot.policy.conditions import Finding, Unclear
from bot.policy.money import format_yuan
from bot.policy.near_misses import Gain, Near, Step
from bot.policy.truth import Truth
from bot.rendering.sentences import say_value

UNSURE = "（还没确认）"


def say_near(near: Near) -> str:
    """The steps to a policy, and its gain."""
    miss = near.miss
    waits = (f"等到 {miss.on.isoformat()}（处罚满了年限）",) if miss.waits else ()
    steps = "；".join((*waits, *(_say(step) for step in miss.steps)))
    gain = _say_gain(near.gain)
    unclear = "".join(f"；另外{say}" for say in dict.fromkeys(_unclear(miss.verdict.finding)))
    return f"只差{steps}{gain}{unclear}"


def _say(step: Step) -> str:
    way = step.attribute.way
    if way is None or (step.before is None and not way.is_once):
        return f"{step.say}{UNSURE}"
    return way.say.replace("{value}", say_value(step.attribute, _added(step)))


def _added(step: Step) -> Value:
    """What must come; of a set only what is not there yet."""
    if isinstance(step.value, frozenset) and isinstance(step.before, frozenset):
        return step.value - step.before
    return step.value


def _say_gain(gain: Gain) -> str:
    if gain.exact > 0:
        return f"，+{format_yuan(gain.exact)}"
    return f"，最高 +{format_yuan(gain.highest)}" if gain.highest > 0 else ""


def _unclear(finding: Finding) -> Iterator[str]:
    """What the text itself leaves open then."""
    if finding.truth is Truth.UNKNOWN:
        if isinstance(finding.condition, Unclear):
            yield finding.condition.say
        for part in finding.parts:
            yield from _unclear(part)
