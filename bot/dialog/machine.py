"""One turn of the dialog, pure: what is known is tracked, matched, planned with, and the next act decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.dialog.about_policy import asks_of_applying, is_about_policy
from bot.dialog.acts import Act, Clarify, Notice, Tell, Welcome, WelcomeBack, noted_in
from bot.dialog.answer_acts import subject_of
from bot.dialog.asked import wants_to_know
from bot.dialog.asking import ask, asked_together, question_of
from bot.dialog.cancelling import cancel
from bot.dialog.clarifying import clarify, clarify_place, explain_asked, what_is_meant
from bot.dialog.commands import obey, show_result
from bot.dialog.companies import as_own, hear_name, offer_company, take_company, turn_back, with_name
from bot.dialog.consequences import with_consequences
from bot.dialog.contradictions import ask_which, asked_again, settle
from bot.dialog.currency import brought_up_to_date, is_outdated
from bot.dialog.deciding import next_pending, worths_of
from bot.dialog.exporting import export
from bot.dialog.flows import Guide
from bot.dialog.follow_ups import hear_follow_up, hear_late_answer, hear_of_topic
from bot.dialog.going_back import go_back
from bot.dialog.handing_off import told_of
from bot.dialog.hearing import ask_anew, confirm, interrupted, not_understood, pick, pick_item, set_apart, state_facts
from bot.dialog.joint import answer_joint_question
from bot.dialog.kept_questions import tell_kept
from bot.dialog.leaving_out import leave_out
from bot.dialog.moves import Handler, Moment, Move, Then, first_of
from bot.dialog.narrowing import in_its_year, without_late_date
from bot.dialog.nothing import ask_what_nothing, take_nothing
from bot.dialog.offers import take_way
from bot.dialog.overheard import without_overheard
from bot.dialog.paging import turn_page
from bot.dialog.progress import tell_how_many_left
from bot.dialog.remarks import answer_question, answer_unmarked, courtesy, refuse_orders
from bot.dialog.repeating import spelled_out
from bot.dialog.reporting import summarise
from bot.dialog.returning import offer_to_go_on, welcome_back
from bot.dialog.saying_again import echoed, remembered, say_again
from bot.dialog.short_words import in_words
from bot.dialog.shown_items import answer_about_item, item_of
from bot.dialog.side_by_side import compare_items
from bot.dialog.staking import stake_of
from bot.dialog.state import PendingKind, State
from bot.dialog.stopping import stop_asking
from bot.dialog.supposing import still_supposed, suppose
from bot.dialog.taking_back import take_back_sum
from bot.dialog.tracking import last_answered, recent_sums
from bot.dialog.turning import turn_by_name, with_first_calling
from bot.dialog.untold import ask_for_untold, place_sum
from bot.dialog.vague_sums import ask_which_of_topic, leave_vague, without_vague
from bot.dialog.valuing import Worth
from bot.dialog.wordless import hear_wordless
from bot.messages import Form
from bot.understanding.meaning import Command, Earlier, Intent, Understanding
from bot.understanding.reading import read
from bot.understanding.text import normalize

COURTESIES = frozenset({Intent.GREET, Intent.THANKS, Intent.BYE})
"""Commands that give way to whatever else the same text says."""
ANSWERS = frozenset({Intent.SKIP, Intent.WHY, Intent.CONTINUE})
"""Commands that speak of the question that was shown."""

PERPLEXED = frozenset({Intent.SKIP, Intent.HELP})
"""Commands that give way to the question what is meant (不明白什么意思)."""


@dataclass(frozen=True, slots=True)
class Transition:
    """What a turn leads to: the new state and what is done. `forget` removes all that is kept of the conversation."""

    state: State
    acts: tuple[Act, ...]
    forget: bool = False


def advance(state: State, text: str, now: datetime, guide: Guide, form: Form = Form.TEXT) -> Transition:
    """The turn that a message leads to. The result is that of the day of `now`, unless another day was asked for."""
    opening = _opening(state, now, guide)
    outdated = state.asked if is_outdated(state, guide) else None
    state = replace(
        brought_up_to_date(state, guide), is_greeted=True, last_seen=now, content_version=guide.knowledge.version
    )
    if form is not Form.TEXT or not text.strip():
        blank = Moment(Understanding("", Command(Intent.NONE)), guide, now.date())
        return _finish(hear_wordless(state, opening, form, text, blank), blank)
    state = with_first_calling(state, text)
    said = as_own(echoed(state, in_words(state, text)), state)
    text = spelled_out(state, in_its_year(state, said, guide), guide)
    moment = Moment(_read(text, state, now, guide), guide, now.date())
    if outdated is None:
        move = offer_to_go_on(opening, state, moment) or _seen_through(state, _move(state, moment), moment)
    else:
        move = _hear_outdated(replace(state, offer=None), moment, outdated)
    kept = replace(
        remembered(move.state, moment.meaning, move.acts),
        recent=recent_sums(move.acts),
        subject=subject_of(move.acts) or item_of(move.acts),
        supposed=still_supposed(state, move),
    )
    done = _finish(replace(move, state=kept, acts=_opened(opening, move, moment)), moment)
    return done if done.forget else _closed(state, done)


def _opened(opening: tuple[Act, ...], move: Move, moment: Moment) -> tuple[Act, ...]:
    """The acts behind the opening: a greeting gets no more than that, and an offer to go on is one itself."""
    if move.acts and isinstance(move.acts[0], WelcomeBack):
        return move.acts
    is_greeting = moment.meaning.command.intent is Intent.GREET and not moment.meaning.facts
    return opening if opening and is_greeting else (*opening, *move.acts)


def _closed(before: State, done: Transition) -> Transition:
    """The turn with what it spoke of; another question begins with no misses."""
    about = told_of(done.acts, done.state.about)
    misses = 0 if _is_another_question(before, done) else done.state.misses
    if (about, misses) == (done.state.about, done.state.misses):
        return done
    return replace(done, state=replace(done.state, about=about, misses=misses))


def _is_another_question(before: State, done: Transition) -> bool:
    """Whether the turn ends with a question that was not open before; candidates that are offered count as misses."""
    last, now = before.pending, done.state.pending
    is_same = (last and (last.kind, last.attribute)) == (now and (now.kind, now.attribute))
    return not is_same and not any(isinstance(act, Clarify) for act in done.acts)


def _read(text: str, state: State, now: datetime, guide: Guide) -> Understanding:
    """What the text means; a question about a policy is read as one, whatever else its words may be."""
    question = question_of(state.pending, guide)
    earlier = Earlier(state.recent, last_answered(state), state.profile.values)
    meaning = read(text, question, guide.lexicon, now.date(), earlier)
    if not meaning.asks and is_about_policy(meaning, question, state.subject, guide):
        meaning = read(f"{text}？", question, guide.lexicon, now.date(), earlier)
        meaning = replace(meaning, text=text, command=Command(Intent.NONE), asks=True)
    meaning = without_overheard(meaning, question, guide, now.date())
    if meaning.asks and not meaning.facts and (wants_to_know(text) or asks_of_applying(text, guide)):
        meaning = replace(meaning, answer=None, unknown=())
    return without_late_date(without_vague(meaning, state, guide), state, guide, now.date())


def _opening(state: State, now: datetime, guide: Guide) -> tuple[Act, ...]:
    if not state.is_greeted:
        return (Welcome(len(guide.flow.core)),)
    back = welcome_back(state, now, guide)
    return () if back is None else (back,)


def _move(state: State, moment: Moment) -> Move:
    """What the text chooses of the ways that were offered, else what it means beside them."""
    if state.offer is None:
        return _reading(state, moment)
    if (move := first_of(_OFFERED, state, moment)) is not None:
        return move
    return asked_again(state.offer, _reading(replace(state, offer=None), moment), moment)


def _seen_through(state: State, move: Move, moment: Moment) -> Move:
    """The move with what follows from it: what it leaves unsaid or contradicts is asked, what it changes is said."""
    asked = ask_which(state, ask_for_untold(move, moment), moment)
    return with_consequences(state, with_name(state, asked, moment), moment)


def _reading(state: State, moment: Moment) -> Move:
    """The first reading of the text that leads to something."""
    if (move := confirm(state, moment)) is not None:
        return move
    if state.is_confirming:
        state = interrupted(state)
    return first_of(_HANDLERS, state, moment) or not_understood(state, moment)


def _obey_command(state: State, moment: Moment) -> Move | None:
    """Obey a command, after taking the facts that stand beside it."""
    meaning = moment.meaning
    if _gives_way(state, moment):
        return None
    said = state_facts(state, replace(moment, meaning=replace(meaning, asks=False))) if meaning.facts else None
    if meaning.command.intent is Intent.CHANGE_ANSWER:
        return said or state_facts(state, moment) or obey(state, moment)
    if said is None:
        return obey(state, moment)
    move = obey(said.state, moment)
    return None if move is None else replace(move, acts=(*said.acts, *move.acts))


def _gives_way(state: State, moment: Moment) -> bool:
    """Whether there is no command, or one that what the text says besides goes before."""
    meaning = moment.meaning
    intent = meaning.command.intent
    if intent in COURTESIES:
        return bool(meaning.facts) or meaning.asks
    return intent is Intent.NONE or (intent in PERPLEXED and what_is_meant(state, moment) is not None)


_OFFERED: tuple[Handler, ...] = (take_way, take_company, settle, place_sum, take_nothing)
_OF_ITSELF: tuple[Handler, ...] = (suppose, _obey_command, state_facts, courtesy)
_HANDLERS: tuple[Handler, ...] = (
    refuse_orders,
    compare_items,
    summarise,
    tell_how_many_left,
    leave_out,
    turn_page,
    turn_by_name,
    turn_back,
    offer_company,
    hear_name,
    go_back,
    say_again,
    cancel,
    suppose,
    hear_follow_up,
    pick,
    stop_asking,
    ask_what_nothing,
    answer_joint_question,
    export,
    tell_kept,
    take_back_sum,
    _obey_command,
    pick_item,
    state_facts,
    leave_vague,
    ask_anew,
    set_apart,
    hear_late_answer,
    hear_of_topic,
    ask_which_of_topic,
    courtesy,
    answer_about_item,
    clarify,
    clarify_place,
    explain_asked,
    answer_question,
    answer_unmarked,
)


def _hear_outdated(state: State, moment: Moment, asked: str) -> Move:
    """What a text says by itself; as an answer it is not taken, for what was asked now reads otherwise, or is gone."""
    alone = replace(moment, meaning=_by_itself(moment))
    handlers = (*_OF_ITSELF, answer_question) if alone.meaning.asks else _OF_ITSELF
    is_answer = alone.meaning.command.intent in ANSWERS
    said = (None if is_answer else first_of(handlers, state, alone)) or Move(state)
    is_obeyed = bool(said.acts) or said.forget or said.then is not Then.NEXT
    noted = {note.attribute.name for note in noted_in(said.acts)}
    if is_obeyed and (asked in noted or not noted):
        return said
    return replace(said, acts=(*said.acts, Tell(Notice.QUESTION_CHANGED)))


def _by_itself(moment: Moment) -> Understanding:
    """The text without what only its question would make clear: 海淀 may be the place of anything."""
    meaning, lexicon = moment.meaning, moment.guide.lexicon
    named = lexicon.named_in(normalize(meaning.text))
    return replace(meaning, facts=tuple(fact for fact in meaning.facts if fact.attribute in named), unknown=())


def _finish(move: Move, moment: Moment) -> Transition:
    """Let the turn go on as the move says: with the next question, the same one again, or the result."""
    if move.forget or move.then is Then.STOP:
        return Transition(move.state, move.acts, move.forget)
    guide, state = moment.guide, move.state
    worth = worths_of(state.profile, guide, moment.on)
    is_repeated = move.then is Then.REPEAT and _is_still_open(state, worth, guide)
    if move.then is not Then.ASK and not is_repeated:
        state = replace(state, pending=next_pending(state, guide, moment.on))
    if state.pending is None:
        return _conclude(replace(move, state=state), moment)
    stake = stake_of(state.pending, state, guide, moment.on)
    state, act = ask(state, worth, stake, guide, is_repeated=is_repeated)
    return Transition(state, (*move.acts, act))


def _conclude(move: Move, moment: Moment) -> Transition:
    """Nothing is left to ask: the result comes by itself, once, and again when the facts have changed."""
    if move.then is Then.REPEAT and move.state.result_seen:
        return Transition(move.state, move.acts)
    shown = show_result(move.state, moment, is_final=True)
    return Transition(shown.state, (*move.acts, *shown.acts))


def _is_still_open(state: State, worth: Mapping[str, Worth], guide: Guide) -> bool:
    """Whether the pending question can still change something."""
    pending = state.pending
    if pending is None:
        return False
    if pending.kind is PendingKind.QUESTION:
        is_change = pending.attribute in state.profile.values
        is_asked = pending.attribute in (*guide.flow.core, *guide.flow.direct)
        return is_change or is_asked or pending.attribute in worth
    if pending.kind is PendingKind.TOGETHER:
        return any(name in worth for name in asked_together(pending, guide))
    return True
