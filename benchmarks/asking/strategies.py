"""Ways to go about asking one enterprise, each with the number of questions that it takes to a settled result."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

from benchmarks.asking.answering import answered, told
from benchmarks.asking.companies import Company
from bot.dialog.deciding import next_pending, open_questions, worths_of
from bot.dialog.flows import Guide, Topic
from bot.dialog.state import Pending, PendingKind, State
from bot.policy.attributes import AttributeType

MOST = 200
"""No enterprise is asked so many questions: beyond, something goes round in circles."""
Strategy = Callable[[Company, Guide, date], int]
Chooser = Callable[[State, Guide, date], Pending | None]


def ours(company: Company, guide: Guide, on: date) -> int:
    """As the dialog asks."""
    return _count(company, guide, on, by_value)


def ours_of_one_who_says_all(company: Company, guide: Guide, on: date) -> int:
    """As the dialog asks somebody who leaves nothing to be asked about after a pick, as on a form."""
    return ours(replace(company, says_all=True), guide, on)


def at_random(company: Company, guide: Guide, on: date, random: Random) -> int:
    """Any of the questions that can change something, core or not."""

    def choose(state: State, guide: Guide, on: date) -> Pending | None:
        left = still_open(state, guide, on)
        return random.choice(left) if left else None

    return _count(company, guide, on, choose)


def whole_form(company: Company, guide: Guide, _: date) -> int:
    """A questionnaire from its beginning to its end: all but the topics that were denied."""
    return sum(1 for _ in form(company, guide))


def form_until_settled(company: Company, guide: Guide, on: date) -> int:
    """The questionnaire, given up as soon as nothing on it can change anything any more."""
    return _fill_in(company, guide, on, skips=False)


def form_without_idle(company: Company, guide: Guide, on: date) -> int:
    """The questionnaire, without the questions that can change nothing when their turn comes."""
    return _fill_in(company, guide, on, skips=True)


def by_value(state: State, guide: Guide, on: date) -> Pending | None:
    """What the dialog asks next."""
    return next_pending(state, guide, on)


def still_open(state: State, guide: Guide, on: date) -> tuple[Pending, ...]:
    """The questions that can still change something."""
    return open_questions(state, guide.matcher.match(state.profile, on), worths_of(state.profile, guide, on), guide, on)


def _count(company: Company, guide: Guide, on: date, choose: Chooser) -> int:
    state = State()
    for asked in range(MOST):
        pending = state.pending or choose(state, guide, on)
        if pending is None:
            return asked
        state = answered(state, pending, company, guide)
    raise RuntimeError(f"more than {MOST} questions: {company}")


def form(company: Company, guide: Guide) -> Iterator[Pending]:
    """The questions of the flow in staff's order: core, direct, topics, what is in the topics, premises."""
    flow = guide.flow
    for name in (*flow.core, *flow.direct):
        yield Pending(PendingKind.QUESTION, name)
    yield Pending(PendingKind.TOPICS, flow.topics[0].attributes[0], tuple(topic.id for topic in flow.topics))
    asked: set[str] = set()
    for topic in flow.topics:
        if topic.id in company.topics:
            yield from _of_topic(topic, asked, guide)
            asked |= set(topic.attributes)
    yield Pending(PendingKind.PREMISES, next(iter(flow.premises)))


def _of_topic(topic: Topic, asked: set[str], guide: Guide) -> Iterator[Pending]:
    """Its yes/no attributes in one question where the flow has one, the others one by one."""
    attributes = guide.knowledge.attributes
    joint = tuple(n for n in topic.attributes if topic.together and attributes[n].type is AttributeType.BOOL)
    if joint:
        yield Pending(PendingKind.TOGETHER, joint[0], joint)
    for name in topic.attributes:
        if name not in joint and name not in asked:
            yield Pending(PendingKind.QUESTION, name)


def _fill_in(company: Company, guide: Guide, on: date, *, skips: bool) -> int:
    state, count = State(), 0
    for pending in form(company, guide):
        left = still_open(state, guide, on)
        if not left:
            break
        if not skips or _is_of_use(pending, left):
            count += 1
        state = _filled(state, pending, company, guide)
    return count


def _is_of_use(pending: Pending, left: tuple[Pending, ...]) -> bool:
    if pending.kind in (PendingKind.TOPICS, PendingKind.PREMISES):
        return any(other.kind is pending.kind for other in left)
    asked = {pending.attribute, *pending.options}
    return any(asked & {other.attribute, *other.options} for other in left)


def _filled(state: State, pending: Pending, company: Company, guide: Guide) -> State:
    """On a form everything is stated at once: what is not ticked does not apply."""
    match pending.kind:
        case PendingKind.TOPICS:
            return replace(state, topics=company.topics, passed_topics=frozenset(pending.options) - company.topics)
        case PendingKind.TOGETHER:
            return told(state, pending.options, company)
        case PendingKind.PREMISES:
            return told(state, guide.flow.premises, company)
        case _:
            return told(state, (pending.attribute,), company)
