"""What two contents say of the same enterprises, and where they differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.batch.matching import yuan_json
from bot.batch.tables import STANDINGS, STATES
from bot.cases.judging import Outcome, outcome_of
from bot.cases.sayings import QUESTIONS
from bot.changes.subjects import Subject
from bot.dialog.flows import Guide
from bot.policy.matching import Standing, Verdict
from bot.policy.money import format_yuan
from bot.rendering.sentences import say_gain

ABSENT = "没有这一条"


class Respect(StrEnum):
    """In what an outcome may differ; the first three are of a clause, the others of the whole."""

    VERDICT = "verdict"
    AVAILABILITY = "availability"
    AMOUNT = "amount"
    FIXED_TOTAL = "fixed_total"
    CEILING_TOTAL = "ceiling_total"
    NEXT_QUESTION = "next_question"


@dataclass(frozen=True, slots=True)
class Told:
    """One value: in words, and as a machine reads it."""

    words: str
    value: object


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same for one enterprise; `clause` is empty when it is of the whole."""

    subject: str
    clause: str
    respect: Respect
    old: Told
    new: Told


def compare_outcomes(subjects: Iterable[Subject], old: Guide, new: Guide) -> tuple[Difference, ...]:
    """Every difference, in the order of the subjects."""
    return tuple(difference for subject in subjects for difference in _of_subject(subject, old, new))


def _of_subject(subject: Subject, old: Guide, new: Guide) -> Iterator[Difference]:
    was = outcome_of(subject.profile(old.knowledge.attributes), subject.on, old)
    now = outcome_of(subject.profile(new.knowledge.attributes), subject.on, new)
    for name in dict.fromkeys((*now.verdicts, *was.verdicts)):
        for respect, before, after in _of_clause(was.verdicts.get(name), now.verdicts.get(name)):
            yield Difference(subject.name, name, respect, before, after)
    for respect, before, after in _of_whole(was, now, (old, new)):
        if before.value != after.value:
            yield Difference(subject.name, "", respect, before, after)


def _of_clause(was: Verdict | None, now: Verdict | None) -> Iterator[tuple[Respect, Told, Told]]:
    if was is None or now is None:
        found = was or now
        if found is not None and found.standing is not Standing.NOT_ELIGIBLE:
            yield Respect.VERDICT, _standing(was), _standing(now)
        return
    if was.standing is not now.standing:
        yield Respect.VERDICT, _standing(was), _standing(now)
    if was.availability is not now.availability:
        yield Respect.AVAILABILITY, _availability(was), _availability(now)
    is_out = Standing.NOT_ELIGIBLE in (was.standing, now.standing)
    if not is_out and was.amount != now.amount:
        yield Respect.AMOUNT, _amount(was), _amount(now)


def _standing(verdict: Verdict | None) -> Told:
    return Told(ABSENT, None) if verdict is None else Told(STANDINGS[verdict.standing], verdict.standing.value)


def _availability(verdict: Verdict) -> Told:
    return Told(STATES[verdict.availability], verdict.availability.value)


def _amount(verdict: Verdict) -> Told:
    amount = verdict.amount
    exact, low, high = (yuan_json(yuan) for yuan in (amount.exact, amount.low, amount.high))
    return Told(say_gain(verdict.clause.benefit, amount), {"exact": exact, "min": low, "max": high})


def _of_whole(was: Outcome, now: Outcome, guides: tuple[Guide, Guide]) -> Iterator[tuple[Respect, Told, Told]]:
    yield Respect.FIXED_TOTAL, _yuan(was.plan.fixed_total), _yuan(now.plan.fixed_total)
    yield Respect.CEILING_TOTAL, _yuan(was.plan.ceiling_total), _yuan(now.plan.ceiling_total)
    yield Respect.NEXT_QUESTION, _question(was.waits_for, guides[0]), _question(now.waits_for, guides[1])


def _yuan(yuan: Decimal) -> Told:
    return Told(format_yuan(yuan), yuan_json(yuan))


def _question(name: str, guide: Guide) -> Told:
    attribute = guide.knowledge.attributes.get(name)
    return Told(attribute.label if attribute else QUESTIONS.get(name, name), name)
