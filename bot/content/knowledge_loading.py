"""knowledge/ read and linked: attributes, contacts, documents, clauses, rules and terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel
from rapidfuzz import process

from bot.content.benefits import read_benefit
from bot.content.condition_syntax import read_conditions
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
from bot.content.yaml_source import TreePath, YamlSource, read_yaml
from bot.policy.attributes import Attribute
from bot.policy.clauses import (
    Batch,
    BetterOf,
    Clause,
    Combining,
    Contact,
    Document,
    Draft,
    Exclusion,
    InForce,
    JointLimit,
    Kind,
    Knowledge,
    NoTerm,
    Status,
    Term,
    TitleYears,
)
from bot.policy.conditions import AllOf, Condition, Unclear
from bot.policy.values import value_from_json

Model = TypeVar("Model", bound=BaseModel)
NOTHING_TO_CLAIM = Unclear("这一条只是方向或规则，没有可以直接申领的资金")


@dataclass(slots=True)
class KnowledgeReader:
    """Reads one content folder; `sources` keep every file with its problems."""

    folder: Path
    sources: list[YamlSource] = field(default_factory=list)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)

    def read(self, version: str) -> Knowledge | None:
        """The linked knowledge, or None when a file could not be read at all; problems stand in the sources."""
        self._read_attributes()
        hotline = self._read_contacts()
        combining = self._read_documents()
        for path in sorted((self.folder / "knowledge/clauses").glob("*.yaml")):
            self._read_clauses(f"knowledge/clauses/{path.name}")
        rules = self._link_combining(combining)
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
        return source, None if source.problems else read_shape(source, model, source.tree)

    def open_tree(self, name: str) -> YamlSource:
        """One file as a tree of text."""
        source = read_yaml(self.folder, name)
        self.sources.append(source)
        return source

    def _read_attributes(self) -> None:
        source, file = self.open("knowledge/attributes.yaml", AttributesFile)
        for name, shape in (file.attributes if file else {}).items():
            path = ("attributes", name)
            values = shape.values
            labels = shape.labels
            if shape.values_of is not None:
                other = file.attributes.get(shape.values_of) if file else None
                if other is None:
                    source.report((*path, "values_of"), f"没有属性 {shape.values_of}")
                    continue
                values, labels = other.values, other.labels | shape.labels
            self.attributes[name] = self._attribute(source, name, shape, (tuple(values), labels))

    def _attribute(
        self, source: YamlSource, name: str, shape: AttributeShape, named: tuple[tuple[str, ...], Mapping[str, str]]
    ) -> Attribute:
        values, labels = named
        for value in labels:
            if value not in (values or ("true", "false")):
                source.report(("attributes", name, "labels", value), "labels 里有 values 没有的值")
        bare = Attribute(
            name,
            shape.type,
            shape.label,
            values,
            labels,
            shape.note,
            default_from=shape.default_from,
            is_changeable=shape.changeable,
        )
        if shape.default is None:
            return bare
        try:
            default = value_from_json(bare, shape.default)
        except ValueError as error:
            source.report(("attributes", name, "default"), str(error))
            return bare
        return replace(bare, default=default)

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
            return
        for index, shape in enumerate(file.clauses):
            clause = self._clause(source, document, shape, ("clauses", index))
            if clause.id in self.clauses:
                source.report(("clauses", index, "article"), f"条款 {clause.id} 写了两次", "用 part 区分同一条的几项")
            self.clauses[clause.id] = clause

    def _clause(self, source: YamlSource, document: Document, shape: ClauseShape, path: TreePath) -> Clause:
        policy = document
        if shape.policy is not None:
            policy = lookup(source, self.documents, shape.policy, (*path, "policy"), "文件") or document
        parts = [document.id, shape.article] + ([shape.part] if shape.part else [])
        own = read_conditions(source, shape.conditions, (*path, "conditions"), self.attributes)
        is_claimable = shape.kind not in (Kind.DIRECTION, Kind.RULE)
        condition: Condition = own if is_claimable else AllOf((own, NOTHING_TO_CLAIM))
        return Clause(
            id="/".join(parts),
            document=document,
            policy=policy,
            article=shape.article,
            title=shape.title,
            summary=shape.summary,
            kind=shape.kind,
            recipient=shape.recipient,
            condition=condition,
            benefit=read_benefit(source, shape.benefit, (*path, "benefit"), self.attributes),
            contacts=self._contacts_of(source, shape.contacts, path),
            tags=tuple(shape.tags),
            evidence=tuple(shape.evidence),
        )

    def _link_combining(self, read: tuple[YamlSource, CombiningShape] | None) -> Combining:
        if read is None:
            return Combining()
        source, shape = read
        for kind in ("limits", "exclusions", "better_of"):
            for index, rule in enumerate(getattr(shape, kind)):
                for place, name in enumerate(rule.clauses):
                    lookup(source, self.clauses, name, ("combining", kind, index, "clauses", place), "条款")
        limits = tuple(JointLimit(r.id, frozenset(r.clauses), r.cap, r.say, r.source) for r in shape.limits)
        exclusions = tuple(Exclusion(r.id, frozenset(r.clauses), r.say, r.source, r.stated) for r in shape.exclusions)
        better = []
        for index, rule in enumerate(shape.better_of):
            path = ("combining", "better_of", index, "attribute")
            if (attribute := lookup(source, self.attributes, rule.attribute, path, "属性")) is not None:
                better.append(BetterOf(rule.id, frozenset(rule.clauses), attribute, rule.say, rule.source))
        _report_crossing(source, limits)
        return Combining(limits, exclusions, tuple(better))

    def _read_terms(self) -> tuple[Term, ...]:
        _, file = self.open("knowledge/terms.yaml", TermsFile)
        return tuple(Term(t.name, t.meaning, tuple(t.synonyms)) for t in (file.terms if file else ()))


Found = TypeVar("Found")


def lookup(source: YamlSource, table: Mapping[str, Found], name: str, path: TreePath, what: str) -> Found | None:
    """What stands under the name; when nothing does, that is reported with the nearest name."""
    if (found := table.get(name)) is None:
        near = process.extractOne(name, list(table), score_cutoff=70)
        source.report(path, f"没有{what} {name}", f"是不是想写 {near[0]}" if near else "")
    return found


def _status(shape: StatusShape | str) -> Status:
    if isinstance(shape, str):
        return Draft() if shape == "draft" else NoTerm()
    if shape.in_force is not None:
        return InForce(shape.in_force.first, shape.in_force.last)
    if shape.title_years is not None:
        return TitleYears(shape.title_years.first, shape.title_years.last)
    return Batch(shape.batch or 0)


def _report_crossing(source: YamlSource, limits: tuple[JointLimit, ...]) -> None:
    for index, one in enumerate(limits):
        for other in limits[:index]:
            common = one.clauses & other.clauses
            if common and common not in (one.clauses, other.clauses):
                source.report(
                    ("combining", "limits", index),
                    f"与 {other.id} 的范围部分重叠",
                    "合并上限要么互不相干，要么一个包含另一个",
                )
