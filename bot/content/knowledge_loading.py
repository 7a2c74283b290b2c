"""knowledge/ read and linked: attributes, contacts, documents, clauses, rules and terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.content.benefits import read_benefit
from bot.content.combining_loading import link_combining
from bot.content.condition_syntax import read_conditions
from bot.content.names import lookup
from bot.content.schemas import (
    AttributesFile,
    AttributeShape,
    ClausesFile,
    ClauseShape,
    CombiningShape,
    ContactsFile,
    DocumentsFile,
    StatusShape,
    TermsFile,
)
from bot.content.shapes import read_shape
from bot.content.yaml_source import Tree, TreePath, YamlSource, read_yaml
from bot.policy.attributes import Attribute, AttributeType, Way
from bot.policy.clauses import (
    Batch,
    Clause,
    Combining,
    Contact,
    Document,
    Draft,
    InForce,
    Kind,
    Knowledge,
    NoTerm,
    Status,
    Term,
    TitleYears,
)
from bot.policy.conditions import AllOf, Unclear
from bot.policy.values import value_from_json

Model = TypeVar("Model", bound=BaseModel)
WITH_VALUES = frozenset({AttributeType.CHOICE, AttributeType.ORDERED, AttributeType.SET})
NOTHING_TO_CLAIM = Unclear("这一条只是方向或规则，没有可以直接申领的资金")


@dataclass(slots=True)
class KnowledgeReader:
    """Reads one content folder.

    `sources` keep every file with its problems; `origins` the places of the clauses. A table whose file can't be read
    stays empty, and nothing is said of names that would stand in it.
    """

    folder: Path
    sources: list[YamlSource] = field(default_factory=list)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)
    origins: dict[str, tuple[YamlSource, TreePath]] = field(default_factory=dict)
    _has_all_clauses: bool = True

    def read(self, version: str) -> Knowledge | None:
        """The linked knowledge, or None when a file could not be read at all; problems stand in the sources."""
        self._read_attributes()
        hotline = self._read_contacts()
        combining = self._read_documents()
        for path in sorted((self.folder / "knowledge/clauses").glob("[!.#~]*.yaml")):
            self._read_clauses(f"knowledge/clauses/{path.name}")
        rules = (
            link_combining(combining, self.attributes, self.clauses)
            if combining and self._has_all_clauses
            else Combining()
        )
        terms = self._read_terms()
        if hotline is None:
            return None
        clauses = tuple(self.clauses.values())
        return Knowledge(
            version, self.attributes, self.documents, clauses, rules, self.contacts, hotline, terms, dict(self.clauses)
        )

    def open(self, name: str, model: type[Model]) -> tuple[YamlSource, Model | None]:
        """One file by its schema; None when it does not fit."""
        source = self.open_tree(name)
        return source, None if source.tree is None else read_shape(source, model, source.tree)

    def open_tree(self, name: str) -> YamlSource:
        """One file as a tree of text."""
        source = read_yaml(self.folder, name)
        self.sources.append(source)
        return source

    def source_of(self, name: str) -> YamlSource:
        """A file that has been read."""
        return next(source for source in self.sources if source.file == name)

    def _read_attributes(self) -> None:
        source, file = self.open("knowledge/attributes.yaml", AttributesFile)
        shapes = file.attributes if file else {}
        for name, shape in shapes.items():
            values, labels = shape.values, shape.labels
            if shape.values_of is not None:
                other = lookup(source, shapes, shape.values_of, ("attributes", name, "values_of"), "属性")
                values, labels = (other.values, other.labels | labels) if other else (values, labels)
            self.attributes[name] = self._attribute(source, name, shape, (tuple(values), labels))
            if shape.default_from is not None:
                lookup(source, shapes, shape.default_from, ("attributes", name, "default_from"), "属性")

    def _attribute(
        self, source: YamlSource, name: str, shape: AttributeShape, named: tuple[tuple[str, ...], Mapping[str, str]]
    ) -> Attribute:
        values, labels = named
        path = ("attributes", name)
        if shape.type in WITH_VALUES and not values and shape.values_of is None:
            source.report(path, "缺少 values", "写上可选的值，或用 values_of 取另一个属性的值")
        for value in labels:
            if values and value not in values:
                source.report((*path, "labels", value), "labels 里有 values 没有的值")
        bare = Attribute(name, shape.type, shape.label, values, labels, shape.note)
        way = Way(shape.change, shape.once) if shape.change else None
        bare = replace(bare, default_from=shape.default_from, way=way)
        if shape.default is None:
            return bare
        try:
            return replace(bare, default=value_from_json(bare, _plain(shape.default)))
        except ValueError as error:
            source.report((*path, "default"), str(error))
            return bare

    def _read_contacts(self) -> Contact | None:
        source, file = self.open("knowledge/contacts.yaml", ContactsFile)
        for index, shape in enumerate(file.contacts if file else ()):
            if shape.id in self.contacts:
                source.report(("contacts", index, "id"), f"联系方式 {shape.id} 写了两次")
            self.contacts[shape.id] = Contact(shape.id, shape.name, shape.phone, shape.hours, shape.source)
        if file is None:
            return None
        return self._contact(source, file.hotline, ("hotline",))

    def _contact(self, source: YamlSource, name: str, path: TreePath) -> Contact | None:
        return lookup(source, self.contacts, name, path, "联系方式")

    def _contacts_of(self, source: YamlSource, names: Iterable[str], path: TreePath) -> tuple[Contact, ...]:
        found = (self._contact(source, name, (*path, "contacts", index)) for index, name in enumerate(names))
        return tuple(contact for contact in found if contact is not None)

    def _read_documents(self) -> tuple[YamlSource, CombiningShape] | None:
        source, file = self.open("knowledge/documents.yaml", DocumentsFile)
        for index, shape in enumerate(file.documents if file else ()):
            path: TreePath = ("documents", index)
            if shape.id in self.documents:
                source.report((*path, "id"), f"文件 {shape.id} 写了两次")
            self.documents[shape.id] = Document(
                id=shape.id,
                title=shape.title,
                short_title=shape.short_title,
                issuer=shape.issuer,
                level=shape.level,
                status=_status(shape.status),
                status_note=shape.status_note,
                scope_say=shape.scope_say,
                scope=read_conditions(source, shape.scope, (*path, "scope"), self.attributes),
                premises=read_conditions(source, shape.premises, (*path, "premises"), self.attributes),
                stacking_note=shape.stacking_note,
                contacts=self._contacts_of(source, shape.contacts, path),
                places=tuple(shape.places),
                names=tuple(shape.names),
            )
        return None if file is None else (source, file.combining)

    def _read_clauses(self, name: str) -> None:
        source, file = self.open(name, ClausesFile)
        if file is None or (document := lookup(source, self.documents, file.document, ("document",), "文件")) is None:
            self._has_all_clauses = False
            return
        for index, tree in enumerate(file.clauses):
            clause = self._clause(source, document, tree, ("clauses", index))
            if clause is None:
                self._has_all_clauses = False
                continue
            if clause.id in self.clauses:
                source.report(("clauses", index, "article"), f"条款 {clause.id} 写了两次", "用 part 区分同一条的几项")
            self.clauses[clause.id] = clause
            self.origins[clause.id] = (source, ("clauses", index))

    def _clause(self, source: YamlSource, document: Document, tree: Tree, path: TreePath) -> Clause | None:
        shape = read_shape(source, ClauseShape, tree, path)
        written = tree if isinstance(tree, dict) else {}
        own = read_conditions(source, written.get("conditions"), (*path, "conditions"), self.attributes)
        benefit = read_benefit(source, written.get("benefit"), (*path, "benefit"), self.attributes)
        if shape is None:
            return None
        policy = document
        if shape.policy is not None:
            policy = lookup(source, self.documents, shape.policy, (*path, "policy"), "文件") or document
        is_claimable = shape.kind not in (Kind.DIRECTION, Kind.RULE)
        return Clause(
            id="/".join([document.id, shape.article] + ([shape.part] if shape.part else [])),
            document=document,
            policy=policy,
            article=shape.article,
            title=shape.title,
            summary=shape.summary,
            kind=shape.kind,
            recipient=shape.recipient,
            condition=own if is_claimable else AllOf((own, NOTHING_TO_CLAIM)),
            benefit=benefit,
            contacts=self._contacts_of(source, shape.contacts, path),
            tags=tuple(shape.tags),
            asked_as=tuple(shape.asked_as),
            evidence=tuple(shape.evidence),
            reminder=shape.reminder,
            terms=shape.terms,
            other_figures=tuple(shape.other_figures.items()),
        )

    def _read_terms(self) -> tuple[Term, ...]:
        _, file = self.open("knowledge/terms.yaml", TermsFile)
        return tuple(Term(t.name, t.meaning, tuple(t.synonyms)) for t in (file.terms if file else ()))


def _plain(text: str) -> str | bool:
    """A word of YAML as JSON has it."""
    return text == "true" if text in ("true", "false") else text


def _status(shape: StatusShape | str) -> Status:
    if isinstance(shape, str):
        return Draft() if shape == "draft" else NoTerm()
    if shape.in_force is not None:
        return InForce(shape.in_force.first, shape.in_force.last)
    if shape.title_years is not None:
        return TitleYears(shape.title_years.first, shape.title_years.last)
    return Batch(shape.batch or 0)
