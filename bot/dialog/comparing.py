"""The sides of a question that compares: two places, two things to claim, or two words of the trade."""

import re
from collections.abc import Iterator, Sequence

from bot.dialog.answer_acts import CompareClauses, ExplainTerm
from bot.dialog.asked import Asked, asks_for_both, places_named
from bot.dialog.choosing import WORTH_NAMING, Circumstances, article_of, named_best, spoken_of, worth_of_labels
from bot.dialog.flows import Guide
from bot.policy.clauses import Clause
from bot.search.characters import normalised
from bot.search.index import Hit
from bot.search.shapes import is_of, named_terms
from bot.search.words import any_of_words

DEEP = 30
"""So many hits are looked through for the best one of each place."""
BOTH_SIDES = re.compile(r"两边|两地|两个区|两家|两份|各地|哪边")
ABOUT_SUPPORT = re.compile(r"补|奖|贴|支持|资助|政策|给|多")
_AND = re.compile(r"和|跟|与|还是|、|比")


def compare(asked: Asked, who: Circumstances, guide: Guide) -> tuple[CompareClauses | ExplainTerm, ...]:
    """The acts that lay side by side what a question compares; none when there are no two sides to it."""
    if not asked.has_subject or any_of_words(guide.search_words.elsewhere).search(asked.text):
        return ()
    hits = guide.index.search(asked.text, limit=DEEP)
    places = places_named(asked.text, guide)
    if len(places) > 1 or (not places and BOTH_SIDES.search(asked.text)):
        sides = _of_places(asked, hits, places, guide)
    elif terms := _terms(asked, guide):
        return terms
    else:
        sides = _of_things(asked, hits, guide)
    return (_beside(sides, asked, who, guide),) if len(sides) > 1 else ()


def _beside(sides: Sequence[Clause], asked: Asked, who: Circumstances, guide: Guide) -> CompareClauses:
    """The clauses side by side, with the rules that let only one of them count."""
    verdicts = tuple(guide.judge(clause, who.profile, who.on) for clause in sides)
    ids = {clause.id for clause in sides}
    rules = tuple(rule.say for rule in guide.knowledge.combining.exclusions if len(ids & rule.clauses) > 1)
    return CompareClauses(verdicts, rules, asks_for_both(asked.text), bool(who.profile.values), who.on)


def _of_places(asked: Asked, hits: Sequence[Hit], places: Sequence[str], guide: Guide) -> tuple[Clause, ...]:
    """The best clause of each place that is named, or of each that has one where 两边 names none."""
    every = tuple(place.target for place in guide.search_words.places)
    best = (_best_of(place, asked.text, hits, guide) for place in places or every)
    found = tuple(clause for clause in best if clause is not None)
    claimable = tuple(clause for clause in found if clause.is_claimable)
    return claimable if len(claimable) > 1 and not places else found


def _best_of(place: str, text: str, hits: Sequence[Hit], guide: Guide) -> Clause | None:
    """Of the clauses of a place the one whose labels the text names most, one that can be claimed before others."""
    spoken = spoken_of(text, guide)
    found = [hit.clause for hit in hits if is_of(hit.clause.document, frozenset({place}))]
    mates = [clause for first in found[:2] for clause in article_of(first, guide)]
    ranked = sorted((*mates, *found[2:]), key=lambda each: (-worth_of_labels(each, spoken), not each.is_claimable))
    return ranked[0] if ranked and worth_of_labels(ranked[0], spoken) else next(iter(found), None)


def _terms(asked: Asked, guide: Guide) -> tuple[ExplainTerm, ...]:
    """The words that a question sets apart which asks nothing of what is granted: 首登记和首入表有什么区别."""
    text = normalised(asked.text)
    named = named_terms(text, guide.knowledge.terms)
    terms = tuple({term.name: term for term in named.values()}.values())
    rest = any_of_words(tuple(named)).sub("", text)
    is_only_words = len(terms) > 1 and not ABOUT_SUPPORT.search(rest) and not asks_for_both(text)
    return tuple(ExplainTerm(term) for term in terms[:2]) if is_only_words else ()


def _of_things(asked: Asked, hits: Sequence[Hit], guide: Guide) -> tuple[Clause, ...]:
    """The clauses of the two things that a text names around a 和 or 还是; else the two best that can be claimed."""
    named = {clause.id: clause for clause in _named_by_halves(asked.text, hits, guide)}
    if len(named) == 2:
        return tuple(named.values())
    spoken = spoken_of(asked.text, guide)
    fitting = [hit.clause for hit in hits if hit.clause.is_claimable and worth_of_labels(hit.clause, spoken)]
    mates = [clause for first in fitting[:1] for clause in article_of(first, guide) if clause.is_claimable]
    same = named_best(mates, spoken)
    others = [clause for clause in fitting if clause.article != fitting[0].article]
    return tuple(same[:2]) if len(same) > 1 else (*fitting[:1], *others[:1])


def _named_by_halves(text: str, hits: Sequence[Hit], guide: Guide) -> Iterator[Clause]:
    """The clause that each of two parts names; of those that answer the whole question before any other."""
    parts = [part for part in _AND.split(text) if part.strip()]
    if len(parts) != 2:
        return
    answering = [hit.clause for hit in hits if hit.score >= WORTH_NAMING * hits[0].score]
    near = [mate for clause in answering for mate in article_of(clause, guide) if mate.is_claimable]
    for part in parts:
        spoken = spoken_of(part, guide)
        best = max(((worth_of_labels(clause, spoken), -at) for at, clause in enumerate(near)), default=(0, 0))
        if best[0]:
            yield near[-best[1]]
