"""What a text that is no command does: confirms, picks an option, states facts, asks, or is not understood."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.dialog.acts import (
    Act,
    AnswerFromClauses,
    Chat,
    Clarify,
    ExplainQuestion,
    ExplainTerm,
    Notice,
    NotUnderstood,
    Record,
    Tell,
)
from bot.dialog.asking import options_of, picked, question_of, worded
from bot.dialog.commands import decline, prove, restart
from bot.dialog.flows import ALL_CLEAR, NONE_OF_THESE, UNSURE
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import Pending, PendingKind, State
from bot.dialog.tracking import option_value, record_facts, remember_step
from bot.policy.attributes import NEVER, AttributeType
from bot.policy.matching import Verdict, judge
from bot.policy.truth import Truth
from bot.search.shapes import answer_shape, find_term, named_targets
from bot.search.words import Shape
from bot.understanding.meaning import Answer, Fact, Intent, Outcome
from bot.understanding.questions import AnswerType, Choice, Question
from bot.understanding.reading import read_answer, read_options, read_yes_no

MAX_HITS = 3
MAX_WHOLE = 2
LONGEST_REMARK = 24
SURE, NEAREST = 0.4, 0.2
"""Scores from which an answer is right, and below which it is none: of the measured queries, right answers start at
0.24, and half of the answers to what no clause holds stay below that (docs/search.md)."""
CLOSE = 0.9
"""Answers with this part of the best score are as good; those for the enterprise's own place go first."""
JOINT = (PendingKind.TOPICS, PendingKind.PREMISES)
ANY_YES_NO = Question("joint", AnswerType.YES_NO, "")
CONFIRMATIONS = {PendingKind.CONFIRM_DELETE: Intent.DELETE_DATA, PendingKind.CONFIRM_RESTART: Intent.RESTART}


def confirm(state: State, moment: Moment) -> Move | None:
    """Carry out or drop what waits for a yes; None when nothing waits, or the text speaks of something else."""
    pending = state.pending
    if pending is None or (intent := CONFIRMATIONS.get(pending.kind)) is None:
        return None
    meaning = moment.meaning
    choice = picked(meaning.text, options_of(pending, moment.guide))
    said = read_yes_no(meaning.text, moment.guide.lexicon) if choice is None else choice == "yes"
    agrees = said is True or meaning.command.intent is intent
    if pending.kind is PendingKind.CONFIRM_RESTART and not agrees and meaning.facts:
        fresh, record = record_facts(restart(state), meaning.facts, meaning.unknown, moment.guide)
        return Move(fresh, _some(Tell(Notice.RESTARTED), record))
    if agrees:
        return _carry_out(state, pending.kind)
    if said is False:
        kept = Notice.KEPT if pending.kind is PendingKind.CONFIRM_DELETE else Notice.RESTART_CANCELLED
        return Move(replace(state, pending=None), (Tell(kept),))
    return None


def _carry_out(state: State, kind: PendingKind) -> Move:
    if kind is PendingKind.CONFIRM_DELETE:
        return Move(State(), (Tell(Notice.DELETED),), Then.STOP, forget=True)
    return Move(restart(state), (Tell(Notice.RESTARTED),))


def pick(state: State, moment: Moment) -> Move | None:
    """Take an option that the text names by its number or label."""
    pending = state.pending
    if pending is None or pending.kind in CONFIRMATIONS or pending.kind is PendingKind.TOPICS:
        return None
    option = picked(moment.meaning.text, shown_options(pending, moment))
    if option is None:
        return None
    if option == UNSURE.value:
        return decline(state, moment.guide)
    if pending.kind is PendingKind.PREMISES:
        return _premises(state, moment, is_clear=option == ALL_CLEAR)
    attribute = moment.guide.knowledge.attributes[pending.attribute]
    fact = Fact(attribute.name, option_value(attribute, option), moment.meaning.text)
    return _answered(state, moment, (fact,))


def shown_options(pending: Pending, moment: Moment) -> tuple[Choice, ...]:
    """The options as the user saw them, so that a number means what stood there."""
    every = {option.value: option for option in options_of(pending, moment.guide)}
    return tuple(every[value] for value in pending.options if value in every)


def answer_joint_question(state: State, moment: Moment) -> Move | None:
    """Take the answer to the question about the topics or the premises."""
    pending = state.pending
    if pending is None or pending.kind not in JOINT or moment.meaning.asks:
        return None
    if read_answer(moment.meaning.text, ANY_YES_NO, moment.guide.lexicon, moment.on).outcome is Outcome.UNKNOWN:
        return decline(state, moment.guide)
    if pending.kind is PendingKind.TOPICS:
        return _topics(state, moment)
    if pending.kind is PendingKind.PREMISES and not _names_premise(moment):
        option = worded(moment.meaning.text, moment.guide.flow.premise_choices)
        return None if option is None else _premises(state, moment, is_clear=option == ALL_CLEAR)
    return None


def _names_premise(moment: Moment) -> bool:
    return any(fact.attribute in moment.guide.flow.premises for fact in moment.meaning.facts)


def _topics(state: State, moment: Moment) -> Move | None:
    pending = state.pending
    if pending is None:
        return None
    meaning, guide = moment.meaning, moment.guide
    chosen = read_options(meaning.text, options_of(pending, guide), guide.lexicon)
    if not chosen or meaning.command.intent not in (Intent.NONE, Intent.CHANGE_ANSWER):
        return None
    picked_now = frozenset(chosen) - {NONE_OF_THESE.value}
    topics = (state.topics or frozenset()) | picked_now
    state = replace(remember_step(state), topics=topics, is_through_topics=not picked_now, pending=None)
    state, record = record_facts(state, meaning.facts, meaning.unknown, guide)
    return Move(state, _some(record))


def _premises(state: State, moment: Moment, *, is_clear: bool) -> Move:
    guide = moment.guide
    names = [name for name in guide.flow.premises if name not in state.profile.values]
    state = remember_step(state)
    if not is_clear and len(names) > 1:
        state = replace(state, pending=Pending(PendingKind.QUESTION, names[0]))
        return Move(state, (Tell(Notice.PREMISES_DETAIL),), Then.ASK)
    attributes = [guide.knowledge.attributes[name] for name in names]
    clear = {AttributeType.DATE: NEVER}
    facts = [Fact(a.name, clear.get(a.type, not is_clear), moment.meaning.text) for a in attributes]
    state, record = record_facts(replace(state, pending=None), facts, (), guide)
    return Move(state, _some(record))


def state_facts(state: State, moment: Moment) -> Move | None:
    """Record all that the text says of the enterprise; None when it says nothing."""
    facts, unknown = _said(state, moment)
    if not facts and not unknown:
        return None
    return _answered(state, moment, facts, unknown)


def _answered(state: State, moment: Moment, facts: tuple[Fact, ...], unknown: tuple[str, ...] = ()) -> Move:
    names = {fact.attribute for fact in facts} | set(unknown)
    pending = state.pending
    is_settled = pending is None or pending.kind is not PendingKind.QUESTION or pending.attribute in names
    state = remember_step(state)
    state, record = record_facts(state, facts, unknown, moment.guide)
    if is_settled:
        state = replace(state, pending=None)
    answer = _found(moment, state) if moment.meaning.asks else ()
    return Move(replace(state, misses=0), _some(record, *answer), Then.NEXT if is_settled else Then.REPEAT)


def _said(state: State, moment: Moment) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The facts and the unknown attributes of the text, the answer to the pending question among them."""
    meaning = moment.meaning
    facts = {fact.attribute: fact for fact in meaning.facts}
    unknown = list(meaning.unknown)
    question = question_of(state.pending, moment.guide)
    if question is not None and question.attribute is not None:
        _take(meaning.answer, question.attribute.name, meaning.text, (facts, unknown))
    command = meaning.command
    if command.intent is Intent.CHANGE_ANSWER and command.slot in moment.guide.knowledge.attributes:
        _take(command.answer, command.slot or "", meaning.text, (facts, unknown))
    return tuple(facts.values()), tuple(name for name in unknown if name not in facts)


def _take(answer: Answer | None, attribute: str, text: str, into: tuple[dict[str, Fact], list[str]]) -> None:
    facts, unknown = into
    if answer is None or attribute in facts:
        return
    if answer.outcome in (Outcome.VALUE, Outcome.INTERVAL) and answer.value is not None:
        facts[attribute] = Fact(attribute, answer.value, text)
    elif answer.outcome is Outcome.UNKNOWN and attribute not in unknown:
        unknown.append(attribute)


def pick_item(state: State, moment: Moment) -> Move | None:
    """With nothing pending, a bare number asks for the proof of that policy in the result."""
    plain = unicodedata.normalize("NFKC", moment.meaning.text).strip()
    if state.pending is not None or not plain.isdecimal() or not 0 < int(plain) <= len(state.shown):
        return None
    return prove(state, moment, int(plain))


def chat(state: State, moment: Moment) -> Move | None:
    """Answer a remark beside the matter as staff have written; the pending question comes back."""
    plain = "".join(sign for sign in moment.meaning.text if sign.isalnum()).lower()
    if not plain or len(plain) > LONGEST_REMARK:
        return None
    for remark in moment.guide.small_talk:
        if plain in remark.whole or any(phrase in plain for phrase in remark.phrases):
            return Move(replace(state, misses=0), (Chat(remark.say),), Then.REPEAT)
    return None


def clarify(state: State, moment: Moment) -> Move | None:
    """When an answer fits several values, offer them; when the user asks what is meant, explain."""
    question, answer = question_of(state.pending, moment.guide), moment.meaning.answer
    if question is None or answer is None or answer.outcome is not Outcome.ASK or state.pending is None:
        return None
    if answer.is_counter_question:
        found = _found(moment, state) or (ExplainQuestion(question, None),)
        return Move(state, found, Then.REPEAT)
    candidates = tuple(choice for choice in question.choices if choice.value in answer.candidates)
    if not candidates:
        return None
    options = (*candidates, UNSURE)
    pending = replace(state.pending, options=tuple(option.value for option in options))
    return Move(replace(state, pending=pending), (Clarify(question, options),), Then.STOP)


def answer_question(state: State, moment: Moment) -> Move | None:
    """Answer a question of the user's from the knowledge; refuse politely what is out of scope."""
    found = _found(moment, state)
    if found:
        return Move(replace(state, misses=0), found, Then.REPEAT)
    if not moment.meaning.asks:
        return None
    is_of_policy = bool(moment.guide.index.search(moment.meaning.text, 1))
    return Move(state, (Tell(Notice.NOT_FOUND if is_of_policy else Notice.OUT_OF_SCOPE),), Then.REPEAT)


def _found(moment: Moment, state: State) -> tuple[Act, ...]:
    """What the knowledge says to the text: a term explained, the clauses that answer."""
    guide, text = moment.guide, moment.meaning.text
    term = find_term(guide.index.corrected(text), guide.knowledge.terms, guide.search_words)
    acts: list[Act] = [] if term is None else [ExplainTerm(term)]
    hits = [hit for hit in guide.index.search(text) if hit.score >= NEAREST]
    verdicts = tuple(judge(hit.clause, state.profile, moment.on) for hit in hits)
    if verdicts:
        if not named_targets(text, guide.search_words):
            close = sum(hit.score >= CLOSE * hits[0].score for hit in hits)
            verdicts = (*sorted(verdicts[:close], key=_is_elsewhere), *verdicts[close:])
        whole, others = _told(verdicts, is_compared=answer_shape(text, guide.search_words) is Shape.COMPARE)
        is_sure = hits[0].score >= SURE
        acts.append(AnswerFromClauses(whole, others, bool(state.profile.values), moment.on, is_sure))
    return tuple(acts)


def _is_elsewhere(verdict: Verdict) -> bool:
    return verdict.finding.parts[0].truth is Truth.FALSE


def _told(verdicts: Sequence[Verdict], *, is_compared: bool) -> tuple[tuple[Verdict, ...], tuple[Verdict, ...]]:
    """The verdicts to tell in full (the best; its neighbours in the same article; two when compared), and the rest."""
    best = verdicts[0].clause
    whole = [
        verdict
        for verdict in verdicts[:MAX_HITS]
        if is_compared or (verdict.clause.document.id, verdict.clause.article) == (best.document.id, best.article)
    ]
    others = [verdict for verdict in verdicts if verdict not in whole and verdict.clause.is_claimable]
    return tuple(whole[:MAX_WHOLE]), tuple(others[: MAX_HITS - 1])


def not_understood(state: State, _: Moment) -> Move:
    """Say so, the second time with the ways out; the pending question comes back."""
    state = replace(state, misses=state.misses + 1)
    return Move(state, (NotUnderstood(state.misses),), Then.REPEAT)


def _some(*acts: Act | Record | None) -> tuple[Act, ...]:
    return tuple(act for act in acts if act is not None)
