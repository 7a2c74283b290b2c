"""No edit goes untold: whatever field of the content changes, an entry changes with it."""

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from bot.changes.entries import Part, entries_of
from bot.dialog.flows import Guide
from bot.policy.attributes import Attribute, AttributeType, Way
from bot.policy.clauses import BetterOf, Ceiling, Contact, Draft, Exclusion, Formula, JointLimit, Per
from bot.policy.conditions import AllOf, Unclear
from bot.understanding.questions import AnswerType
from tests.content_fixture import shipped_bundle

GUIDE = shipped_bundle().guide
OTHER = Contact("other", "别的部门")
ATTRIBUTE = Attribute("other", AttributeType.YUAN, "别的金额")
AGAIN = {
    "status": Draft(),
    "scope": AllOf((Unclear("别的"),)),
    "premises": AllOf((Unclear("别的"),)),
    "condition": AllOf((Unclear("别的"),)),
    "benefit": Ceiling(Decimal(7)),
    "contacts": (OTHER,),
    "kind": None,
    "attribute": ATTRIBUTE,
    "clauses": frozenset({"digest-2024/1.1-2"}),
    "default": "别的",
    "default_from": "region",
    "labels": {"true": "别的"},
    "way": Way("别的"),
    "other_figures": (("9", "别的"),),
}
KEYS = {"id", "name", "document", "article"}
"""Under these an entry is found; another one is another entry."""


def other(name: str, value: object) -> Any:
    """Something else than the value of a field."""
    if name in AGAIN and AGAIN[name] is not None:
        return AGAIN[name]
    match value:
        case bool():
            return not value
        case Decimal():
            return value + 1
        case Enum():
            return next(one for one in type(value) if one is not value)
        case tuple():
            return ("别的",)
        case str() | None:
            return f"{value}别的"
        case _:
            raise TypeError(name)


def in_guide(part: Part, thing: Any, changed: Any) -> Guide:
    """The content with one thing changed."""
    knowledge = GUIDE.knowledge
    match part:
        case Part.CLAUSES:
            clauses = tuple(changed if clause is thing else clause for clause in knowledge.clauses)
            return replace(GUIDE, knowledge=replace(knowledge, clauses=clauses))
        case Part.DOCUMENTS:
            return replace(GUIDE, knowledge=replace(knowledge, documents={**knowledge.documents, thing.id: changed}))
        case Part.ATTRIBUTES:
            attributes: Mapping[str, Attribute] = {**knowledge.attributes, thing.name: changed}
            return replace(GUIDE, knowledge=replace(knowledge, attributes=attributes))
        case Part.CONTACTS:
            return replace(GUIDE, knowledge=replace(knowledge, contacts={**knowledge.contacts, thing.id: changed}))
        case Part.TERMS:
            return replace(GUIDE, knowledge=replace(knowledge, terms=(changed, *knowledge.terms[1:])))
        case Part.QUESTIONS:
            questions = {**GUIDE.lexicon.questions, thing.id: changed}
            return replace(GUIDE, lexicon=replace(GUIDE.lexicon, questions=questions))
        case _:
            return replace(GUIDE, knowledge=replace(knowledge, combining=with_rule(thing, changed)))


def with_rule(thing: Any, changed: Any) -> Any:
    rules = GUIDE.knowledge.combining
    match thing:
        case JointLimit():
            return replace(rules, limits=(changed, *rules.limits[1:]))
        case Exclusion():
            return replace(rules, exclusions=(changed, *rules.exclusions[1:]))
        case BetterOf():
            return replace(rules, better_of=(changed, *rules.better_of[1:]))
        case _:
            raise TypeError(thing)


CLAUSE = GUIDE.knowledge.by_id["bda-data-industry/8/data-voucher"]
RULES = GUIDE.knowledge.combining
THINGS: list[tuple[Part, Any]] = [
    (Part.CLAUSES, CLAUSE),
    (Part.DOCUMENTS, GUIDE.knowledge.documents["digest-2024"]),
    (Part.ATTRIBUTES, GUIDE.knowledge.attributes["specialized_tier"]),
    (Part.CONTACTS, GUIDE.knowledge.contacts["bda-it"]),
    (Part.TERMS, GUIDE.knowledge.terms[0]),
    (Part.COMBINING, RULES.limits[0]),
    (Part.COMBINING, RULES.exclusions[0]),
    (Part.COMBINING, RULES.better_of[0]),
]
EDITS = [(part, thing, field.name) for part, thing in THINGS for field in fields(thing) if field.name not in KEYS]


@pytest.mark.parametrize(
    ("part", "thing", "name"), EDITS, ids=[f"{type(thing).__name__}.{name}" for _, thing, name in EDITS]
)
def test_every_field_of_the_knowledge_is_told(part: Part, thing: Any, name: str) -> None:
    value = getattr(thing, name)
    changed = replace(
        thing, **{name: GUIDE.knowledge.documents["digest-2024"] if name == "policy" else other(name, value)}
    )

    before, after = entries_of(GUIDE), entries_of(in_guide(part, thing, changed))

    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} != set()


@pytest.mark.parametrize("name", ["prompt", "why", "asks_first", "cues", "yes_words", "no_words", "unsure"])
def test_every_field_of_a_question_is_told(name: str) -> None:
    question = GUIDE.lexicon.questions["high_tech"]
    assert question.type is AnswerType.YES_NO
    changed = replace(question, **{name: other(name, getattr(question, name))})

    before, after = entries_of(GUIDE), entries_of(in_guide(Part.QUESTIONS, question, changed))

    assert before[Part.QUESTIONS, "high_tech"] != after[Part.QUESTIONS, "high_tech"]


@pytest.mark.parametrize("field", [field.name for field in fields(Formula)])
def test_every_part_of_a_formula_is_told(field: str) -> None:
    formula = CLAUSE.benefit
    assert isinstance(formula, Formula)
    values: dict[str, Any] = {
        "constant": Decimal(3),
        "rate": Decimal("0.2"),
        "plus": (ATTRIBUTE,),
        "minus": (ATTRIBUTE,),
        "cap": Decimal(4),
        "is_upper_bound": True,
        "per": Per.PROJECT,
    }
    changed = replace(CLAUSE, benefit=replace(formula, **{field: values[field]}))

    before, after = entries_of(GUIDE), entries_of(in_guide(Part.CLAUSES, CLAUSE, changed))

    assert before[Part.CLAUSES, CLAUSE.id] != after[Part.CLAUSES, CLAUSE.id]
