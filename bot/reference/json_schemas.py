"""JSON Schemas of the files that staff write, for the editor's checks, completion and hover."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.content import cells
from bot.content.schemas import AttributeShape, ContactShape, Span, StatusShape, SumShape, TierShape
from bot.reference.attribute_schemas import CONDITIONS, condition_definitions
from bot.reference.case_notes import CASE_NOTES
from bot.reference.cell_schemas import (
    NULL,
    Schema,
    any_of,
    day,
    flag,
    one_of_words,
    percent,
    ref,
    text,
    whole,
    words,
    yuan,
)
from bot.reference.dialog_notes import DIALOG_NOTES
from bot.reference.enum_words import LEVELS, spell_out, words_of
from bot.reference.files import KINDS, ContentNames, FileKind
from bot.reference.knowledge_notes import KNOWLEDGE_NOTES
from bot.reference.name_schemas import NameSchemas
from bot.reference.notes import Note, Notes

NOTES: Notes = {**KNOWLEDGE_NOTES, **DIALOG_NOTES, **CASE_NOTES}
_CELLS: tuple[tuple[Any, Callable[[], Schema]], ...] = tuple(
    (get_args(cell)[1], schema)
    for cell, schema in (
        (cells.Yuan, yuan),
        (cells.Percent, percent),
        (cells.Flag, flag),
        (cells.Day, day),
        (cells.Words, words),
    )
)
_MANY = get_args(cells.Names)[1]
_ONE_SUM: list[Schema] = [
    {"required": ["rate", "of"]},
    {"required": ["fixed"]},
    {"required": ["ceiling"], "not": {"anyOf": [{"required": ["cap"]}, {"required": ["minus"]}]}},
]
_WITH_VALUES: Schema = {"properties": {"type": one_of_words(("choice", "ordered", "set"))}}
_RULES: Mapping[type[BaseModel], Schema] = {
    SumShape: {"oneOf": _ONE_SUM},
    TierShape: {"oneOf": _ONE_SUM},
    StatusShape: {"minProperties": 1, "maxProperties": 1},
    Span: {"minProperties": 1},
    ContactShape: {"dependencies": {"phone": ["source"]}},
    AttributeShape: {"if": _WITH_VALUES, "then": {"anyOf": [{"required": ["values"]}, {"required": ["values_of"]}]}},
}


def note_of(shape: type[BaseModel], key: str) -> Note:
    """What a key of a shape is for."""
    return NOTES[shape][key]


def keys_of(shape: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The keys of a shape as they are written."""
    return {info.alias or name: info for name, info in shape.model_fields.items()}


def meanings_of(annotation: object) -> str:
    """What the words of a closed list stand for; empty for any other type."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return spell_out(words_of(annotation))
    if get_origin(annotation) is Literal:
        return spell_out({word: LEVELS.get(word, "") for word in get_args(annotation)})
    return ""


def write_schemas(names: ContentNames) -> Mapping[str, Schema]:
    """The schema of every kind of file, by the name of the kind."""
    return {kind.name: _Writer(names).file(kind) for kind in KINDS}


def schema_text(schema: Schema) -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


@dataclass(slots=True)
class _Writer:
    """Writes one file's schema; each shape is defined once."""

    names: ContentNames
    definitions: dict[str, Schema] = field(default_factory=dict)

    def file(self, kind: FileKind) -> Schema:
        """The schema of one kind of file."""
        shape = self._shape(kind.shape)
        if f"/{CONDITIONS}'" in f"{self.definitions}":
            self.definitions |= condition_definitions(self.names.attributes.values())
        head: Schema = {"$schema": "http://json-schema.org/draft-07/schema#", "title": kind.title}
        body: Schema = {"type": "array", "items": shape} if kind.is_list else {"allOf": [shape]}
        return {**head, **body, "definitions": dict(sorted(self.definitions.items()))}

    def _shape(self, shape: type[BaseModel]) -> Schema:
        if shape.__name__ not in self.definitions:
            self.definitions[shape.__name__] = {}
            self.definitions[shape.__name__] = self._object(shape)
        return ref(shape.__name__)

    def _object(self, shape: type[BaseModel]) -> Schema:
        keys = keys_of(shape)
        properties = {key: self._key(shape, key, info) for key, info in keys.items()}
        required = [key for key, info in keys.items() if info.is_required()]
        schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**schema, **({"required": required} if required else {}), **_RULES.get(shape, {})}

    def _key(self, shape: type[BaseModel], key: str, info: FieldInfo) -> Schema:
        schema = NameSchemas(self.names, self._shape).find(shape, key)
        if schema is None:
            schema = self._value(info.annotation, tuple(info.metadata))
        note, meanings = note_of(shape, key), meanings_of(info.annotation)
        said = [note.what, *([f"例：{note.example}"] if note.example else []), *([meanings] if meanings else [])]
        described = {"allOf": [schema]} if "$ref" in schema else schema
        return {**described, "description": "。".join(part.rstrip("。") for part in said)}

    def _value(self, annotation: object, metadata: tuple[object, ...] = ()) -> Schema:
        """What an editor may see where the annotation stands."""
        for cell, schema in _CELLS:
            if cell in metadata:
                return schema()
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._value(parts[0], parts[1:])
        if origin in (Union, UnionType):
            return any_of(*(NULL if part is type(None) else self._value(part, metadata) for part in parts))
        if origin is tuple:
            return self._list(parts[0], metadata)
        if origin is dict:
            return self._table(parts[0], self._value(parts[1]))
        return one_of_words(parts) if origin is Literal else self._plain(annotation, metadata)

    def _plain(self, annotation: object, metadata: tuple[object, ...]) -> Schema:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self._shape(annotation)
        if isinstance(annotation, type) and issubclass(annotation, StrEnum):
            return one_of_words(annotation)
        if annotation is int:
            return whole(_bound(metadata, "ge"), _bound(metadata, "le"))
        return text()

    def _list(self, item: object, metadata: tuple[object, ...]) -> Schema:
        least = _bound(metadata, "min_length")
        items: Schema = {"type": "array", "items": self._value(item), **({"minItems": least} if least else {})}
        return any_of(words(), items) if _MANY in metadata else items

    def _table(self, key: object, value: Schema) -> Schema:
        if not (isinstance(key, type) and issubclass(key, StrEnum)):
            return {"type": "object", "additionalProperties": value}
        named = {word: {"allOf": [value], "description": said or word} for word, said in words_of(key).items()}
        return {"type": "object", "properties": named, "additionalProperties": False}


def _bound(metadata: tuple[object, ...], name: str) -> int | None:
    """A bound that a type sets, also where pydantic has packed it into a field of its own."""
    laid_open = [part for each in metadata for part in (each, *getattr(each, "metadata", ()))]
    found = next((getattr(part, name) for part in laid_open if getattr(part, name, None) is not None), None)
    return found if isinstance(found, int) else None
