"""Two results side by side: what a supposition adds, changes and takes away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.dialog.deciding import failing_of
from bot.dialog.result_acts import ItemGroup, ResultItem
from bot.dialog.results import Result, missing_of, worth_of
from bot.dialog.what_if_acts import Effect, Shift, Supposal, Totals, Unmoved
from bot.policy.amounts import Amount
from bot.policy.availability import Availability
from bot.policy.matching import Standing, Verdict

RANKS: Mapping[ItemGroup | None, int] = {
    ItemGroup.CLAIM_NOW: 5,
    ItemGroup.PREMISED: 5,
    ItemGroup.OUTDONE: 4,
    ItemGroup.UNCONFIRMED: 3,
    ItemGroup.LACKS_ANSWER: 2,
    ItemGroup.DRAFT: 1,
}
"""How near each part of a result is to money; what stands nowhere else, or is only a hint, is at 0."""
HIGHEST, OUTDONE = 5, 4
ORDER = tuple(Effect)


def shifts_between(before: Result, after: Result, only: frozenset[str] = frozenset()) -> tuple[Shift, ...]:
    """What becomes of each clause, the most money first; of `only` these clauses even what stays the same."""
    items = ({item.verdict.clause.id: item for item in result.items} for result in (before, after))
    old, new = items
    pairs = zip(before.verdicts, after.verdicts, strict=True)
    shifts = [_shift(one, other, old.get(one.clause.id), new.get(one.clause.id)) for one, other in pairs]
    wanted = [s for s in shifts if (s.after.clause.id in only if only else s.effect is not Effect.SAME)]
    return tuple(sorted(wanted, key=lambda shift: (ORDER.index(shift.effect), -_money(shift))))


def totals_of(result: Result) -> Totals:
    """What a result comes to: for sure, and at most."""
    return Totals(result.plan.fixed_total, max(result.reach, result.plan.fixed_total))


def amount_shown(verdict: Verdict) -> Amount:
    """The sum by which a clause is shown: the whole one where nothing but the premises is open."""
    likely = verdict.standing is Standing.ELIGIBLE or verdict.waits_for_premises_only
    return verdict.prospect if likely else verdict.amount


def why_unmoved(supposed: tuple[Supposal, ...], before: Result, after: Result) -> tuple[Unmoved, ...]:
    """Why what is supposed changes nothing; things with the same reason are told together."""
    found: dict[object, Unmoved] = {}
    for each in supposed:
        reason = _unmoved(each, before, after)
        key = (reason.is_same, reason.nearest and reason.nearest.clause.id, reason.nearest is None and reason.clauses)
        known = found.get(key)
        attributes = () if known is None else known.attributes
        found[key] = replace(reason, attributes=(*attributes, *reason.attributes))
    return tuple(found.values())


def _shift(before: Verdict, after: Verdict, old: ResultItem | None, new: ResultItem | None) -> Shift:
    was, now = (None if item is None else item.group for item in (old, new))
    effect = _effect(before, after, RANKS.get(was, 0), RANKS.get(now, 0))
    return Shift(effect, before, after, tuple(_missing(now, after)))


def _effect(before: Verdict, after: Verdict, was: int, now: int) -> Effect:
    """What becomes of a clause by its ranks; one that another takes the place of all along is the same."""
    if now == OUTDONE:
        return Effect.REPLACED if was == HIGHEST else Effect.SAME
    if was == OUTDONE:
        return _effect_on_outdone(after, now)
    if was == now:
        return Effect.CHANGED if now and amount_shown(before) != amount_shown(after) else Effect.SAME
    if now == HIGHEST:
        return Effect.GAINED
    return Effect.POSSIBLE if now > was else Effect.LOST


def _effect_on_outdone(after: Verdict, now: int) -> Effect:
    """What becomes of a clause that another took the place of; nothing, where what goes before it is a range now."""
    if now == HIGHEST:
        return Effect.SAME if amount_shown(after).exact is None else Effect.GAINED
    return Effect.POSSIBLE if now > 0 else Effect.SAME


def _missing(group: ItemGroup | None, after: Verdict) -> Iterator[str]:
    """What keeps the clause back: a condition that fails, or what is open."""
    if after.standing is Standing.NOT_ELIGIBLE:
        yield from failing_of(after)
    elif after.standing is Standing.NEEDS_INFO and not after.waits_for_premises_only:
        yield from missing_of(group or ItemGroup.LACKS_ANSWER, after)


def _money(shift: Shift) -> Decimal:
    return max(worth_of(shift.before), worth_of(shift.after))


def _unmoved(supposed: Supposal, before: Result, after: Result) -> Unmoved:
    attribute = supposed.attribute
    every = [v for v in after.verdicts if attribute.name in v.clause.attribute_names]
    concerned = [v for v in every if v.availability is not Availability.CLOSED] or every
    refused = {v.clause.id for v in before.verdicts if v.standing is Standing.NOT_ELIGIBLE}
    opened = [v for v in concerned if v.standing is Standing.NEEDS_INFO and v.clause.id in refused]
    nearest = max(opened, key=worth_of) if opened else _nearest(concerned)
    return Unmoved((attribute,), supposed.before == supposed.value, len(concerned), len(opened), nearest)


def _nearest(concerned: Sequence[Verdict]) -> Verdict | None:
    """The clause that waits for the least, else the one that fails by the least, else one that is closed."""
    waiting = [v for v in concerned if v.standing is Standing.NEEDS_INFO]
    if waiting:
        return min(waiting, key=lambda v: (len(v.unknowns), -worth_of(v)))
    barred = [v for v in concerned if v.standing is Standing.NOT_ELIGIBLE]
    closed = [v for v in concerned if v.availability is Availability.CLOSED]
    return min(barred or closed, key=lambda v: (len(failing_of(v)), -worth_of(v)), default=None)
