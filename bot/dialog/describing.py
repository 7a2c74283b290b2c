"""Answers about more than one clause: a document as a whole, all clauses on a subject, a department by its name."""

import re
from collections.abc import Container, Iterable, Sequence
from decimal import Decimal

from bot.dialog.answer_acts import DescribeDocuments, ListClauses
from bot.dialog.asked import SURE, Asked, asks_for_both, has_subject, names_subject, places_named
from bot.dialog.choosing import NOT_FAR, Circumstances, spoken_of, worth_of_labels
from bot.dialog.flows import Guide, once
from bot.policy.attributes import Profile
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Contact, Document, Kind
from bot.policy.matching import Verdict
from bot.search.characters import normalised
from bot.search.index import Hit
from bot.search.shapes import MUNICIPAL, is_refused, named_documents
from bot.search.words import Shape, any_of_words

FEWEST_LISTED, MAX_LISTED, DEEP = 2, 6, 30
LISTED_FROM = 0.4
"""The part of the best score from which a clause is about the same subject."""
TOLD_BY_RULE = 1.0
"""The score from which a question about the policies of a place is one about a rule of theirs."""
OF_WHOLE = frozenset({Shape.TIME, Shape.CONTACT, Shape.LIST})
"""What may be asked of a document by its name; anything else is asked of its clauses."""
CITY = "北京"
FIELD = re.compile(r"数据产业|数字经济|数据(?=的?(?:政策|措施|细则|补贴|扶持|支持))")
"""What all documents here are about."""
AREAS = ("北京市", "经开区", "通州区", "市级", "市")


def describe(asked: Asked, hits: Sequence[Hit], who: Circumstances, guide: Guide) -> DescribeDocuments | None:
    """The documents that a question is about as a whole; None when it is about something in them."""
    documents = _documents_asked_about(asked, guide) or _documents_beside(asked, hits[:1], who, guide)
    is_both = asks_for_both(asked.text) and any(document.stacking_note for document in documents)
    is_of_whole = is_both or asked.shape in (Shape.CONTACT, Shape.LIST)
    if not documents or (not is_of_whole and _is_told_by_rule(hits[:1], documents)):
        return None
    documents = tuple(sorted(documents, key=lambda document: availability_of(document, who.on) is Availability.CLOSED))
    states = tuple(availability_of(document, who.on) for document in documents)
    claimable = tuple(_claimable(document, who, guide) for document in documents)
    return DescribeDocuments(documents, states, claimable, asked.shapes, who.on, is_both)


def _documents_beside(asked: Asked, best: Sequence[Hit], who: Circumstances, guide: Guide) -> tuple[Document, ...]:
    """Those of which it is asked whether they go together with what another place or level gives.

    That of the policy that is named; where none is, those of the place of registration.
    """
    if not asks_for_both(asked.text) or not places_named(asked.text, guide):
        return ()
    if asked.has_subject:
        return tuple(hit.clause.policy for hit in best if hit.score >= SURE)
    own = who.profile.values.get("region")
    return tuple(document for document in guide.knowledge.documents.values() if own in document.places)


def _is_told_by_rule(best: Sequence[Hit], documents: Container[Document]) -> bool:
    """Whether what answers a question best is a rule of these documents."""
    sure = (hit.clause for hit in best if hit.score >= TOLD_BY_RULE)
    return any(clause.kind is Kind.RULE and clause.document in documents for clause in sure)


def _documents_asked_about(asked: Asked, guide: Guide) -> tuple[Document, ...]:
    """Those called by their name, else those of the places that a question names beside nothing else."""
    text = normalised(asked.text)
    if is_refused(text, guide.search_words):
        return ()
    called = documents_called(text, guide)
    is_of_whole = not asked.shapes or not OF_WHOLE.isdisjoint(asked.shapes)
    if called and is_of_whole and not names_subject(_without_names(called, text), guide):
        return called
    return _documents_of_places(asked, text, guide) if _is_of_policies(asked, text, guide) else ()


def _is_of_policies(asked: Asked, text: str, guide: Guide) -> bool:
    """Whether a question is of policies, and of nothing in them but the field of all."""
    rest = FIELD.sub("", text)
    is_of_part = asked.has_subject and (rest == text or has_subject(rest, guide))
    asks_sum = Shape.AMOUNT in asked.shapes and not asked.has_subject  # 副中心的给多少
    is_of_policy = (
        asks_sum or asks_for_both(text) or any_of_words(guide.search_words.policy_words).search(text) is not None
    )
    return is_of_policy and not is_of_part and not names_subject(rest, guide)


def _documents_of_places(asked: Asked, text: str, guide: Guide) -> tuple[Document, ...]:
    every = tuple(guide.knowledge.documents.values())
    of_places = named_documents(text, every, guide.search_words) if places_named(text, guide) else ()
    if not of_places and CITY in text and asked.shape is Shape.LIST:
        of_places = tuple(each for each in every if each.level == MUNICIPAL)
    return tuple(each for each in of_places if each.places) if asks_for_both(text) else of_places


@once
def documents_called(text: str, guide: Guide) -> tuple[Document, ...]:
    """The documents that a normalised text calls by a name of theirs."""
    return tuple(each for each in guide.knowledge.documents.values() if _name_in(each, text))


def _name_in(document: Document, text: str) -> str:
    """The longest name of the document that a normalised text uses; empty when it uses none."""
    names = (document.title, document.short_title, *document.names)
    return max((name for name in map(normalised, names) if name in text), key=len, default="")


def _without_names(documents: Iterable[Document], text: str) -> str:
    for document in documents:
        text = text.replace(_name_in(document, text), "")
    return text


def _claimable(document: Document, who: Circumstances, guide: Guide) -> tuple[Verdict, ...]:
    """The verdicts of what can be claimed by the document itself, those with the most money by their text first."""
    clauses = [clause for clause in guide.knowledge.clauses if clause.policy is document and clause.is_claimable]
    clauses.sort(key=lambda clause: -_most(guide.judge(clause, Profile(), who.on)))
    return tuple(guide.judge(clause, who.profile, who.on) for clause in clauses)


def _most(verdict: Verdict) -> Decimal:
    return verdict.prospect.high or verdict.prospect.low


def list_of(asked: Asked, hits: Sequence[Hit], who: Circumstances, guide: Guide) -> ListClauses | None:
    """All that can be claimed on the subject of a question; None when there are not several such clauses."""
    if not hits:
        return None
    spoken, best = spoken_of(asked.text, guide), hits[0].score
    near = [
        hit.clause
        for hit in guide.index.search(asked.text, limit=DEEP)
        if hit.score >= LISTED_FROM * best or worth_of_labels(hit.clause, spoken)
    ]
    claimable = [clause for clause in near if clause.is_claimable]
    found = claimable if len(claimable) >= FEWEST_LISTED else near
    if len(found) < FEWEST_LISTED or best < NOT_FAR:
        return None
    best_first = sorted(found, key=lambda clause: -worth_of_labels(clause, spoken))
    verdicts = sorted((guide.judge(clause, who.profile, who.on) for clause in best_first), key=_is_past)
    return ListClauses(tuple(verdicts[:MAX_LISTED]), max(0, len(found) - MAX_LISTED))


def _is_past(verdict: Verdict) -> bool:
    return verdict.availability in (Availability.DRAFT, Availability.CLOSED)


def departments_named(text: str, guide: Guide) -> tuple[Contact, ...]:
    """The departments and hotlines that a text names, with or without their area; the longest of names that overlap."""
    plain = normalised(text)
    named = {contact: name for contact in guide.knowledge.contacts.values() if (name := _called(contact, plain))}
    return tuple(contact for contact, name in named.items() if not any(name != o and name in o for o in named.values()))


def _called(contact: Contact, text: str) -> str:
    name = normalised(contact.name)
    for area in AREAS:
        name = name.removeprefix(area)
    return name if len(name) > 2 and name in text else ""
