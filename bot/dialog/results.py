"""The result of a conversation: what can be claimed, what is missing, what is not in force, in the order of money."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.dialog.deciding import failing, failing_of
from bot.dialog.flows import Guide
from bot.dialog.grouping import group_of
from bot.dialog.nearing import Standpoint, by_first_time, nearest
from bot.dialog.result_acts import ItemGroup, NoResult, Refusal, ResultItem, ShowResult
from bot.policy.attributes import NEVER, AttributeType, Profile
from bot.policy.availability import Availability
from bot.policy.clauses import Clause, Contact, Formula
from bot.policy.combining import best_combination
from bot.policy.conditions import Finding, Requirement, open_requirements, requirements_of
from bot.policy.matching import Verdict
from bot.policy.near_misses import Near
from bot.policy.plan import LeftOut, Plan, build_plan
from bot.policy.truth import Truth

ORDER = tuple(ItemGroup)
OFFERED = frozenset(ORDER) - {ItemGroup.LACKS_ONE}
"""The groups of what the enterprise can get, or may; what it lacks one thing for is advice, not an offer."""
HOPED_FOR = frozenset({ItemGroup.CLAIM_NOW, ItemGroup.PREMISED, ItemGroup.UNCONFIRMED, ItemGroup.LACKS_ANSWER})
"""The groups of what may come to money without anything being done first."""
REACHED = (ItemGroup.CLAIM_NOW, ItemGroup.PREMISED, ItemGroup.OUTDONE, ItemGroup.LACKS_ANSWER)
"""The groups of what is open and has to do with what the enterprise said."""
_Placed = tuple[ItemGroup, Verdict]


@dataclass(frozen=True, slots=True)
class Result:
    """All items in their order, the plan, the premises that the amounts rest on (none when they are known).

    `reach` is the most that the policies the enterprise has to do with can come to together, in yuan.
    """

    items: tuple[ResultItem, ...]
    plan: Plan
    reach: Decimal
    premises: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    on: date

    @property
    def reasons(self) -> tuple[Refusal, ...]:
        """For each policy with money why none of its clauses can be claimed."""
        return reasons_for_nothing(self.verdicts)

    def pages(self, size: int) -> int:
        """How many pages of `size` items it has."""
        return max(1, -(-len(self.items) // size))


def build_result(profile: Profile, guide: Guide, on: date, passed: frozenset[str] = frozenset()) -> Result:
    """Judge everything and put it in order; `passed` are attributes of which the enterprise has nothing to tell."""
    return guide.remembered((build_result, profile, on, passed), lambda: _build_result(profile, guide, on, passed))


def _build_result(profile: Profile, guide: Guide, on: date, passed: frozenset[str]) -> Result:
    verdicts = guide.matcher.match(profile, on)
    assumed = with_premises(profile, guide)
    if_met = guide.matcher.match(assumed, on)
    plan = build_plan(if_met, guide.knowledge.combining, assumed)
    outdone = {left.clause.id: left for left in plan.left_out if left.instead_of and left.is_stated}
    placed = [(group, v) for v in verdicts if (group := _group_in(v, outdone, passed, guide)) is not None]
    near = _steps_to(placed, Standpoint(assumed, if_met, on), guide)
    placed = [(group, v) for group, v in placed if group is not ItemGroup.LACKS_ONE or v.clause.id in near]
    placed.sort(key=lambda pair: _rank(pair[0], pair[1], near.get(pair[1].clause.id)))
    items = _items(placed, outdone, near, guide)
    held_up = any(item.verdict.waits_for_premises_only and item.group in REACHED for item in items)
    premises = unknown_premises(profile, guide) if held_up else ()
    return Result(items, plan, _reach(items, guide), premises, verdicts, on)


def _steps_to(placed: Sequence[_Placed], at: Standpoint, guide: Guide) -> Mapping[str, Near]:
    """The steps to the few worth most that lack something, and to what waits for a first time only, by clause id."""
    lacking = (v.clause.id for group, v in placed if group is ItemGroup.LACKS_ONE)
    waiting = (v for group, v in placed if group is ItemGroup.LACKS_ANSWER)
    return {**nearest(lacking, at, guide), **by_first_time(waiting, at, guide)}


def _items(
    placed: Sequence[_Placed], outdone: Mapping[str, LeftOut], near: Mapping[str, Near], guide: Guide
) -> tuple[ResultItem, ...]:
    """The items in this order, each with what it lacks or what goes before it."""
    numbers = {v.clause.id: n for n, (_, v) in enumerate(placed, 1)}
    stacking = _stacking([v.clause.id for group, v in placed if group in HOPED_FOR], guide)
    items = []
    for group, v in placed:
        name = v.clause.id
        left = outdone[name] if group is ItemGroup.OUTDONE else None
        missing = _missing_of(group, v, guide) if left is None else (left.because,)
        winner = numbers.get(left.instead_of.id, 0) if left is not None and left.instead_of is not None else 0
        items.append(ResultItem(numbers[name], group, v, missing, stacking.get(name, ""), near.get(name), winner))
    return tuple(items)


def with_premises(profile: Profile, guide: Guide) -> Profile:
    """The profile as if everything that nearly everyone meets were known to be met."""
    for name in guide.flow.premises:
        if name not in profile.values:
            attribute = guide.knowledge.attributes[name]
            profile = profile.with_value(name, NEVER if attribute.type is AttributeType.DATE else False)
    return profile


def unknown_premises(profile: Profile, guide: Guide) -> tuple[str, ...]:
    """The premises, in words, of which nothing is known."""
    said: dict[str, None] = {}
    for document in guide.knowledge.documents.values():
        for requirement in requirements_of(document.premises):
            if requirement.attribute.name not in profile.values:
                said[requirement.say] = None
    return tuple(said)


def _rank(group: ItemGroup, verdict: Verdict, near: Near | None) -> tuple[int, bool, bool, Decimal]:
    """The group, what is in force, then the money; of what is merely possible, what is worked out before a review."""
    if near is not None and group is ItemGroup.LACKS_ONE:
        return ORDER.index(group), False, False, -near.gain.yuan
    is_reviewed = group is ItemGroup.POSSIBLE and not isinstance(verdict.clause.benefit, Formula)
    return ORDER.index(group), not verdict.is_open, is_reviewed, -worth_of(verdict)


def _group_in(verdict: Verdict, outdone: Container[str], passed: frozenset[str], guide: Guide) -> ItemGroup | None:
    group = guide.of_verdict((group_of, verdict.mark), lambda: group_of(verdict, guide.flow))
    if group in (ItemGroup.LACKS_ANSWER, ItemGroup.POSSIBLE) and verdict.unknowns & passed:
        is_hinted = verdict.is_open or group is ItemGroup.LACKS_ANSWER
        return ItemGroup.POSSIBLE if is_hinted else None
    is_claimed = group in (ItemGroup.CLAIM_NOW, ItemGroup.PREMISED)
    return ItemGroup.OUTDONE if is_claimed and verdict.clause.id in outdone else group


def _stacking(ids: Sequence[str], guide: Guide) -> dict[str, str]:
    """For each clause, in the order shown, whether it adds up with one before it: where no text says so."""
    said: dict[str, str] = {}
    for rule in guide.knowledge.combining.exclusions:
        met = [name for name in ids if name in rule.clauses]
        if not rule.is_stated:
            said |= {name: rule.say for name in met[1:] if name not in said}
    return said


def _reach(items: Iterable[ResultItem], guide: Guide) -> Decimal:
    highest = {
        item.verdict.clause.id: item.verdict.prospect.high or item.verdict.prospect.low
        for item in items
        if item.group in REACHED and item.verdict.is_open
    }
    return best_combination(highest, guide.knowledge.combining).total


def worth_of(verdict: Verdict) -> Decimal:
    """The yuan by which verdicts are ranked: the sum if it is exact, else the most it can be."""
    amount = verdict.prospect
    if amount.exact is not None:
        return amount.exact
    return Decimal(0) if amount.high is None else amount.high


def _missing_of(group: ItemGroup, verdict: Verdict, guide: Guide) -> tuple[str, ...]:
    return guide.of_verdict((missing_of, group, verdict.mark), lambda: missing_of(group, verdict))


def missing_of(group: ItemGroup, verdict: Verdict) -> tuple[str, ...]:
    """The conditions, in words, that are open or fail."""
    scope, _, own = verdict.finding.parts
    if group is ItemGroup.LACKS_ONE:
        unsure = (f"{open_one.say}（还没确认）" for part in own.parts for open_one in open_requirements(part))
        return (*failing(verdict.finding), *unsure)
    where, scope_say = open_requirements(scope), verdict.clause.policy.scope_say
    if where and scope_say:
        return tuple(dict.fromkeys((scope_say, *_open_points(own))))
    return tuple(dict.fromkeys((*_open_points(scope), *_open_points(own))))


def _open_points(finding: Finding) -> tuple[str, ...]:
    """What is open in a finding, in words: answers that are missing, then what the text itself leaves open."""
    return (*(requirement.say for requirement in open_requirements(finding)), *unclear_points(finding))


def unclear_points(finding: Finding) -> tuple[str, ...]:
    """What the text leaves open in a finding, in words."""
    if finding.truth is not Truth.UNKNOWN:
        return ()
    if not finding.parts and not isinstance(finding.condition, Requirement):
        return (getattr(finding.condition, "say", ""),)
    return tuple(say for part in finding.parts for say in unclear_points(part))


def page_of(
    result: Result, page: int, guide: Guide, *, is_known_enough: bool, directions: tuple[Clause, ...] = ()
) -> ShowResult | NoResult:
    """One page (from 1) of the result, or the reasons why there is none; the directions stand on the last page."""
    if not any(item.group in OFFERED for item in result.items):
        return NoResult(result.on, result.reasons, is_known_enough, result.items, directions)
    return _page(result, page, guide.flow.page_size, guide, directions)


def whole_of(result: Result, guide: Guide, directions: tuple[Clause, ...] = ()) -> ShowResult | None:
    """The result on a single page; None where there is none."""
    if not any(item.group in OFFERED for item in result.items):
        return None
    return _page(result, 1, len(result.items), guide, directions)


def _page(result: Result, page: int, size: int, guide: Guide, directions: tuple[Clause, ...]) -> ShowResult:
    items = result.items[(page - 1) * size : page * size]
    claim_now = sum(item.group in (ItemGroup.CLAIM_NOW, ItemGroup.PREMISED) for item in result.items)
    return ShowResult(
        items=items,
        plan=result.plan,
        reach=result.reach,
        page=page,
        pages=result.pages(size),
        on=result.on,
        premises=result.premises,
        counts=(claim_now, len(result.items) - claim_now),
        contacts=contacts_of(items, guide),
        shown=tuple(item.verdict.clause.id for item in result.items),
        directions=directions if page == result.pages(size) else (),
    )


def contacts_of(items: Iterable[ResultItem], guide: Guide) -> tuple[Contact, ...]:
    """Whom to turn to about these items, each once, those with a number first, the hotline last."""
    found: dict[str, Contact] = {}
    for item in items:
        for contact in (*item.verdict.clause.contacts, *item.verdict.clause.policy.contacts):
            found[contact.id] = contact
    found.pop(guide.knowledge.hotline.id, None)
    return (*sorted(found.values(), key=lambda c: c.phone is None), guide.knowledge.hotline)


def reasons_for_nothing(verdicts: Sequence[Verdict]) -> tuple[Refusal, ...]:
    """For each policy with money why nothing of it can be claimed: what fails for the clause that is nearest."""
    nearest: dict[str, Refusal] = {}
    for verdict in verdicts:
        policy = verdict.clause.policy
        failed = () if verdict.availability is Availability.CLOSED else failing_of(verdict)
        known = nearest.get(policy.id)
        if known is None or len(failed) < len(known.failed):
            nearest[policy.id] = Refusal(policy, verdict.availability, failed)
    return tuple(nearest.values())
