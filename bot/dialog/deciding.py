"""Which question comes next: the core ones first, then the one that decides most, none when nothing is left."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.dialog.flows import Guide, Topic
from bot.dialog.lines import capped_by, lines_of, ranged_in
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.valuing import Share, Valuer, Worth
from bot.policy.attributes import AttributeType, Profile
from bot.policy.availability import Availability
from bot.policy.clauses import Combining
from bot.policy.conditions import AllOf, AnyOf, Finding, Not, Requirement, Unclear, evaluate
from bot.policy.matching import Standing, Verdict
from bot.policy.truth import Truth

WEIGHTS = {
    Availability.OPEN: Decimal(1),
    Availability.UNCONFIRMED: Decimal("0.3"),
    Availability.DRAFT: Decimal("0.2"),
    Availability.CLOSED: Decimal(0),
}
NO_FIGURE_WORTH = Decimal(50_000)
"""What a clause without a figure weighs when questions are ranked, in yuan; it is never shown."""


def worths(verdicts: Sequence[Verdict], profile: Profile, rules: Combining, on: date) -> dict[str, Worth]:
    """Every attribute that still decides something, of a clause or of how clauses combine, with its worth."""
    touched: dict[str, list[Share]] = {}
    ranged = ranged_in(profile)
    counted = [verdict for verdict in verdicts if WEIGHTS[verdict.availability]]
    for verdict in counted:
        names = verdict.undecided | _other_awards(verdict, profile, rules) if rules.better_of else verdict.undecided
        if ranged:
            names |= {line.attribute for line in capped_by(verdict, profile, on)}
        if names:
            share = _share_of(verdict)
            for name in names:
                touched.setdefault(name, []).append(share)
    lines = lines_of(counted, profile, on) if ranged else {}
    # in an order of their own, else equal ones would stand in another order in every process
    return {name: Worth(name, tuple(touched[name]), lines.get(name)) for name in sorted(touched)}


def _share_of(verdict: Verdict) -> Share:
    highest = verdict.prospect.high
    return Share(verdict, WEIGHTS[verdict.availability] * (NO_FIGURE_WORTH if highest is None else highest))


def worths_of(profile: Profile, guide: Guide, on: date) -> Mapping[str, Worth]:
    """Every attribute that still decides something for an enterprise, with its worth."""

    def make() -> Mapping[str, Worth]:
        return worths(guide.matcher.match(profile, on), profile, guide.knowledge.combining, on)

    return guide.remembered((worths_of, profile, on), make)


def _other_awards(verdict: Verdict, profile: Profile, rules: Combining) -> frozenset[str]:
    """The awards for the same project that would take the place of a clause which can be claimed, if there were any."""
    if not verdict.is_open or not (verdict.standing is Standing.ELIGIBLE or verdict.waits_for_premises_only):
        return frozenset()
    names = [rule.attribute.name for rule in rules.better_of if verdict.clause.id in rule.clauses]
    return frozenset(names) - profile.values.keys()


def failing(finding: Finding) -> tuple[str, ...]:
    """The conditions, in words, that make a finding false; an alternative counts as one."""
    if finding.truth is not Truth.FALSE:
        return ()
    match finding.condition:
        case Requirement(_, _, say) | Not(_, say):
            return (say,)
        case AnyOf():
            return (" 或 ".join(dict.fromkeys(_failing_in(finding.parts))),)
        case AllOf():
            return tuple(_failing_in(finding.parts))
        case Unclear():
            return ()
        case _ as unreachable:
            assert_never(unreachable)


def _failing_in(parts: Iterable[Finding]) -> Iterator[str]:
    return (say for part in parts for say in failing(part))


def failing_of(verdict: Verdict) -> tuple[str, ...]:
    """The conditions, in words, that keep an enterprise from a clause; if its document does not cover it, only that."""
    policy = verdict.clause.policy
    if verdict.finding.parts[0].truth is Truth.FALSE and policy.scope_say:
        return (policy.scope_say,)
    return tuple(dict.fromkeys(failing(verdict.finding)))


def passed_attributes(state: State, guide: Guide) -> frozenset[str]:
    """The attributes of the topics of which the enterprise said that they do not apply."""
    known = state.profile.values.keys()
    passed = (topic for topic in guide.flow.topics if topic.id in state.passed_topics)
    return frozenset(n for topic in passed if not guide.flow.own_attributes(topic) & known for n in topic.attributes)


def next_pending(state: State, guide: Guide, on: date) -> Pending | None:
    """What to ask next, or None when no answer can change the result."""

    def make() -> Pending | None:
        verdicts = guide.matcher.match(state.profile, on)
        return choose_pending(state, verdicts, worths_of(state.profile, guide, on), guide, on)

    key = (next_pending, state.profile, state.declined, state.topics, state.passed_topics, on)
    return guide.remembered(key, make)


def choose_pending(
    state: State, verdicts: Sequence[Verdict], worth: Mapping[str, Worth], guide: Guide, on: date
) -> Pending | None:
    """What to ask next, where it is known already what the verdicts leave to decide."""
    first = next(iter(_core_left(state, verdicts, guide)), None) or _assumed_attribute(state, verdicts, guide, on)
    if first is not None:
        return Pending(PendingKind.QUESTION, first)
    closed = closed_attributes(state, verdicts, guide)
    worth = {name: each for name, each in worth.items() if name not in closed}
    topics = open_topics(state, worth, guide)
    if state.topics is None and topics is not None:
        return topics
    if askable := _askable(worth, verdicts, state, guide):
        return _best(askable, Valuer(guide, state.profile, on, state.declined))
    return topics or _premises(worth, guide)


def open_questions(
    state: State, verdicts: Sequence[Verdict], worth: Mapping[str, Worth], guide: Guide, on: date
) -> tuple[Pending, ...]:
    """Every question whose answer can still change something, whichever is the best one."""
    names = [*_core_left(state, verdicts, guide), _assumed_attribute(state, verdicts, guide, on)]
    closed = closed_attributes(state, verdicts, guide)
    worth = {name: each for name, each in worth.items() if name not in closed}
    askable = _askable(worth, verdicts, state, guide)
    joint = _joint_questions(askable, guide)
    single = (*names, *(name for name in askable if name not in joint and name not in names))
    asked = (Pending(PendingKind.QUESTION, name) for name in single if name is not None)
    others = (*dict.fromkeys(joint.values()), open_topics(state, worth, guide), _premises(worth, guide))
    return (*asked, *(pending for pending in others if pending is not None))


def _askable(
    worth: Mapping[str, Worth], verdicts: Sequence[Verdict], state: State, guide: Guide
) -> Mapping[str, Worth]:
    """What may be asked by itself or jointly: premises aside, what belongs to a topic that is known to matter."""
    premises = guide.flow.premises
    return {n: w for n, w in worth.items() if n not in premises and _may_ask(n, verdicts, state, guide)}


def closed_attributes(state: State, verdicts: Iterable[Verdict], guide: Guide) -> frozenset[str]:
    """The attributes that are not asked for any more: those declined, and what matters only beside them."""
    return state.declined | _held_up(verdicts, state, guide)


def _held_up(verdicts: Iterable[Verdict], state: State, guide: Guide) -> frozenset[str]:
    """The sums and the like that matter only to clauses whose yes or no was declined: they are not worth a question."""
    attributes, flow = guide.knowledge.attributes, guide.flow
    yes_no = {n for n in state.declined - flow.premises.keys() if attributes[n].type is AttributeType.BOOL}
    if not yes_no:
        return frozenset()
    waiting: set[str] = set()
    free = {*flow.core, *flow.direct, *flow.premises}
    for verdict in (v for v in verdicts if v.undecided and WEIGHTS[v.availability]):
        is_held_up = not yes_no.isdisjoint(verdict.unknowns) and not yes_no.isdisjoint(_indispensable(verdict.finding))
        (waiting if is_held_up else free).update(verdict.undecided)
    return frozenset(n for n in waiting - free if attributes[n].type is not AttributeType.BOOL)


def _indispensable(finding: Finding) -> frozenset[str]:
    """The open attributes without which a finding can't hold: those in an alternative are not among them."""
    if finding.truth is not Truth.UNKNOWN or isinstance(finding.condition, AnyOf | Not):
        return frozenset()
    if isinstance(finding.condition, Requirement):
        return frozenset({finding.condition.attribute.name})
    return frozenset(name for part in finding.parts for name in _indispensable(part))


def _core_left(state: State, verdicts: Sequence[Verdict], guide: Guide) -> list[str]:
    """What staff put first, as far as it is open; what nothing depends on, not even what is closed, is left out."""
    settled = state.profile.values.keys() | state.declined
    left = [name for name in guide.flow.core if name not in settled]
    undecided = frozenset().union(*(verdict.undecided for verdict in verdicts)) if left else frozenset()
    return [name for name in left if name in undecided]


def _best(askable: Mapping[str, Worth], valuer: Valuer) -> Pending:
    """The question that is expected to settle most; of equal ones the first in the order of the flow."""
    single = {name: valuer.gain(each) for name, each in askable.items()}
    gains = dict(single)
    joint = _joint_questions(askable, valuer.guide)
    for pending in joint.values():
        gains |= dict.fromkeys(pending.options, sum(single[name] for name in pending.options))
    order = [name for topic in valuer.guide.flow.topics for name in topic.attributes]
    best = max(gains, key=lambda name: (gains[name], -order.index(name) if name in order else 1))
    return joint.get(best) or Pending(PendingKind.QUESTION, best)


def _joint_questions(askable: Mapping[str, Worth], guide: Guide) -> dict[str, Pending]:
    """For each attribute of a topic that has a joint question to ask: that question goes before it."""
    joint: dict[str, Pending] = {}
    for topic in guide.flow.topics:
        if (pending := _joint(topic, askable, guide)) is not None:
            joint |= dict.fromkeys(topic.attributes, pending)
    return joint


def _joint(topic: Topic, worth: Mapping[str, Worth], guide: Guide) -> Pending | None:
    """The joint question of a topic, where two or more of its yes/no attributes are open."""
    if not topic.together:
        return None
    yes_no = (n for n in topic.attributes if guide.knowledge.attributes[n].type is AttributeType.BOOL)
    names = tuple(name for name in yes_no if name in worth)
    return Pending(PendingKind.TOGETHER, names[0], names) if len(names) > 1 else None


def _premises(worth: Mapping[str, Worth], guide: Guide) -> Pending | None:
    first = next((name for name in guide.flow.premises if name in worth), None)
    return None if first is None else Pending(PendingKind.PREMISES, first)


def open_topics(state: State, worth: Mapping[str, Worth], guide: Guide) -> Pending | None:
    """The question about the topics that are left: they decide something, and nothing is known or chosen of them.

    The first time, those that decide something in force come alone.
    """
    known, flow = state.profile.values.keys(), guide.flow
    unsettled = (topic for topic in flow.topics if topic.id not in state.settled_topics)
    left = [t for t in unsettled if worth.keys() & set(t.attributes) and not flow.own_attributes(t) & known]
    if state.topics is None:
        in_force = [t for t in left if any(worth[n].is_in_force for n in t.attributes if n in worth)]
        left = in_force or left
    return about_topics(left) if left else None


def about_topics(topics: Sequence[Topic]) -> Pending:
    """The question that asks which of these topics apply."""
    return Pending(PendingKind.TOPICS, topics[0].attributes[0], tuple(topic.id for topic in topics))


def _is_covered(verdict: Verdict) -> bool:
    return verdict.finding.parts[0].truth is not Truth.FALSE


def _assumed_attribute(state: State, verdicts: Sequence[Verdict], guide: Guide, on: date) -> str | None:
    """A direct attribute that another one stands in for, and that would open something in force if it were wider."""
    refused = {v.clause.policy.id: v.clause.policy for v in verdicts if v.is_open and not _is_covered(v)}.values()
    for name in guide.flow.direct:
        attribute = guide.knowledge.attributes[name]
        if attribute.default_from in state.profile.values and name not in {*state.profile.values, *state.declined}:
            wider = state.profile.with_value(name, frozenset(attribute.values))
            if any(evaluate(policy.scope, wider, on).truth is not Truth.FALSE for policy in refused):
                return name
    return None


def _may_ask(name: str, verdicts: Sequence[Verdict], state: State, guide: Guide) -> bool:
    """Whether an attribute is asked for: when its topic is known to matter; a direct one when it decides alone."""
    if name not in guide.flow.direct:
        return _is_chosen(name, state, guide)
    undecided_with = (v.undecided for v in verdicts if WEIGHTS[v.availability])
    return any(
        name in names
        and all(n in guide.flow.premises or n in guide.flow.direct or _is_chosen(n, state, guide) for n in names)
        for names in undecided_with
    )


def _is_chosen(name: str, state: State, guide: Guide) -> bool:
    """Whether a topic of the attribute was picked, or something is known that belongs to this topic alone."""
    topics = [topic for topic in guide.flow.topics if name in topic.attributes]
    chosen, known = state.topics or frozenset(), state.profile.values.keys()
    return any(topic.id in chosen or guide.flow.own_attributes(topic) & known for topic in topics)
