"""A case put to the content: what comes of it, and where that is not what staff expect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot.cases.case_files import NOTHING, PREMISES, TOPICS, Aspect, Case, Expectation, Wanted
from bot.cases.reasons import why_availability, why_not_asked, why_standing, why_sum, why_total
from bot.cases.sayings import say_wanted
from bot.content.problems import Problem
from bot.dialog.deciding import next_pending
from bot.dialog.flows import Guide
from bot.dialog.state import PendingKind, State
from bot.policy.attributes import Profile
from bot.policy.matching import Verdict
from bot.policy.plan import LeftOut, Plan, build_plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the content says of an enterprise on a day; `waits_for` is the next question."""

    profile: Profile
    on: date
    verdicts: Mapping[str, Verdict]
    plan: Plan
    waits_for: str

    def left_out(self, clause: str) -> LeftOut | None:
        """Why an eligible clause is not in the best combination; None when it is, or is not eligible."""
        return next((left for left in self.plan.left_out if left.clause.id == clause), None)


def outcome_of(profile: Profile, on: date, guide: Guide) -> Outcome:
    """What the content says of an enterprise on a day."""
    verdicts = guide.matcher_of_all.match(profile, on)
    plan = build_plan(verdicts, guide.knowledge.combining, profile)
    return Outcome(profile, on, {v.clause.id: v for v in verdicts}, plan, _waits_for(profile, guide, on))


def _waits_for(profile: Profile, guide: Guide, on: date) -> str:
    pending = next_pending(State(profile), guide, on)
    if pending is None:
        return NOTHING
    return {PendingKind.TOPICS: TOPICS, PendingKind.PREMISES: PREMISES}.get(pending.kind, pending.attribute)


def failures_of(case: Case, guide: Guide) -> tuple[Problem, ...]:
    """What does not come out as written, each at its place with the reason."""
    return tuple(_failures(case, outcome_of(case.profile, case.on, guide), guide))


def _failures(case: Case, outcome: Outcome, guide: Guide) -> Iterator[Problem]:
    for wanted in case.expectations:
        got = value_of(wanted, outcome)
        if _is_met(wanted, got):
            continue
        subject = f"{wanted.clause} " if wanted.clause else ""
        what = f"{subject}{say_wanted(wanted.aspect, wanted.value, got, guide)}"
        reason = _why(wanted, outcome, guide)
        yield wanted.place.problem(f"用例「{case.name}」", what, f"原因：{reason}" if reason else "")


def _is_met(wanted: Expectation, got: Wanted) -> bool:
    if wanted.aspect is Aspect.BECAUSE:
        return isinstance(got, str) and str(wanted.value) in got
    return got == wanted.value


def value_of(wanted: Expectation, outcome: Outcome) -> Wanted:
    """What came of the thing that is expected."""
    match wanted.aspect:
        case Aspect.STANDING | Aspect.AVAILABILITY:
            return str(getattr(outcome.verdicts[wanted.clause], wanted.aspect.value))
        case Aspect.EXACT | Aspect.LOW | Aspect.HIGH:
            found: Wanted = getattr(outcome.verdicts[wanted.clause].amount, wanted.aspect.value)
            return found
        case Aspect.FIXED:
            return outcome.plan.fixed_total
        case Aspect.CEILING:
            return outcome.plan.ceiling_total
        case Aspect.CHOSEN:
            return frozenset(chosen.clause.id for chosen in outcome.plan.chosen)
        case Aspect.EXCLUDED | Aspect.BECAUSE | Aspect.INSTEAD_OF:
            return _of_left_out(wanted.aspect, outcome.left_out(wanted.clause))
        case Aspect.WAITS_FOR:
            return outcome.waits_for
        case _ as unreachable:
            assert_never(unreachable)


def _of_left_out(aspect: Aspect, left: LeftOut | None) -> Wanted:
    if aspect is Aspect.EXCLUDED:
        return left is not None
    if left is None:
        return None
    if aspect is Aspect.BECAUSE:
        return left.because
    return None if left.instead_of is None else left.instead_of.id


def _why(wanted: Expectation, outcome: Outcome, guide: Guide) -> str:
    if wanted.aspect is Aspect.WAITS_FOR:
        return why_not_asked(wanted.value, outcome.verdicts.values(), guide)
    if (verdict := outcome.verdicts.get(wanted.clause)) is None:
        return why_total(outcome.plan)
    match wanted.aspect:
        case Aspect.STANDING:
            return why_standing(verdict)
        case Aspect.AVAILABILITY:
            return why_availability(verdict, outcome.on)
        case Aspect.EXACT | Aspect.LOW | Aspect.HIGH:
            return why_sum(verdict, outcome.profile, outcome.on)
        case Aspect.EXCLUDED | Aspect.BECAUSE | Aspect.INSTEAD_OF:
            return _why_left_out(wanted.aspect, verdict, outcome)
        case _:
            return why_total(outcome.plan)


def _why_left_out(aspect: Aspect, verdict: Verdict, outcome: Outcome) -> str:
    if (left := outcome.left_out(verdict.clause.id)) is not None:
        return "" if aspect is Aspect.BECAUSE else left.because
    is_counted = verdict.clause in [chosen.clause for chosen in outcome.plan.chosen]
    return why_total(outcome.plan) if is_counted else why_standing(verdict)
