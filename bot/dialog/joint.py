"""The joint questions: which topics apply, which things of one topic, and the premises that nearly everyone meets."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from bot.dialog.acts import Notice, Record, Tell
from bot.dialog.asking import asked_together, open_premises, options_of, worded
from bot.dialog.commands import decline
from bot.dialog.deciding import worths_of
from bot.dialog.flows import ALL_CLEAR, NONE_OF_THESE, UNSURE, Guide
from bot.dialog.moves import Moment, Move, Then, some_of
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.tracking import record_facts, steps_from
from bot.policy.attributes import NEVER, AttributeType
from bot.understanding.meaning import Fact, Intent, Outcome
from bot.understanding.options import denied_behind, measured_in, read_several
from bot.understanding.owners import own_clauses
from bot.understanding.picks import read_options
from bot.understanding.polarity import stripped_forms
from bot.understanding.questions import AnswerType, Choice, Question
from bot.understanding.reading import read_answer
from bot.understanding.selections import read_selection
from bot.understanding.text import normalize, split_message

JOINT = (PendingKind.TOPICS, PendingKind.TOGETHER, PendingKind.PREMISES)
ANY_YES_NO = Question("joint", AnswerType.YES_NO, "")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What an answer says of the options; express when it names them by number or in so many words.

    `measured` are those of which it only gives a figure (PUE 1.2), which does not say whether they hold.
    """

    picked: tuple[str, ...]
    denied: tuple[str, ...] = ()
    is_closed: bool = False
    is_express: bool = False
    measured: tuple[str, ...] = ()


def answer_joint_question(state: State, moment: Moment) -> Move | None:
    """Take the answer to a question about several things at once."""
    pending = state.pending
    if pending is None or pending.kind not in JOINT or moment.meaning.asks:
        return None
    if _is_left_open(moment):
        return decline(state, moment.guide)
    if pending.kind is PendingKind.TOPICS:
        return _topics(state, pending, moment)
    if pending.kind is PendingKind.TOGETHER:
        return _together(state, pending, moment)
    if pending.kind is PendingKind.PREMISES and not _names_premise(moment):
        option = worded(moment.meaning.text, moment.guide.flow.premise_choices)
        return None if option is None else answer_premises(state, moment, is_clear=option == ALL_CLEAR)
    return None


def _is_left_open(moment: Moment) -> bool:
    """Whether the text says that nobody knows or tells."""
    text, lexicon, on = moment.meaning.text, moment.guide.lexicon, moment.on

    def make() -> bool:
        return read_answer(text, ANY_YES_NO, lexicon, on).outcome is Outcome.UNKNOWN

    return lexicon.remembered(text, (_is_left_open, on), make)


def _names_premise(moment: Moment) -> bool:
    return any(fact.attribute in moment.guide.flow.premises for fact in moment.meaning.facts)


def _topics(state: State, pending: Pending, moment: Moment) -> Move | None:
    """The topics that are picked; who picks one is asked what else there is, unless the text says that it is all."""
    meaning, guide = moment.meaning, moment.guide
    chosen = None if _is_of_others(moment) else _chosen(pending, moment) or _not_shown(state, pending, moment)
    if chosen is None:
        return None
    picked_now = frozenset(chosen.picked)
    is_over = len(picked_now) != 1 or chosen.is_closed
    passed = frozenset(pending.options) - picked_now if is_over else frozenset(chosen.denied)
    topics, passed = (state.topics or frozenset()) | picked_now, state.passed_topics | passed
    state = replace(state, steps=steps_from(state), topics=topics, passed_topics=passed, pending=None)
    state, record = record_facts(state, _beyond_names(meaning.facts, picked_now, guide), meaning.unknown, guide)
    return Move(state, some_of(record))


def _is_of_others(moment: Moment) -> bool:
    """Whether the text tells of somebody else only: 客户办了论坛."""
    clauses = split_message(moment.meaning.text).clauses
    return bool(clauses) and not own_clauses(clauses, moment.guide.lexicon)


def _not_shown(state: State, pending: Pending, moment: Moment) -> _Chosen | None:
    """The topics that the text is just the name of, beside those shown, where there is something to ask about them."""
    guide, text = moment.guide, normalize(moment.meaning.text)
    forms = {text, *stripped_forms(text, guide.lexicon)} if text else set()
    named = [t for t in guide.flow.topics if t.id not in pending.options and forms & guide.topic_words[t.id]]
    if not named or moment.meaning.command.intent is not Intent.NONE:
        return None
    open_now = worths_of(state.profile, guide, moment.on).keys() - state.declined
    picked = tuple(topic.id for topic in named if open_now & set(topic.attributes))
    return _Chosen(picked) if picked else None


def _beyond_names(facts: Sequence[Fact], topics: Container[str], guide: Guide) -> list[Fact]:
    """The facts that say more than the name of a picked topic, which does not say that its conditions are met."""
    names = {normalize(word) for topic in guide.flow.topics if topic.id in topics for word in topic.words}
    return [fact for fact in facts if fact.said not in names]


def _together(state: State, pending: Pending, moment: Moment) -> Move | None:
    """What is picked holds; the rest does not, unless only one was picked: then it is asked what else there is."""
    asked, chosen = asked_together(pending, moment.guide), _chosen(pending, moment)
    if chosen is None:
        return None
    if UNSURE.value in chosen.picked:
        return decline(state, moment.guide)
    others = [fact for fact in moment.meaning.facts if fact.attribute not in asked]
    return None if others and not chosen.is_express else _record_joint(state, asked, chosen, others, moment)


def _record_joint(state: State, asked: Sequence[str], chosen: _Chosen, others: Sequence[Fact], moment: Moment) -> Move:
    """Record what was chosen and what was told besides; that all the rest does not hold is said in one word."""
    guide, meaning = moment.guide, moment.meaning
    state = replace(state, steps=steps_from(state), pending=None, misses=0)
    held = [Fact(name, True, meaning.text) for name in asked if name in chosen.picked]
    refused = [Fact(name, False, meaning.text) for name in _denied(asked, chosen)]
    is_rest = bool(refused) and len(held) + len(refused) == len(asked)
    state, _ = record_facts(state, refused, (), guide) if is_rest else (state, None)
    state, record = record_facts(state, [*held, *refused, *others], meaning.unknown if others else (), guide)
    if chosen.measured:
        return Move(
            replace(state, pending=Pending(PendingKind.QUESTION, chosen.measured[0])), some_of(record), Then.ASK
        )
    return Move(state, some_of(replace(record or Record(()), denies_rest=is_rest)))


def _denied(asked: Sequence[str], chosen: _Chosen) -> list[str]:
    """What an answer says does not hold: what it denies, or all that it does not pick where that is settled by it."""
    is_settled = chosen.is_closed or (len(chosen.picked) != 1 and not chosen.denied and not chosen.measured)
    return [name for name in asked if name not in chosen.picked and (is_settled or name in chosen.denied)]


def _chosen(pending: Pending, moment: Moment) -> _Chosen | None:
    """What the text says of the options; None when it is no answer, or by its words a command.

    What is merely likely to be a command picks the options that it names.
    """
    command, options = moment.meaning.command, options_of(pending, moment.guide)
    is_command = command.intent not in (Intent.NONE, Intent.CHANGE_ANSWER)
    if is_command and not command.is_likely:
        return None
    listed = read_several(normalize(moment.meaning.text), options)
    if listed is not None:
        chosen: _Chosen | None = _sorted_out(listed, is_express=True)
    else:
        chosen = _chosen_in_words(options, moment, may_select=not is_command)
    return None if is_command and chosen is not None and not chosen.picked else chosen


def _chosen_in_words(options: tuple[Choice, ...], moment: Moment, *, may_select: bool) -> _Chosen | None:
    plain = normalize(moment.meaning.text)
    measured = measured_in(plain, [option.value for option in options], options)
    if may_select and not measured and (selection := read_selection(plain, options)) is not None:
        return _Chosen(selection.picked, selection.denied, selection.is_closed, is_express=True)
    values = read_options(moment.meaning.text, options, moment.guide.lexicon)
    return _sorted_out(values, denied_behind(plain, values, options), measured) if values else None


def _sorted_out(
    values: Sequence[str], denied: tuple[str, ...] = (), measured: tuple[str, ...] = (), *, is_express: bool = False
) -> _Chosen:
    """Of the options that a text names those that are picked; where all that it names is 都没有, none is left open."""
    picked = tuple(value for value in values if value not in {NONE_OF_THESE.value, *denied, *measured})
    return _Chosen(picked, denied, not (picked or denied or measured), is_express=is_express, measured=measured)


def answer_premises(state: State, moment: Moment, *, is_clear: bool) -> Move:
    """None of them: all open premises are met. Some of them: each that could be it is asked by itself."""
    guide = moment.guide
    attributes = [guide.knowledge.attributes[name] for name in open_premises(state, guide)]
    state = replace(state, steps=steps_from(state), pending=None)
    if not is_clear and (len(attributes) > 1 or attributes[0].type is not AttributeType.BOOL):
        state = replace(state, pending=Pending(PendingKind.QUESTION, attributes[0].name))
        notice = (Tell(Notice.PREMISES_DETAIL),) if len(attributes) > 1 else ()
        return Move(state, notice, Then.ASK)
    text = moment.meaning.text
    facts = [Fact(a.name, NEVER if a.type is AttributeType.DATE else not is_clear, text) for a in attributes]
    state, record = record_facts(state, facts, (), guide)
    return Move(state, some_of(record))
