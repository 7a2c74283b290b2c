"""What each command does."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.dialog.acts import Act, ExplainQuestion, Notice, SetDay, ShowProfile, Tell
from bot.dialog.asking import asked_together, is_askable
from bot.dialog.deciding import next_pending, passed_attributes
from bot.dialog.directions import directions_for
from bot.dialog.firming import firm_up
from bot.dialog.flows import Guide
from bot.dialog.handing_off import hand_off
from bot.dialog.moves import Moment, Move, Then, some_of
from bot.dialog.result_acts import ShowProof
from bot.dialog.results import build_result, page_of
from bot.dialog.staking import stake_of
from bot.dialog.state import Pending, PendingKind, State, Step, Supposed
from bot.dialog.tracking import record_facts, steps_from
from bot.policy.money import Interval
from bot.understanding.meaning import Intent

Handler = Callable[[State, Moment], Move]


def obey(state: State, moment: Moment) -> Move | None:
    """What the command of the text does; None when it has none that is obeyed here."""
    handler = HANDLERS.get(moment.meaning.command.intent)
    return None if handler is None else handler(state, moment)


def show_result(state: State, moment: Moment, *, page: int = 1, is_final: bool = False) -> Move:
    """A page of the result; the pending question comes back after it."""
    guide = moment.guide
    result = build_result(state.profile, guide, moment.on, passed=passed_attributes(state, guide))
    last = result.pages(guide.flow.page_size)
    if page > last:
        return Move(state, (Tell(Notice.NO_MORE_PAGES),), Then.REPEAT)
    is_known_enough = is_final or next_pending(state, guide, moment.on) is None
    directions = directions_for(state.profile, state.subject, guide, moment.on)
    act = page_of(result, page, guide, is_known_enough=is_known_enough, directions=directions)
    shown = tuple(item.verdict.clause.id for item in result.items)
    state = replace(state, shown=shown, page=page, shown_on=moment.on, result_seen=state.last_seen)
    state = replace(state, shown_version=guide.knowledge.version)
    firmer = firm_up(state, result, guide) if page == 1 and not is_final else None
    acts: tuple[Act, ...] = (act,) if firmer is None else (act, firmer)
    return Move(state, acts, Then.STOP if is_final else Then.REPEAT)


def restart(state: State) -> State:
    """A fresh conversation of somebody who was greeted already; the old answers are set aside for an undo."""
    set_aside = state.profile if state.profile.values else state.set_aside
    return State(
        is_greeted=True,
        last_seen=state.last_seen,
        set_aside=set_aside,
        company=state.company.partition("（")[0],
        companies=state.companies,
    )


def _results(state: State, moment: Moment) -> Move:
    return show_result(state, moment)


def _more(state: State, moment: Moment) -> Move:
    moment = replace(moment, on=state.shown_on or moment.on)
    if state.shown and state.shown_version != moment.guide.knowledge.version:
        anew = show_result(state, moment)
        return replace(anew, acts=(Tell(Notice.RESULT_CHANGED), *anew.acts))
    return show_result(state, moment, page=state.page + 1)


def _restart(state: State, _: Moment) -> Move:
    if not state.profile.values and not state.declined:
        return Move(restart(state), (Tell(Notice.RESTARTED),))
    return Move(_confirming(state, PendingKind.CONFIRM_RESTART), then=Then.ASK)


def _undo_restart(state: State, _: Moment) -> Move:
    if state.set_aside is None:
        return Move(state, (Tell(Notice.NOTHING_TO_RESTORE),), Then.REPEAT)
    back = replace(restart(state), profile=state.set_aside, set_aside=None)
    return Move(back, (Tell(Notice.RESTORED),))


def _back(state: State, moment: Moment) -> Move:
    steps = list(state.steps)
    while steps and not leads_back(steps[-1], state, moment.guide):
        steps.pop()
    if not steps:
        return Move(state, (Tell(Notice.NOTHING_BEFORE),), Then.REPEAT)
    step = steps.pop()
    state = replace(
        state,
        profile=step.profile,
        declined=step.declined,
        pending=step.pending,
        steps=tuple(steps),
        topics=step.topics,
        passed_topics=step.passed_topics,
    )
    return Move(state, (Tell(Notice.BACK),), Then.NEXT if step.pending is None else Then.ASK)


def leads_back(step: Step, state: State, guide: Guide) -> bool:
    """Whether the content still has the question of the step."""
    before = replace(state, profile=step.profile, declined=step.declined)
    return step.pending is None or is_askable(step.pending, before, guide)


def decline(state: State, guide: Guide) -> Move:
    """Leave the pending question open: it is not asked again, and nothing is assumed."""
    pending = state.pending
    if pending is None:
        return Move(state)
    state = replace(state, steps=steps_from(state), pending=None)
    match pending.kind:
        case PendingKind.TOPICS:
            every = frozenset(topic.id for topic in guide.flow.topics)
            return Move(replace(state, topics=state.topics or frozenset(), passed_topics=every))
        case PendingKind.TOGETHER:
            names = asked_together(pending, guide)
            state, record = record_facts(state, (), names, guide)
            return Move(replace(state, declined=state.declined | set(names)), some_of(record))
        case PendingKind.PREMISES:
            open_now = guide.flow.premises.keys() - state.profile.values.keys()
            return Move(replace(state, declined=state.declined | open_now))
        case PendingKind.QUESTION:
            return _decline_question(pending.attribute, state, guide)
        case PendingKind.CONFIRM_DELETE | PendingKind.CONFIRM_RESTART:
            return Move(state)
        case _ as unreachable:
            assert_never(unreachable)


def _decline_question(name: str, state: State, guide: Guide) -> Move:
    declined, known = state.declined | {name}, state.profile.values.get(name)
    if isinstance(known, Interval):  # on which side of a line it lies is not asked again
        return Move(replace(state, declined=declined))
    if known is not None:
        return Move(state, (Tell(Notice.UNCHANGED),))
    state, record = record_facts(state, (), (name,), guide)
    return Move(replace(state, declined=declined), some_of(record))


def _skip(state: State, moment: Moment) -> Move:
    return decline(state, moment.guide)


def _help(state: State, _: Moment) -> Move:
    return Move(state, (Tell(Notice.HELP),), Then.REPEAT)


def _show_profile(state: State, moment: Moment) -> Move:
    attributes = moment.guide.knowledge.attributes
    known = tuple((attributes[name], value) for name, value in state.profile.values.items())
    unknown = tuple(
        attributes[name] for name in sorted(state.declined - state.profile.values.keys()) if name in attributes
    )
    return Move(state, (ShowProfile(known, unknown),), Then.REPEAT)


def _delete(state: State, _: Moment) -> Move:
    return Move(_confirming(state, PendingKind.CONFIRM_DELETE), then=Then.ASK)


def _confirming(state: State, kind: PendingKind) -> State:
    """The state that waits for a yes, and keeps the question about one attribute that this interrupts."""
    before = state.pending
    name = before.attribute if before is not None and before.kind is PendingKind.QUESTION else ""
    return replace(state, pending=Pending(kind, name))


def _why(state: State, moment: Moment) -> Move:
    pending = state.pending
    if pending is None or pending.kind not in (PendingKind.QUESTION, PendingKind.TOGETHER):
        return Move(state, (Tell(Notice.HELP),), Then.REPEAT)
    question = moment.guide.question(pending.attribute)
    stake = stake_of(pending, state, moment.guide, moment.on)
    return Move(state, (ExplainQuestion(question, stake),), Then.REPEAT)


def _change(state: State, moment: Moment) -> Move:
    slot = moment.meaning.command.slot
    if slot is None or slot not in moment.guide.lexicon.questions:
        return _show_profile(state, moment)
    pending = Pending(PendingKind.QUESTION, slot)
    return Move(replace(state, steps=steps_from(state), pending=pending), then=Then.ASK)


def _proof(state: State, moment: Moment) -> Move:
    return prove(state, moment, moment.meaning.command.number or 1)


def prove(state: State, moment: Moment, number: int) -> Move:
    """The proof of the policy with this number in the result last shown."""
    if not 0 < number <= len(state.shown):
        return Move(state, (Tell(Notice.NO_SUCH_ITEM),), Then.REPEAT)
    clause = moment.guide.knowledge.by_id.get(state.shown[number - 1])
    if clause is None:
        return Move(state, (Tell(Notice.ITEM_CHANGED),), Then.REPEAT)
    on = state.shown_on or moment.on
    return Move(state, (ShowProof(number, moment.guide.judge(clause, state.profile, on), on),), Then.REPEAT)


def _as_of(state: State, moment: Moment) -> Move:
    answer = moment.meaning.command.answer
    day = answer.value if answer is not None else None
    if not isinstance(day, date):
        return Move(state, (Tell(Notice.HELP),), Then.REPEAT)
    before = state.supposed
    shown = show_result(replace(state, supposed=Supposed(on=day, base=day)), replace(moment, on=day))
    left_out = () if before is None or not before.values.values else (Tell(Notice.NOT_SUPPOSED),)
    return replace(shown, acts=(SetDay(day), *left_out, *shown.acts))


def _continue(state: State, _: Moment) -> Move:
    return Move(state, (), Then.REPEAT if state.pending is not None else Then.NEXT)


def _greet(state: State, _: Moment) -> Move:
    return Move(state, (Tell(Notice.GREET),), Then.REPEAT)


def _thanks(state: State, _: Moment) -> Move:
    return Move(state, (Tell(Notice.THANKS),), Then.REPEAT)


def _bye(state: State, _: Moment) -> Move:
    return Move(state, (Tell(Notice.BYE),), Then.STOP)


HANDLERS: Mapping[Intent, Handler] = {
    Intent.RESTART: _restart,
    Intent.BACK: _back,
    Intent.SKIP: _skip,
    Intent.HELP: _help,
    Intent.HUMAN: hand_off,
    Intent.SHOW_PROFILE: _show_profile,
    Intent.DELETE_DATA: _delete,
    Intent.CHANGE_ANSWER: _change,
    Intent.RESULTS: _results,
    Intent.GREET: _greet,
    Intent.THANKS: _thanks,
    Intent.BYE: _bye,
    Intent.WHY: _why,
    Intent.MORE: _more,
    Intent.UNDO_RESTART: _undo_restart,
    Intent.PROOF: _proof,
    Intent.AS_OF: _as_of,
    Intent.CONTINUE: _continue,
}
