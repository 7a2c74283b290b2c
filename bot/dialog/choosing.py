"""Which of the clauses that a search found answer a question, and which are only worth naming."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.dialog.asked import SURE, Asked, asks_for_both, places_named
from bot.dialog.deciding import failing_of
from bot.dialog.flows import Guide, once
from bot.policy.attributes import Profile
from bot.policy.availability import Availability
from bot.policy.clauses import Clause, Kind
from bot.policy.matching import Standing, Verdict
from bot.policy.truth import Truth
from bot.search.characters import normalised
from bot.search.index import Hit
from bot.search.shapes import named_terms
from bot.search.words import Shape

NEAREST = 0.12
"""The score below which an answer is none; of 294 right ones one stays below it (docs/search.md)."""
CLOSE, WORTH_NAMING = 0.88, 0.5
"""Answers with this part of the best score are as good: first those for the enterprise's own place, then those that it
can still get, then those in force. And the part that one has which is worth a word."""
MAX_TOLD, MAX_OTHERS = 3, 2
OF_CLAIMS = (Shape.AMOUNT, Shape.WHO)
"""Questions of somebody who wants to claim: what can be claimed goes before a direction."""
WANTS_TO_CLAIM = re.compile(r"补|奖|贴|钱|领|券|报销|资助|材料")
"""Which question of how is one, too: 数据券怎么领, but not 怎么做数据资产登记."""
_OF_NO_CLAIM = re.compile(r"[值卖](?:得|了|个|到|上)?(?:多少|几)|多少[^,]{0,5}才|(?:得|要|必须|需要?)先(?!生)")
"""What asks for a price, a threshold or a step to be taken first, and not for what can be had."""
NAMED_WELL, NOT_FAR = 3, 0.25
"""So many characters that name a label make an answer sure from a lower score on."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who asks, and of which day; `facts` are the attributes that the same text tells of."""

    profile: Profile
    on: date
    facts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The verdicts to tell, all of one article, and others to name."""

    told: tuple[Verdict, ...]
    others: tuple[Verdict, ...]
    is_sure: bool


def choose(asked: Asked, hits: Sequence[Hit], who: Circumstances, guide: Guide) -> Chosen | None:
    """What to tell of the hits; None when none is near enough."""
    near = tuple(hit for hit in hits if hit.score >= NEAREST)
    if not near:
        return None
    spoken = spoken_of(asked.text, guide)
    ordered = _ordered(near, spoken, asked, who, guide)
    told = _told(ordered, spoken, asked, who, guide)
    worth_naming = {hit.clause.id for hit in near if hit.score >= WORTH_NAMING * near[0].score}
    others = (v for v in ordered if v.clause.id in worth_naming or worth_of_labels(v.clause, spoken))
    is_named = near[0].score >= NOT_FAR and worth_of_labels(told[0].clause, spoken) >= NAMED_WELL
    is_told = any(_uses(verdict.clause, who.facts) for verdict in told)
    return Chosen(told, _others(others, told), near[0].score >= SURE or is_named or is_told)


def wants_to_claim(asked: Asked) -> bool:
    """Whether the question is of somebody who wants to claim."""
    if _OF_NO_CLAIM.search(asked.text):
        return False
    return asked.shape in OF_CLAIMS or (asked.shape is Shape.HOW and WANTS_TO_CLAIM.search(asked.text) is not None)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question as far as it names labels: `other_names` are those of the terms in it, with the name that it uses."""

    text: str
    other_names: Mapping[str, str]


@once
def spoken_of(text: str, guide: Guide) -> Spoken:
    """The text with the other names of the terms that it names, so that 首次登记 finds what is labelled 首登记."""
    plain = normalised(text)
    named = named_terms(plain, guide.knowledge.terms)
    names = ((normalised(other), used) for used, term in named.items() for other in (term.name, *term.synonyms))
    return Spoken(plain, dict(names))


def worth_of_labels(clause: Clause, spoken: Spoken) -> int:
    """How many characters of a question name labels of the clause."""
    labels = (normalised(label) for label in (clause.title, *clause.tags))
    used = (label if label in spoken.text else spoken.other_names.get(label, "") for label in labels)
    covered = ((spoken.text.find(name), len(name)) for name in used if name)
    return len({place for start, length in covered for place in range(start, start + length)})


def named_best(clauses: Sequence[Clause], spoken: Spoken) -> list[Clause]:
    """Those of the clauses whose labels a question names most; none where it names none."""
    worths = [worth_of_labels(clause, spoken) for clause in clauses]
    most = max(worths, default=0)
    return [clause for clause, worth in zip(clauses, worths, strict=True) if worth == most > 0]


def _uses(clause: Clause, facts: Collection[str]) -> bool:
    return not clause.attribute_names.isdisjoint(facts)


def _ordered(near: Sequence[Hit], spoken: Spoken, asked: Asked, who: Circumstances, guide: Guide) -> list[Verdict]:
    """The verdicts, best first."""
    ordered = _in_reach_first(near, spoken, asked, who, guide)
    if who.facts:
        ordered.sort(key=lambda verdict: not _uses(verdict.clause, who.facts) or _is_ruled_out(verdict)[1])
    if asked.shape is Shape.TIME and asked.has_subject:
        ordered.sort(key=lambda verdict: verdict.clause.kind is Kind.RULE)
    if asks_for_both(asked.text):
        ordered.sort(key=lambda verdict: verdict.clause.kind is not Kind.RULE)
    near_by = {hit.clause.id for hit in near if hit.score >= WORTH_NAMING * near[0].score}
    return _claims_first(ordered, near_by, spoken, asked, guide)


def _in_reach_first(
    near: Sequence[Hit], spoken: Spoken, asked: Asked, who: Circumstances, guide: Guide
) -> list[Verdict]:
    """The verdicts by their scores; of those in front that answer about as well, what the enterprise can have first."""
    judged = [(hit.score, guide.judge(hit.clause, who.profile, who.on)) for hit in near]
    is_placed = bool(places_named(asked.text, guide))
    wanted = worth_of_labels(near[0].clause, spoken)
    is_out = not is_placed and wanted > 0 and _is_ruled_out(judged[0][1])[0]

    def is_in_front(score: float, verdict: Verdict) -> bool:
        is_same_thing = worth_of_labels(verdict.clause, spoken) >= wanted
        return is_same_thing and score >= (WORTH_NAMING if is_out else CLOSE) * near[0].score

    front = [verdict for score, verdict in judged if is_in_front(score, verdict)]
    rest = [verdict for score, verdict in judged if not is_in_front(score, verdict)]
    if not is_placed:
        front.sort(key=_is_ruled_out)
    return [*front, *rest]


def _claims_first(
    ordered: list[Verdict], near_by: Collection[str], spoken: Spoken, asked: Asked, guide: Guide
) -> list[Verdict]:
    """For who wants to claim: an article from which something can be claimed, before one of mere directions."""
    first = ordered[0].clause
    if not wants_to_claim(asked) or _is_rule_asked(first, asked) or _has_claims(first, guide):
        return ordered
    claimable = [v for v in ordered if v.clause.is_claimable and v.clause.id in near_by]
    if not claimable or worth_of_labels(claimable[0].clause, spoken) < worth_of_labels(first, spoken):
        return ordered
    return [claimable[0], *(verdict for verdict in ordered if verdict is not claimable[0])]


def _is_rule_asked(first: Clause, asked: Asked) -> bool:
    """Whether a rule is what is asked: not where a sum is."""
    return first.kind is Kind.RULE and (asks_for_both(asked.text) or asked.shape is not Shape.AMOUNT)


def _has_claims(first: Clause, guide: Guide) -> bool:
    """Whether something of the clause's article can be claimed."""
    return any(clause.is_claimable for clause in article_of(first, guide))


def _is_ruled_out(verdict: Verdict) -> tuple[bool, bool, bool]:
    """Whether the document does not cover the enterprise, a condition keeps it from the clause, it is not in force."""
    is_claimable = verdict.clause.is_claimable
    is_refused = is_claimable and verdict.standing is Standing.NOT_ELIGIBLE
    is_not_in_force = is_claimable and verdict.availability in (Availability.DRAFT, Availability.CLOSED)
    return verdict.finding.parts[0].truth is Truth.FALSE, is_refused, is_not_in_force


def place_of(clause: Clause) -> tuple[str, str]:
    """The document and the article that a clause is of."""
    return clause.document.id, clause.article


def article_of(clause: Clause, guide: Guide) -> tuple[Clause, ...]:
    """The clauses of the same article, in their order."""
    key = place_of(clause)

    def make() -> tuple[Clause, ...]:
        return tuple(other for other in guide.knowledge.clauses if place_of(other) == key)

    return guide.of_verdict((article_of, *key), make)


def _told(
    ordered: Sequence[Verdict], spoken: Spoken, asked: Asked, who: Circumstances, guide: Guide
) -> tuple[Verdict, ...]:
    """The clauses of the best article that the question names; what the search found there where it names none."""
    mates = article_of(ordered[0].clause, guide)
    best, found = named_best(mates, spoken), [verdict.clause for verdict in ordered if verdict.clause in mates]
    named = sorted(best or found, key=[*found, *mates].index)
    claimable = [clause for clause in named if clause.is_claimable]
    is_of_first = not wants_to_claim(asked) and (not best or (asked.shape is Shape.HOW and found[0] in named))
    clauses = found[:1] if is_of_first else claimable or named[:1]
    told = _without_refused([guide.judge(clause, who.profile, who.on) for clause in clauses])
    return tuple(_without_outdone(told, guide)[:MAX_TOLD])


def _without_refused(told: list[Verdict]) -> list[Verdict]:
    """Of several tiers those that the enterprise may have; where it may have none, those that it lacks least for."""
    left = [verdict for verdict in told if verdict.standing is not Standing.NOT_ELIGIBLE]
    fewest = min((len(failing_of(verdict)) for verdict in told), default=0)
    return left or [verdict for verdict in told if len(failing_of(verdict)) == fewest]


def _without_outdone(told: list[Verdict], guide: Guide) -> list[Verdict]:
    """Of tiers that exclude one another the best, where the sums of all are known."""
    ids = {verdict.clause.id for verdict in told}
    rules = (rule for rule in guide.knowledge.combining.exclusions if rule.is_stated and ids <= rule.clauses)
    if not any(rules) or any(verdict.prospect.exact is None for verdict in told):
        return told
    return [max(told, key=lambda verdict: verdict.prospect.exact or 0)]


def _others(ordered: Iterable[Verdict], told: Sequence[Verdict]) -> tuple[Verdict, ...]:
    articles = {place_of(verdict.clause) for verdict in told}
    fresh = (v for v in ordered if v.clause.is_claimable and place_of(v.clause) not in articles)
    return tuple(fresh)[:MAX_OTHERS]
