"""What the bot answers to a question of the user's, in the shape that it asks for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.dialog.acts import Act
from bot.dialog.answer_acts import AnswerFromClauses, CompareClauses, ExplainTerm, TellDepartments
from bot.dialog.around import with_surroundings
from bot.dialog.article_refs import clauses_of_article
from bot.dialog.asked import (
    SURE,
    Asked,
    asks_for_both,
    asks_for_itself,
    continued,
    names_subject,
    places_named,
    read_asked,
    steering_words,
)
from bot.dialog.choosing import CLOSE, NEAREST, Chosen, Circumstances, choose, place_of
from bot.dialog.comparing import compare
from bot.dialog.describing import departments_named, describe, list_of
from bot.dialog.flows import Guide, once
from bot.dialog.moves import Moment
from bot.dialog.state import State
from bot.dialog.why_not import asks_why_not, with_why_not
from bot.policy.clauses import Clause, Term
from bot.policy.matching import judge
from bot.search.characters import normalised
from bot.search.index import Hit
from bot.search.shapes import find_term, is_of, is_refused, named_terms, shapes_of, without_shapes
from bot.search.words import Shape, any_of_words
from bot.understanding.dates import find_dates
from bot.understanding.questions import PLACES
from bot.understanding.text import normalize

MAX_ANSWERS, MAX_RELATED = 3, 2
RELATED = 0.5
"""The part of the best score from which a clause is about the same term."""
TRADE = "sector"
OF_ANY = PLACES | {TRADE}
"""What a text tells of a company that makes no clause more what it asks about."""
_ASIDE = re.compile(r"[\s啊呀呢嘛哦又到底的用,。?]")
_MERE_WHAT = re.compile(r"(?:啊|哈|嗯|这|那)*(?:啥|什么|[啥撒]子)(?:啊|呀|呢|嘛|哦|玩意儿?|东西)*[?]*")


@dataclass(frozen=True, slots=True)
class Finds:
    """What the knowledge has for one thing asked: a term, and clauses, best first; `hits` is empty out of scope."""

    asked: Asked
    term: Term | None
    hits: tuple[Hit, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the best clause, or a term, answers."""
        return self.term is not None or bool(self.hits and self.hits[0].score >= SURE)


def look_up(moment: Moment, subject: str = "") -> tuple[Finds, ...]:
    """What the knowledge has for each thing that the text asks.

    A question without a subject (找谁, 那通州呢) is put to `subject`, what was asked just before; one of which nothing
    is found, to the whole text.
    """
    guide = moment.guide
    every = tuple(with_why_not(asked) for asked in read_asked(moment.meaning.text, guide))
    finds = tuple(_find(continued(asked, subject, guide) if subject else asked, moment) for asked in every)
    finds = tuple(_find_around(asked, alone, moment) or alone for asked, alone in zip(every, finds, strict=True))
    if len(every) > 1 or finds[0].hits or finds[0].term is not None:
        return finds
    whole = _find(replace(every[0], text=guide.index.corrected(moment.meaning.text)), moment)
    return (whole,) if whole.hits else finds


def _find_around(asked: Asked, alone: Finds, moment: Moment) -> Finds | None:
    """What is found where what the text tells around the question belongs to it; None where that says nothing else."""
    said = (fact.said for fact in moment.meaning.facts if fact.attribute != TRADE)
    text = with_surroundings(asked, moment.meaning.text, said, moment.guide)
    if alone.term is not None or alone.asked is not asked or text == asked.text:
        return None
    wide = _find(replace(asked, text=text), moment)
    is_found = bool(wide.hits) and wide.hits[0].score >= NEAREST
    return wide if is_found and not _is_as_good(alone, wide) else None


def _is_as_good(alone: Finds, wide: Finds) -> bool:
    """Whether the article that answers a question alone is about as good an answer to all that is told."""
    best = {place_of(hit.clause) for hit in alone.hits[:1]}
    return any(hit.score >= CLOSE * wide.hits[0].score for hit in wide.hits if place_of(hit.clause) in best)


def _find(asked: Asked, moment: Moment) -> Finds:
    return Finds(asked, *_found(asked.text, moment.guide))


@once
def _found(text: str, guide: Guide) -> tuple[Term | None, tuple[Hit, ...]]:
    corrected = guide.corrected(text)
    term = find_term(corrected, guide.knowledge.terms, guide.search_words) or _term_of_cue(corrected, guide)
    return term, guide.index.search(text)


def _term_of_cue(text: str, guide: Guide) -> Term | None:
    """The term in the label of what a question is about that asks just what its short name means (登记是啥)."""
    if shapes_of(text, guide.search_words) != (Shape.TERM,):
        return None
    names = guide.lexicon.cue_index.get(_ASIDE.sub("", without_shapes(text, guide.search_words)))
    label = guide.knowledge.attributes[names[0]].label if names else ""
    named = named_terms(normalised(label), guide.knowledge.terms)
    return named[max(named, key=len)] if named else None


def lacks_subject(finds: Sequence[Finds], guide: Guide) -> bool:
    """Whether the text only says what it wants (要什么条件, 有没有钱可以拿), and not about which policy."""
    asked, words = finds[0].asked, guide.search_words
    of_any = (*words.money_words, *words.policy_words)
    asks_something = bool(asked.shapes) or any_of_words(of_any).search(asked.text) is not None
    if len(finds) > 1 or not asks_something or asked.has_subject or is_refused(asked.text, words):
        return False
    is_placed = steering_words(words).search(asked.text) is not None
    is_rule = any_of_words(words.rule_words).search(asked.text) is not None and Shape.CONTACT not in asked.shapes
    return not (is_placed or is_rule or names_subject(asked.text, guide))


def asks_what_is_meant(finds: Sequence[Finds], guide: Guide) -> bool:
    """Whether the text asks what something is, and not what: 这是啥, 什么意思, 啥？."""
    asked = finds[0].asked
    if len(finds) == 1 and _MERE_WHAT.fullmatch(asked.text.strip()):
        return True
    is_nameless = finds[0].term is None and not names_subject(asked.text, guide)
    return len(finds) == 1 and asked.shapes == (Shape.TERM,) and is_nameless


def told(finds: Iterable[Finds], state: State, moment: Moment) -> tuple[Act, ...]:
    """The acts that tell what was found; none when nothing is near enough."""
    acts: list[Act] = []
    for find in tuple(finds)[:MAX_ANSWERS]:
        for act in _answers(find, state, moment):
            _add(act, acts)
    return tuple(acts)


def _add(act: Act, acts: list[Act]) -> None:
    """Add the act; what is asked of clauses that are told of already is told with them."""
    for at, other in enumerate(acts):
        if isinstance(act, AnswerFromClauses) and isinstance(other, AnswerFromClauses) and _is_same(act, other):
            acts[at] = replace(other, shapes=tuple(dict.fromkeys((*other.shapes, *act.shapes))))
            return
    acts.append(act)


def _is_same(act: AnswerFromClauses, other: AnswerFromClauses) -> bool:
    return [v.clause.id for v in act.verdicts] == [v.clause.id for v in other.verdicts] and act.on == other.on


def _answers(find: Finds, state: State, moment: Moment) -> Iterator[Act]:
    """The answer to one thing asked, in the shape that it asks for."""
    asked, guide = find.asked, moment.guide
    who = _who_asks(asked, state, moment)
    if clauses := clauses_of_article(asked.text, guide):
        yield _told_by_number(clauses, asked, who, state)
    elif Shape.CONTACT in asked.shapes and (contacts := departments_named(asked.text, guide)):
        yield TellDepartments(contacts, guide.knowledge.hotline)
    elif sides := _compared(asked, who, guide):
        yield from sides
    elif documents := describe(asked, find.hits, who, guide):
        yield documents
    elif find.term is not None:
        yield from _explained(find, find.term, state, moment)
    elif asked.shape is Shape.LIST and (listed := list_of(asked, find.hits, who, guide)):
        yield listed
    elif chosen := choose(asked, find.hits, who, guide):
        yield AnswerFromClauses(
            verdicts=chosen.told,
            others=chosen.others,
            knows_profile=bool(state.profile.values),
            on=who.on,
            is_sure=chosen.is_sure,
            shapes=_shapes_of(asked, chosen, moment),
            is_dated=who.on != moment.on,
            subject=asked.text,
            missed_place=_missed_place(asked, chosen, guide),
            asks_for_itself=_is_for_itself(asked, moment),
        )


def _is_for_itself(asked: Asked, moment: Moment) -> bool:
    return asks_why_not(moment.meaning.text) or asks_for_itself(asked.text)


def _shapes_of(asked: Asked, chosen: Chosen, moment: Moment) -> tuple[Shape, ...]:
    """What is asked of the clauses; why one does not get what nobody can claim is a question of what there is."""
    can_be_had = any(verdict.clause.is_claimable for verdict in chosen.told)
    return (Shape.AMOUNT,) if asks_why_not(moment.meaning.text) and not can_be_had else asked.shapes


def _missed_place(asked: Asked, chosen: Chosen, guide: Guide) -> str:
    """The one place or level that is asked about when the answer is another one's; empty when it is its own."""
    named = places_named(asked.text, guide)
    documents = {
        document for verdict in chosen.told for document in (verdict.clause.document.id, verdict.clause.policy.id)
    }
    is_own = any(is_of(guide.knowledge.documents[name], frozenset(named)) for name in documents)
    return named[0] if len(named) == 1 and not is_own else ""


def _who_asks(asked: Asked, state: State, moment: Moment) -> Circumstances:
    facts = moment.meaning.tells_of - OF_ANY
    on = _day_asked(asked.text, moment.on) if Shape.TIME in asked.shapes else moment.on
    return Circumstances(state.profile, on, facts)


def _day_asked(text: str, today: date) -> date:
    """The first day of a time to come that the text names; today when it names none."""
    spans = (mention.value for mention in find_dates(normalize(text), today))
    first = (span.first for span in spans if span is not None and span.first is not None)
    return next((day for day in first if day > today), today)


def _told_by_number(clauses: Sequence[Clause], asked: Asked, who: Circumstances, state: State) -> AnswerFromClauses:
    """An article that the user names by its number."""
    verdicts = tuple(judge(clause, who.profile, who.on) for clause in clauses)
    shapes = tuple(shape for shape in asked.shapes if shape is not Shape.TERM)
    return AnswerFromClauses(verdicts, (), bool(state.profile.values), who.on, shapes=shapes, subject=asked.text)


def _compared(asked: Asked, who: Circumstances, guide: Guide) -> tuple[Act, ...]:
    """Two things side by side; of those asked whether they may be had together, only where a rule says something."""
    if Shape.COMPARE in asked.shapes:
        return compare(asked, who, guide)
    sides = compare(asked, who, guide) if asks_for_both(asked.text) and asked.has_subject else ()
    return tuple(side for side in sides if isinstance(side, CompareClauses) and side.rules)


def _explained(find: Finds, term: Term, state: State, moment: Moment) -> Iterator[Act]:
    """The term, and the answer to what else is asked of it (揭榜挂帅是什么，给多少)."""
    rest = tuple(shape for shape in find.asked.shapes if shape not in (Shape.TERM, Shape.LOOKUP))
    yield ExplainTerm(term, () if rest else _related(find), find.asked.text)
    if rest:
        yield from _answers(replace(find, term=None, asked=replace(find.asked, shapes=rest)), state, moment)


def _related(find: Finds) -> tuple[Clause, ...]:
    """The clauses about a term, those that can be claimed first."""
    best = max((hit.score for hit in find.hits), default=0.0)
    near = [hit.clause for hit in find.hits if hit.score >= max(NEAREST, RELATED * best)]
    return tuple(sorted(near, key=lambda clause: not clause.is_claimable))[:MAX_RELATED]
