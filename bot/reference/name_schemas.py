"""Keys whose values are names of the content, or are read by hand: what an editor may see there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields

from pydantic import BaseModel

from bot.cases.shapes import CaseShape, ConversationShape, ExcludedShape, ExpectedShape, TotalsShape
from bot.content.dialog_schemas import (
    CommandsFile,
    FlowFile,
    NoticesFile,
    PlacesFile,
    QuestionsFile,
    QuestionShape,
    SpanningShape,
    TopicShape,
)
from bot.content.schemas import (
    AttributeShape,
    BetterOfShape,
    ClausesFile,
    ClauseShape,
    ContactsFile,
    DocumentShape,
    NoFigureShape,
    StatusShape,
    SumShape,
    TierShape,
    TiersShape,
)
from bot.dialog.acts import Notice
from bot.dialog.flows import NONE_OF_THESE, UNSURE
from bot.policy.attributes import AttributeType
from bot.policy.matching import Standing
from bot.reference.attribute_schemas import CONDITIONS, facts_of
from bot.reference.cell_schemas import NULL, Schema, any_of, one_of_words, one_or_list, ref, text, words
from bot.reference.enum_words import STATUS_WORDS
from bot.reference.files import ContentNames
from bot.understanding.lexicon import Words

Define = Callable[[type[BaseModel]], Schema]
"""Defines a shape in the file, and points to it."""


@dataclass(frozen=True, slots=True)
class NameSchemas:
    """The schemas of names, as they stand in the content."""

    names: ContentNames
    define: Define

    def find(self, shape: type[BaseModel], key: str) -> Schema | None:
        """What may stand at a key of a shape; None where its type says all."""
        own = _OWN.get((shape, key))
        return own(self) if own else None

    def contact(self) -> Schema:
        """The id of a contact."""
        return one_of_words(self.names.contacts)

    def document(self) -> Schema:
        """The id of a document."""
        return one_of_words(self.names.documents)

    def attribute(self, *types: AttributeType) -> Schema:
        """The name of an attribute, of one of the types where some are given."""
        return one_of_words(a.name for a in self.names.attributes.values() if not types or a.type in types)

    def by_attribute(self, value: Schema, *types: AttributeType) -> Schema:
        """A table by the names of attributes."""
        wanted = [a for a in self.names.attributes.values() if not types or a.type in types]
        own = {a.name: {**value, "description": a.label} for a in wanted}
        return {"type": "object", "properties": own, "additionalProperties": False}

    def region(self) -> Schema:
        """One of the regions that the attribute knows."""
        known = self.names.attributes.get("region")
        return one_of_words(known.values if known else ())

    def facts(self) -> Schema:
        """The facts of an enterprise."""
        return facts_of(self.names.attributes.values())

    def benefit(self) -> Schema:
        """A sum, tiers or no figure."""
        return any_of(*(self.define(shape) for shape in (SumShape, TiersShape, NoFigureShape)), NULL)


def _table_of(item: Schema) -> Schema:
    return any_of({"type": "object", "additionalProperties": item}, NULL)


def _required(names: Iterable[str]) -> Schema:
    texts: dict[str, object] = {name: words() for name in names}
    return {"type": "object", "properties": texts, "additionalProperties": False, "required": list(texts)}


def _word_lists() -> Schema:
    lists: dict[str, object] = {each.name: one_or_list(words()) for each in fields(Words)}
    return {"type": "object", "properties": lists, "additionalProperties": False, "required": list(lists)}


_SUMS = (AttributeType.YUAN,)
_PREMISES = (AttributeType.BOOL, AttributeType.DATE)
_OWN: Mapping[tuple[type[BaseModel], str], Callable[[NameSchemas], Schema]] = {
    (AttributeShape, "values_of"): lambda s: s.attribute(),
    (AttributeShape, "default_from"): lambda s: s.attribute(),
    (ContactsFile, "hotline"): lambda s: s.contact(),
    (DocumentShape, "contacts"): lambda s: one_or_list(s.contact()),
    (DocumentShape, "scope"): lambda _: ref(CONDITIONS),
    (DocumentShape, "premises"): lambda _: ref(CONDITIONS),
    (DocumentShape, "status"): lambda s: any_of(one_of_words(STATUS_WORDS), s.define(StatusShape)),
    (ClausesFile, "document"): lambda s: s.document(),
    (ClausesFile, "clauses"): lambda s: {"type": "array", "items": s.define(ClauseShape)},
    (ClauseShape, "policy"): lambda s: s.document(),
    (ClauseShape, "contacts"): lambda s: one_or_list(s.contact()),
    (ClauseShape, "conditions"): lambda _: ref(CONDITIONS),
    (ClauseShape, "benefit"): lambda s: s.benefit(),
    (SumShape, "of"): lambda s: one_or_list(s.attribute(*_SUMS)),
    (SumShape, "minus"): lambda s: one_or_list(s.attribute(*_SUMS)),
    (TierShape, "of"): lambda s: one_or_list(s.attribute(*_SUMS)),
    (TierShape, "minus"): lambda s: one_or_list(s.attribute(*_SUMS)),
    (TierShape, "when"): lambda _: ref(CONDITIONS),
    (BetterOfShape, "attribute"): lambda s: s.attribute(*_SUMS),
    (PlacesFile, "regions"): lambda s: {
        "type": "object",
        "propertyNames": s.region(),
        "additionalProperties": one_or_list(words()),
    },
    (SpanningShape, "regions"): lambda s: one_or_list(s.region()),
    (FlowFile, "core"): lambda s: any_of(s.attribute(), {"type": "array", "items": s.attribute(), "minItems": 1}),
    (FlowFile, "direct"): lambda s: one_or_list(s.attribute()),
    (FlowFile, "premises"): lambda s: s.by_attribute(words(), *_PREMISES),
    (TopicShape, "id"): lambda _: {**words(), "not": one_of_words((NONE_OF_THESE.value, UNSURE.value))},
    (NoticesFile, "notices"): lambda _: _required(Notice),
    (TopicShape, "attributes"): lambda s: one_or_list(s.attribute()),
    (QuestionsFile, "questions"): lambda s: s.by_attribute(s.define(QuestionShape)),
    (CommandsFile, "words"): lambda _: _word_lists(),
    (CaseShape, "given"): lambda s: s.facts(),
    (CaseShape, "expect"): lambda s: _table_of(any_of(one_of_words(Standing), s.define(ExpectedShape))),
    (CaseShape, "totals"): lambda s: any_of(s.define(TotalsShape), NULL),
    (CaseShape, "excluded"): lambda s: any_of(
        {"type": "array", "items": text()}, _table_of(any_of(words(), s.define(ExcludedShape), NULL))
    ),
    (CaseShape, "waits_for"): lambda _: words(),
    (ConversationShape, "knows"): lambda s: s.facts(),
    (ConversationShape, "knows_not"): lambda s: one_or_list(s.attribute()),
}
