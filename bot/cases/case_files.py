"""Cases as staff write them, read with the content at hand; mistakes are reported, all at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel

from bot.cases.clause_names import unknown_clause
from bot.cases.files import Place, place_in
from bot.cases.given import read_given
from bot.cases.shapes import CaseShape, ExcludedShape, ExpectedShape, TotalsShape
from bot.content.names import did_you_mean
from bot.content.shapes import read_shape
from bot.content.yaml_source import Tree, TreePath, YamlSource
from bot.dialog.flows import Guide
from bot.policy.attributes import Profile
from bot.policy.clauses import Knowledge

TOPICS, PREMISES, NOTHING = "topics", "premises", "none"
"""What may be waited for besides an attribute: the two joint questions, and that nothing is left to ask."""


class Aspect(StrEnum):
    """What a case may say of a clause, or of the whole."""

    STANDING = "standing"
    AVAILABILITY = "availability"
    EXACT = "exact"
    LOW = "low"
    HIGH = "high"
    FIXED = "fixed"
    CEILING = "ceiling"
    CHOSEN = "chosen"
    EXCLUDED = "excluded"
    BECAUSE = "because"
    INSTEAD_OF = "instead_of"
    WAITS_FOR = "waits_for"


Wanted = Decimal | str | bool | frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that must come of a case, and where it is written; `clause` is empty when it is of the whole."""

    place: Place
    aspect: Aspect
    value: Wanted
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Facts on a day, and all that must come of them."""

    place: Place
    name: str
    on: date
    profile: Profile
    expectations: tuple[Expectation, ...]

    def __str__(self) -> str:
        return f"{self.place.file}: {self.name}"


def read_cases(source: YamlSource, guide: Guide) -> tuple[Case, ...]:
    """The cases of one file that can be read; whatever is wrong with it goes to the source."""
    if not isinstance(source.tree, list):
        return ()
    read = (_CaseReader(source, guide, (index,)).read(tree) for index, tree in enumerate(source.tree))
    return tuple(case for case in read if case is not None)


@dataclass(frozen=True, slots=True)
class _CaseReader:
    """Reads the case at a path of a file."""

    source: YamlSource
    guide: Guide
    path: TreePath

    def read(self, tree: Tree) -> Case | None:
        """The case, or None when something is wrong with it."""
        before = len(self.source.problems)
        shape = read_shape(self.source, CaseShape, tree, self.path)
        written = tree if isinstance(tree, dict) else {}
        profile = read_given(self.source, written.get("given"), (*self.path, "given"), self._knowledge.attributes)
        expectations = (*self._of_clauses(written.get("expect")), *self._of_totals(written.get("totals")))
        expectations += (*self._of_excluded(written.get("excluded")), *self._of_whole(written))
        if shape is not None and not expectations and len(self.source.problems) == before:
            hint = "写上 expect、totals、chosen、excluded 或 waits_for"
            self.source.report(self.path, "没有写应当得出什么", hint)
        if shape is None or len(self.source.problems) > before:
            return None
        return Case(place_in(self.source, self.path), shape.name, shape.on, profile, tuple(expectations))

    @property
    def _knowledge(self) -> Knowledge:
        return self.guide.knowledge

    def _of_clauses(self, tree: Tree) -> Iterator[Expectation]:
        path = (*self.path, "expect")
        for name, wanted in self._table(tree, path, "例如 digest-2024/1.1-2: not_eligible"):
            self._clause(name, (*path, name))
            form: Tree = {"standing": wanted} if isinstance(wanted, str) else wanted
            shape = read_shape(self.source, ExpectedShape, form, (*path, name))
            yield from self._stated(shape, (*path, name), name)

    def _of_totals(self, tree: Tree) -> Iterator[Expectation]:
        path = (*self.path, "totals")
        if tree is not None:
            yield from self._stated(read_shape(self.source, TotalsShape, tree, path), path)

    def _of_excluded(self, tree: Tree) -> Iterator[Expectation]:
        """A list of clauses, or a table of them with the reason; a clause id as the value goes before it."""
        path = (*self.path, "excluded")
        if isinstance(tree, list):
            for index, name in enumerate(tree):
                yield from self._excluded(name, (*path, index))
            return
        for name, wanted in self._table(tree, path, "写成条款的列表，或「条款: {because: 原因里的话}」"):
            yield from self._excluded(name, (*path, name))
            form: Tree = {"instead_of": wanted} if isinstance(wanted, str) else wanted
            shape = read_shape(self.source, ExcludedShape, form, (*path, name)) if form is not None else None
            if shape is not None and shape.instead_of:
                self._clause(shape.instead_of, (*path, name))
            yield from self._stated(shape, (*path, name), name)

    def _excluded(self, name: Tree, path: TreePath) -> Iterator[Expectation]:
        if isinstance(name, str):
            self._clause(name, path)
            yield Expectation(place_in(self.source, path), Aspect.EXCLUDED, value=True, clause=name)
        else:
            self.source.report(path, "应为条款的编号", "例如 digest-2024/1.1-2")

    def _of_whole(self, written: Mapping[str, Tree]) -> Iterator[Expectation]:
        chosen, waits_for = written.get("chosen"), written.get("waits_for")
        if chosen is not None:
            path = (*self.path, "chosen")
            written_names = chosen if isinstance(chosen, list) else [chosen]
            names = tuple(name for name in written_names if isinstance(name, str))  # others: the shape tells
            for index, name in enumerate(names):
                self._clause(name, (*path, index))
            yield Expectation(place_in(self.source, path), Aspect.CHOSEN, frozenset(names))
        if isinstance(waits_for, str):
            path = (*self.path, "waits_for")
            check_waits_for(self.source, waits_for, path, self.guide)
            yield Expectation(place_in(self.source, path), Aspect.WAITS_FOR, waits_for)

    def _stated(self, shape: BaseModel | None, path: TreePath, clause: str = "") -> Iterator[Expectation]:
        """One expectation for each key that is written, a blank one included."""
        for key in sorted(shape.model_fields_set if shape is not None else ()):
            value: Wanted = getattr(shape, key)
            yield Expectation(place_in(self.source, (*path, key)), Aspect(key), value, clause)

    def _table(self, tree: Tree, path: TreePath, example: str) -> Iterable[tuple[str, Tree]]:
        if isinstance(tree, dict):
            return tree.items()
        if tree is not None:
            self.source.report(path, "应为「键: 值」", example)
        return ()

    def _clause(self, name: str, path: TreePath) -> None:
        if name not in self._knowledge.by_id:
            self.source.report(path, *unknown_clause(name, self._knowledge))


def check_waits_for(source: YamlSource, name: str, path: TreePath, guide: Guide) -> None:
    """Report a name that no question can have."""
    known = [*guide.lexicon.questions, TOPICS, PREMISES, NOTHING]
    if name not in known:
        hint = did_you_mean(name, known) or f"写属性名，或 {TOPICS}、{PREMISES}、{NOTHING}（没有要问的了）"
        source.report(path, f"没有问题 {name}", hint)
