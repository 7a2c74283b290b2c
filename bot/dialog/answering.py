"""What the bot answers to a question of the user's: clauses, terms, remarks; and what it asks back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialog.acts import Act, AnswerFromClauses, Chat, Clarify, ExplainQuestion, ExplainTerm, Notice, Tell
from bot.dialog.asking import question_of
from bot.dialog.bounds import sum_choices
from bot.dialog.commands import decline
from bot.dialog.flows import UNSURE
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import Pending, PendingKind, State
from bot.policy.availability import Availability
from bot.policy.clauses import Term
from bot.policy.matching import Standing, Verdict, judge
from bot.policy.truth import Truth
from bot.search.index import Hit
from bot.search.shapes import answer_shape, find_term, named_targets
from bot.search.words import Shape
from bot.understanding.meaning import Answer, Lack, Outcome
from bot.understanding.questions import AnswerType, Choice, Question

LACKS = {Lack.NOT_MOVED_YET: Notice.NOT_MOVED_YET, Lack.WHICH_DISTRICT: Notice.WHICH_DISTRICT}
MAX_HITS = 3
MAX_WHOLE = 2
LONGEST_REMARK = 24
SURE, NEAREST = 0.4, 0.2
"""Scores from which an answer is right, and below which it is none: of the measured queries, right answers start at
0.24, and half of the answers to what no clause holds stay below that (docs/search.md)."""
OF_CLAIMS = (Shape.AMOUNT, Shape.HOW, Shape.WHO)
"""Questions of somebody who wants to claim: what can be claimed goes before a direction of the same article."""
CLOSE = 0.9
"""Answers with this part of the best score are as good: first those for the enterprise's own place, then those that it
can still get, then those in force."""


@dataclass(frozen=True, slots=True)
class Finds:
    """What the knowledge has for a text: a term, and clauses, best first; `hits` is empty when it is out of scope."""

    term: Term | None
    hits: tuple[Hit, ...]

    @property
    def near(self) -> tuple[Hit, ...]:
        """The clauses that may answer."""
        return tuple(hit for hit in self.hits if hit.score >= NEAREST)

    @property
    def is_sure(self) -> bool:
        """Whether the best clause, or a term, answers."""
        return self.term is not None or bool(self.hits and self.hits[0].score >= SURE)


def look_up(moment: Moment) -> Finds:
    """What the knowledge has for the text."""
    guide, text = moment.guide, moment.meaning.text
    term = find_term(guide.index.corrected(text), guide.knowledge.terms, guide.search_words)
    return Finds(term, guide.index.search(text))


def told(finds: Finds, state: State, moment: Moment) -> tuple[Act, ...]:
    """The acts that tell what was found; none when nothing is near enough."""
    guide, text = moment.guide, moment.meaning.text
    acts: list[Act] = [] if finds.term is None else [ExplainTerm(finds.term)]
    verdicts = tuple(judge(hit.clause, state.profile, moment.on) for hit in finds.near)
    if verdicts:
        if not named_targets(text, guide.search_words):
            close = sum(hit.score >= CLOSE * finds.near[0].score for hit in finds.near)
            verdicts = (*sorted(verdicts[:close], key=_is_ruled_out), *verdicts[close:])
        shape = answer_shape(text, guide.search_words)
        whole, others = _told(verdicts, is_compared=shape is Shape.COMPARE)
        if shape in OF_CLAIMS:
            whole = tuple(sorted(whole, key=lambda verdict: not verdict.clause.is_claimable))
        acts.append(AnswerFromClauses(whole, others, bool(state.profile.values), moment.on, finds.is_sure))
    return tuple(acts)


def _is_ruled_out(verdict: Verdict) -> tuple[bool, bool, bool]:
    """Whether the document does not cover the enterprise, a condition keeps it from the clause, it is not in force."""
    is_claimable = verdict.clause.is_claimable
    is_refused = is_claimable and verdict.standing is Standing.NOT_ELIGIBLE
    is_not_in_force = is_claimable and verdict.availability in (Availability.DRAFT, Availability.CLOSED)
    return verdict.finding.parts[0].truth is Truth.FALSE, is_refused, is_not_in_force


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


def courtesy(state: State, moment: Moment) -> Move | None:
    """Answer a message that is just a remark beside the matter."""
    return _remark(state, moment, is_whole=True)


def _remark(state: State, moment: Moment, *, is_whole: bool) -> Move | None:
    plain = "".join(sign for sign in moment.meaning.text if sign.isalnum()).lower()
    for remark in moment.guide.small_talk:
        has_phrase = len(plain) <= LONGEST_REMARK and any(phrase in plain for phrase in remark.phrases)
        if plain in remark.whole if is_whole else has_phrase:
            return Move(replace(state, misses=0), (Chat(remark.say),), Then.REPEAT)
    return None


def clarify(state: State, moment: Moment) -> Move | None:
    """When an answer fits several values, offer them; when the user asks what is meant, explain."""
    question, answer = question_of(state.pending, moment.guide), moment.meaning.answer
    if question is None or answer is None or answer.outcome is not Outcome.ASK or state.pending is None:
        return None
    if answer.is_counter_question:
        found = told(look_up(moment), state, moment) or (ExplainQuestion(question, None),)
        return Move(state, found, Then.REPEAT)
    if answer.lack is not None:
        return Move(replace(state, misses=state.misses + 1), (Tell(LACKS[answer.lack]),), Then.REPEAT)
    candidates = _candidates(question, answer)
    return offer(state, question, candidates, moment) if candidates else None


def _candidates(question: Question, answer: Answer) -> tuple[Choice, ...]:
    if question.type is AnswerType.AMOUNT:
        return sum_choices(answer.candidates)
    return tuple(choice for choice in question.choices if choice.value in answer.candidates)


def offer(state: State, question: Question, candidates: tuple[Choice, ...], moment: Moment) -> Move:
    """Offer the values among which to choose; the second time in a row with the ways out; then leave it open."""
    options = (*candidates, UNSURE)
    shown = tuple(option.value for option in options)
    pending = state.pending or Pending(PendingKind.QUESTION, question.id)
    is_again = pending.options == shown and state.misses > 0
    if is_again and state.misses > 1:
        return decline(replace(state, misses=0), moment.guide)
    state = replace(state, pending=replace(pending, options=shown), misses=2 if is_again else 1)
    return Move(state, (Clarify(question, options, is_again),), Then.STOP)


def answer_question(state: State, moment: Moment) -> Move | None:
    """Answer from the knowledge, else as staff wrote for such remarks; refuse politely what is out of scope."""
    finds = look_up(moment)
    if not finds.is_sure and (move := _remark(state, moment, is_whole=False)) is not None:
        return move
    if acts := told(finds, state, moment):
        return Move(replace(state, misses=0), acts, Then.REPEAT)
    if not moment.meaning.asks:
        return None
    return Move(state, (Tell(Notice.NOT_FOUND if finds.hits else Notice.OUT_OF_SCOPE),), Then.REPEAT)
