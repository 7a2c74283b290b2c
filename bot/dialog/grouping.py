"""Where a verdict stands in a result, by its standing, the state of its document, and what the enterprise said."""

from collections.abc import Collection, Mapping
from typing import assert_never

from bot.dialog.flows import Flow
from bot.dialog.result_acts import ItemGroup
from bot.policy.availability import Availability
from bot.policy.conditions import Finding, Requirement
from bot.policy.matching import Standing, Verdict
from bot.policy.near_misses import is_turned
from bot.policy.truth import Truth

_NOT_OPEN: Mapping[Availability, ItemGroup] = {
    Availability.CLOSED: ItemGroup.CLOSED,
    Availability.DRAFT: ItemGroup.DRAFT,
    Availability.UNCONFIRMED: ItemGroup.UNCONFIRMED,
}
"""The parts of what an enterprise could have by its conditions, but for its document."""


def group_of(verdict: Verdict, flow: Flow) -> ItemGroup | None:
    """The part of the result that a verdict belongs to; None when it has no place there.

    What can't be claimed may lack one thing: whether it does, its steps tell.
    """
    if verdict.availability is Availability.OPEN:
        return _group_of_open(verdict)
    if verdict.standing is Standing.ELIGIBLE or verdict.waits_for_premises_only:
        return _NOT_OPEN[verdict.availability]
    match verdict.availability:
        case Availability.CLOSED:
            return ItemGroup.CLOSED if _is_left_to_text(verdict, flow) else None
        case Availability.DRAFT:
            return ItemGroup.DRAFT if _is_touched(verdict) else None
        case Availability.UNCONFIRMED:
            return _group_of_unconfirmed(verdict, flow)
        case _ as unreachable:
            assert_never(unreachable)


def _group_of_unconfirmed(verdict: Verdict, flow: Flow) -> ItemGroup | None:
    """Nothing of what the enterprise has nothing to do with: it would be a long list of what may not even be open."""
    if verdict.standing is Standing.NOT_ELIGIBLE:
        return ItemGroup.LACKS_ONE if _may_be_near(verdict, flow.direct) else None
    if _is_touched(verdict, (*flow.core, *flow.direct)):
        return ItemGroup.LACKS_ANSWER
    if _is_touched(verdict, flow.direct) and not verdict.unknowns & set(flow.direct):
        return ItemGroup.LACKS_ANSWER
    return ItemGroup.POSSIBLE if _fits(verdict, flow) else None


def _fits(verdict: Verdict, flow: Flow) -> bool:
    """Whether what the enterprise is, such as its sector, meets one of the clause's own conditions."""
    parts = [part for part in verdict.finding.parts[2].parts if part.truth is Truth.TRUE]
    return _is_touched(verdict) and any(_has_met(part) and not _has_met(part, flow.direct) for part in parts)


def _group_of_open(verdict: Verdict) -> ItemGroup | None:
    if verdict.standing is Standing.NOT_ELIGIBLE:
        return ItemGroup.LACKS_ONE if _may_be_near(verdict) else None
    if verdict.standing is Standing.ELIGIBLE:
        return None if verdict.amount.exact == 0 else ItemGroup.CLAIM_NOW
    if verdict.waits_for_premises_only:
        return ItemGroup.PREMISED
    return ItemGroup.LACKS_ANSWER if _is_touched(verdict) else ItemGroup.POSSIBLE


def _is_left_to_text(verdict: Verdict, flow: Flow) -> bool:
    """Whether an enterprise has all that was asked about, and only the text itself leaves something open."""
    return _is_touched(verdict, flow.direct) and not verdict.unknowns


def _is_touched(verdict: Verdict, besides: Collection[str] = ()) -> bool:
    """Whether something that the enterprise said, some attributes aside, meets one of the clause's own conditions."""
    scope, _, own = verdict.finding.parts
    return verdict.standing is Standing.NEEDS_INFO and scope.truth is not Truth.FALSE and _has_met(own, besides)


def _has_met(finding: Finding, besides: Collection[str] = ()) -> bool:
    if isinstance(finding.condition, Requirement):
        attribute = finding.condition.attribute
        is_said = finding.value is not attribute.default and attribute.name not in besides
        return finding.truth is Truth.TRUE and is_said
    return any(_has_met(part, besides) for part in finding.parts)


def _may_be_near(verdict: Verdict, besides: Collection[str] = ()) -> bool:
    """Whether a clause that the enterprise can't claim has to do with what it said.

    Where the document does not cover the enterprise, or something of the past bars it, all the rest must fit.
    """
    scope, premises, own = verdict.finding.parts
    is_barred = Truth.FALSE in (scope.truth, premises.truth)
    return _has_met(own, besides) and (is_turned(own) or not is_barred)
