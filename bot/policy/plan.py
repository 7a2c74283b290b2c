"""What an enterprise can count on: the best combination of sums, and why the rest is left out."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.policy.attributes import Profile
from bot.policy.availability import Availability
from bot.policy.clauses import BetterOf, Clause, Combining, Exclusion, JointLimit, NoFigure
from bot.policy.combining import ZERO, Combination, best_combination, next_best_combination
from bot.policy.matching import Standing, Verdict
from bot.policy.money import Interval, format_yuan

NOT_COUNTED = {
    Availability.DRAFT: "还是征求意见稿，没有生效，不计入合计",
    Availability.CLOSED: "申报期已过，不计入合计",
    Availability.UNCONFIRMED: "今年是否还受理需要核实，不计入合计",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clause in the best combination, with the yuan that it adds."""

    clause: Clause
    paid: Decimal


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An eligible clause that adds nothing to the fixed total, why, and the clause that goes before it.

    `is_stated` is false where no text says that the two exclude one another: they are only not added up.
    """

    clause: Clause
    because: str
    instead_of: Clause | None = None
    is_stated: bool = True


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The next best lawful choice and the yuan that it comes to.

    It counts `instead` in place of `dropped`, for `rules` let only one of them count.
    """

    total: Decimal
    instead: tuple[Chosen, ...]
    dropped: tuple[Chosen, ...]
    rules: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`fixed_total`: exact sums of eligible, open clauses at their best; `ceiling_total`: with all that may come.

    `runner_up` is the next best choice, None where nothing that is counted has a rival; `limits` are the joint limits
    that cut what is counted.
    """

    fixed_total: Decimal
    ceiling_total: Decimal
    chosen: tuple[Chosen, ...]
    left_out: tuple[LeftOut, ...]
    runner_up: RunnerUp | None = None
    limits: tuple[JointLimit, ...] = ()


def build_plan(verdicts: Sequence[Verdict], rules: Combining, profile: Profile) -> Plan:
    """The best lawful combination of what the verdicts allow, in yuan."""
    claimable = [v for v in verdicts if v.clause.is_claimable and v.standing is not Standing.NOT_ELIGIBLE]
    eligible = [v for v in claimable if v.standing is Standing.ELIGIBLE]
    beaten = _beaten(claimable, rules, profile)
    sums = _exact_sums(eligible, beaten)
    best = best_combination(sums, rules)
    clauses = {v.clause.id: v.clause for v in eligible}
    chosen = tuple(Chosen(clauses[name], paid) for name, paid in best.paid.items() if paid)
    paid = {one.clause.id: one.clause for one in chosen}
    left_out = tuple(_left_out(v, rules, beaten, paid) for v in eligible if v.clause.id not in paid)
    possible = [v for v in claimable if v.clause.id not in beaten]
    return Plan(
        fixed_total=best.total,
        ceiling_total=_ceiling(possible, rules, best.total),
        chosen=chosen,
        left_out=left_out,
        runner_up=_runner_up(sums, rules, best, clauses),
        limits=tuple(limit for limit in rules.limits if _is_cut(limit, sums, best)),
    )


def _exact_sums(eligible: Iterable[Verdict], beaten: Container[str]) -> dict[str, Decimal]:
    """What can be counted on, in yuan by the id of the clause."""
    exact = {v.clause.id: v.amount.exact for v in eligible if v.is_open and v.clause.id not in beaten}
    return {name: yuan for name, yuan in exact.items() if yuan}


def _runner_up(
    sums: Mapping[str, Decimal], rules: Combining, best: Combination, clauses: Mapping[str, Clause]
) -> RunnerUp | None:
    second = next_best_combination(sums, rules, best)
    if second is None:
        return None
    dropped, gained = best.paid.keys() - second.paid.keys(), second.paid.keys() - best.paid.keys()
    rivals = [e for e in rules.exclusions if e.clauses & dropped and e.clauses & gained]
    instead = {name for e in rivals for name in e.clauses} | {name for name, yuan in second.paid.items() if yuan}
    return RunnerUp(
        second.total,
        tuple(Chosen(clauses[n], yuan) for n, yuan in second.paid.items() if n in instead & gained),
        tuple(Chosen(clauses[n], yuan) for n, yuan in best.paid.items() if yuan and n in dropped),
        tuple(rivals),
    )


def _is_cut(limit: JointLimit, sums: Mapping[str, Decimal], best: Combination) -> bool:
    """Whether what the best choice counts under the limit would come to more without it."""
    return sum((sums[name] for name in limit.clauses & best.paid.keys()), ZERO) > limit.cap


def _ceiling(possible: Sequence[Verdict], rules: Combining, fixed: Decimal) -> Decimal:
    counted = (v for v in possible if v.availability in (Availability.OPEN, Availability.UNCONFIRMED))
    highest = {v.clause.id: v.amount.low if v.amount.high is None else v.amount.high for v in counted}
    return max(fixed, best_combination(highest, rules).total)


def _beaten(claimable: Sequence[Verdict], rules: Combining, profile: Profile) -> Mapping[str, BetterOf]:
    """The clauses for which another award, received for the same project, is surely as high or higher.

    One award is for one project: of several clauses that it would beat, only the highest gives way, and one that can be
    counted before one that can't.
    """
    beaten: dict[str, BetterOf] = {}
    for rule in rules.better_of:
        received = profile.get(rule.attribute)
        least = received.low if isinstance(received, Interval) else received
        if isinstance(least, Decimal) and least > 0:
            lower = [v for v in claimable if v.clause.id in rule.clauses and _is_at_most(v, least)]
            beaten |= {v.clause.id: rule for v in sorted(lower, key=_weight)[-1:]}
    return beaten


def _weight(verdict: Verdict) -> tuple[bool, Decimal]:
    is_counted = verdict.is_open and verdict.standing is Standing.ELIGIBLE
    return is_counted, verdict.amount.high or ZERO


def _is_at_most(verdict: Verdict, yuan: Decimal) -> bool:
    return verdict.amount.high is not None and verdict.amount.high <= yuan


def _left_out(
    verdict: Verdict, rules: Combining, beaten: Mapping[str, BetterOf], paid: Mapping[str, Clause]
) -> LeftOut:
    clause = verdict.clause
    if not verdict.is_open:
        return LeftOut(clause, NOT_COUNTED[verdict.availability])
    if clause.id in beaten:
        return LeftOut(clause, f"{beaten[clause.id].say}（{beaten[clause.id].source}）")
    if verdict.amount.exact is None:
        return LeftOut(clause, _no_exact_sum(verdict))
    if verdict.amount.exact == 0:
        return LeftOut(clause, "按条文算出来是 0 元")
    return _outdone(clause, rules, paid)


def _outdone(clause: Clause, rules: Combining, paid: Mapping[str, Clause]) -> LeftOut:
    """A clause with a sum of its own that other clauses leave no room for: one excludes it, or a limit is used up."""
    for exclusion in rules.exclusions:
        winners = sorted(exclusion.clauses & paid.keys())
        if clause.id in exclusion.clauses and winners:
            because = f"{exclusion.say}（{exclusion.source}）"
            return LeftOut(clause, because, paid[winners[0]], is_stated=exclusion.is_stated)
    full = next(limit for limit in rules.limits if clause.id in limit.clauses)
    return LeftOut(clause, f"{full.say}（{full.source}），已经用满")


def _no_exact_sum(verdict: Verdict) -> str:
    benefit = verdict.clause.benefit
    if isinstance(benefit, NoFigure):
        return f"{benefit.say or '条文没有写明金额'}，不计入确定金额"
    if verdict.amount.high is None:
        return "还不知道金额，不计入确定金额"
    return f"条文只写了上限 {format_yuan(verdict.amount.high)}，实际多少由主管部门核定，不计入确定金额"
