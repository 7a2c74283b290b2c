"""Why something came out as it did, in one phrase: the conditions that decide, the working of a sum, the term."""

from collections.abc import Iterable
from datetime import date

from bot.cases.case_files import Wanted
from bot.dialog.flows import Guide
from bot.policy.amounts import NOTHING
from bot.policy.attributes import Profile
from bot.policy.conditions import AnyOf, Finding, Not, Requirement, Unclear
from bot.policy.matching import Standing, Verdict
from bot.policy.money import format_yuan
from bot.policy.plan import Plan
from bot.policy.truth import Truth
from bot.rendering.sentences import say_value
from bot.rendering.workings import say_why_available, say_workings

STATES = {Truth.TRUE: "满足", Truth.FALSE: "未满足", Truth.UNKNOWN: "还不知道"}


def why_standing(verdict: Verdict) -> str:
    """The conditions that fail, or else those that are not known, or that all are met."""
    leaves = [leaf for part in verdict.finding.parts for leaf in deciding(part, verdict.finding.truth)]
    if verdict.standing is Standing.ELIGIBLE:
        return f"条件都满足：{'、'.join(dict.fromkeys(leaves))}" if leaves else "这一条没有写条件"
    return "、".join(dict.fromkeys(leaves))


def deciding(finding: Finding, truth: Truth) -> tuple[str, ...]:
    """The conditions, in words, that make a finding what it is; nothing where it is something else."""
    if finding.truth is not truth:
        return ()
    match finding.condition:
        case Requirement(_, _, say) | Not(_, say) | Unclear(say):
            return (say_leaf(finding, say),)
        case AnyOf() if truth is Truth.FALSE:
            return (" 或 ".join(leaf for part in finding.parts for leaf in deciding(part, truth)),)
        case _:
            return tuple(leaf for part in finding.parts for leaf in deciding(part, truth))


def say_leaf(finding: Finding, say: str) -> str:
    """One condition, how it stands, and what was said: 入表金额大于 100 万元：未满足（100 万元）."""
    if isinstance(finding.condition, Unclear):
        return f"{say}：条文没有写明"
    return f"{say}：{STATES[finding.truth]}{say_seen(finding)}"


def say_seen(finding: Finding) -> str:
    """The value that a condition saw, in brackets; empty when none is known."""
    seen = finding.parts[0] if isinstance(finding.condition, Not) else finding
    if isinstance(seen.condition, Requirement) and seen.value is not None:
        return f"（{say_value(seen.condition.attribute, seen.value)}）"
    return ""


def why_availability(verdict: Verdict, on: date) -> str:
    """The term of the document that grants the clause, put to the day."""
    policy = verdict.clause.policy
    return f"{policy.short_title}：{say_why_available(policy, verdict.availability)}；按 {on.isoformat()} 算"


def why_sum(verdict: Verdict, profile: Profile, on: date) -> str:
    """How the sum is worked out, and the conditions where they leave none or a range."""
    steps = "；".join(say_workings(verdict.clause.benefit, profile, on))
    if verdict.amount == NOTHING and verdict.standing is Standing.NOT_ELIGIBLE:
        return why_standing(verdict)
    if verdict.standing is Standing.NEEDS_INFO:
        return f"{steps}；{why_standing(verdict)}"
    return steps


def why_total(plan: Plan) -> str:
    """What is counted."""
    counted = "、".join(f"{chosen.clause.id} {format_yuan(chosen.paid)}" for chosen in plan.chosen)
    return f"计入的是 {counted}" if counted else "没有一条计入"


def why_not_asked(wanted: Wanted, verdicts: Iterable[Verdict], guide: Guide) -> str:
    """Whether the question that was expected still decides something."""
    attribute = guide.knowledge.attributes.get(str(wanted))
    if attribute is None:
        return ""
    waiting = [v for v in verdicts if v.clause.is_claimable and attribute.name in v.unknowns]
    if not waiting:
        return f"没有哪一条在等{attribute.label}"
    return f"在等{attribute.label}的有 {len(waiting)} 条，但别的问题先问，或企业没有选到它的话题"
