"""Conditions and what they found as a tree, for people to read and for machines."""

from collections.abc import Iterator, Mapping

from bot.policy.attributes import Profile
from bot.policy.conditions import AllOf, AnyOf, Finding, Not, Requirement, Unclear
from bot.policy.truth import Truth
from bot.policy.values import value_to_json
from bot.rendering.sentences import say_value

MARKS = {Truth.TRUE: "✓ 满足", Truth.FALSE: "✗ 未满足", Truth.UNKNOWN: "？还不知道"}
STATES = {Truth.TRUE: "满足", Truth.FALSE: "未满足", Truth.UNKNOWN: "还不知道"}
JOINED: Mapping[type, str] = {AllOf: "下面几样都要满足", AnyOf: "下面几样满足一样就行"}


def tree_lines(finding: Finding, profile: Profile, indent: str = "  ") -> Iterator[str]:
    """One line a condition, those of a part further in."""
    match finding.condition:
        case Requirement(_, _, say) | Not(_, say):
            yield f"{indent}{MARKS[finding.truth]}：{say}{_say_seen(finding, profile)}"
        case Unclear(say):
            yield f"{indent}？条文没有写明，由主管部门定：{say}"
        case AllOf() | AnyOf():
            yield f"{indent}{MARKS[finding.truth]}：{JOINED[type(finding.condition)]}"
            for part in finding.parts:
                yield from tree_lines(part, profile, indent + "  ")


def part_lines(finding: Finding, profile: Profile) -> tuple[str, ...]:
    """The conditions of a list that all have to hold, each a tree of its own."""
    return tuple(line for part in finding.parts for line in tree_lines(part, profile))


def _say_seen(finding: Finding, profile: Profile) -> str:
    """The answer that a condition saw, and whether it was given or taken for granted."""
    seen = _seen(finding)
    if seen is None or seen.value is None or not isinstance(seen.condition, Requirement):
        return ""
    attribute = seen.condition.attribute
    said = say_value(attribute, seen.value)
    return f"（{said}）" if attribute.name in profile.values else f"（没说，先按{said}算）"


def _seen(finding: Finding) -> Finding | None:
    found = finding.parts[0] if isinstance(finding.condition, Not) else finding
    return found if isinstance(found.condition, Requirement) else None


def tree_json(finding: Finding, profile: Profile) -> Mapping[str, object]:
    """The same for machines: `all`, `any` or a condition with its state, attribute and answer."""
    state = finding.truth.value
    match finding.condition:
        case AllOf():
            return {"state": state, "all": [tree_json(part, profile) for part in finding.parts]}
        case AnyOf():
            return {"state": state, "any": [tree_json(part, profile) for part in finding.parts]}
        case Unclear(say):
            return {"state": state, "condition": say, "unclear": True}
        case Requirement(_, _, say) | Not(_, say):
            return {"state": state, "condition": say, **_answer_json(finding, profile)}


def _answer_json(finding: Finding, profile: Profile) -> Mapping[str, object]:
    seen = _seen(finding)
    if seen is None or not isinstance(seen.condition, Requirement):
        return {}
    name = seen.condition.attribute.name
    answer = None if seen.value is None else value_to_json(seen.value)
    return {"attribute": name, "answer": answer, "assumed": seen.value is not None and name not in profile.values}
