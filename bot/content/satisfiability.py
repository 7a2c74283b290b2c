"""Whether some enterprise can meet conditions together: a search over the cells of their attributes.

Everything is known of that enterprise; what the text leaves open may go either way. A set has at least one value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from bot.content.cuts import Cells, Cuts, cut
from bot.policy.attributes import AttributeType
from bot.policy.conditions import AllOf, AnyOf, Condition, Not, Requirement, Unclear, requirements_of

MAX_STEPS = 5_000
"""A search that takes longer finds nothing wrong: clauses are never that entangled."""


@dataclass(frozen=True, slots=True)
class Within:
    """A literal: the value is in one of the cells; of a set, `some` of its values is or, without, all of them are."""

    name: str
    cells: Cells
    some: bool = False


@dataclass(frozen=True, slots=True)
class Joint:
    """A formula of parts: all of them hold, or at least one."""

    parts: tuple["Within | Joint", ...]
    is_all: bool


Formula = Within | Joint
YES, NO = Joint((), is_all=True), Joint((), is_all=False)


@dataclass(frozen=True, slots=True)
class Space:
    """The cells of all attributes that some conditions look at."""

    cuts: Mapping[str, Cuts]

    def formula(self, condition: Condition, *, holds: bool = True) -> Formula:
        """The condition, or with `holds` off its contrary, in literals."""
        match condition:
            case Requirement():
                return self._literal(condition, holds=holds)
            case AllOf(parts) | AnyOf(parts):
                is_all = isinstance(condition, AllOf) is holds
                return Joint(tuple(self.formula(part, holds=holds) for part in parts), is_all)
            case Not(part, _):
                return self.formula(part, holds=not holds)
            case Unclear():
                return YES
            case _ as unreachable:
                assert_never(unreachable)

    def _literal(self, leaf: Requirement, *, holds: bool) -> Within:
        cuts = self.cuts[leaf.attribute.name]
        cells = cuts.cells_of(leaf.predicate)
        if leaf.attribute.type is AttributeType.SET and holds:
            return Within(leaf.attribute.name, cells, some=True)
        return Within(leaf.attribute.name, cells if holds else cuts.all & ~cells)

    def can_hold(self, formulas: Iterable[Formula]) -> bool:
        """Whether one enterprise can meet them all."""
        return _Search(self.cuts).solve(tuple(formulas), _State())


def build_space(conditions: Iterable[Condition], on: date) -> Space:
    """The space in which these conditions can be looked at, as seen on a day."""
    leaves: dict[str, list[Requirement]] = {}
    for condition in conditions:
        for leaf in requirements_of(condition):
            leaves.setdefault(leaf.attribute.name, []).append(leaf)
    return Space({name: cut(group[0].attribute, group, on) for name, group in leaves.items()})


@dataclass(frozen=True, slots=True)
class _State:
    """The cells still allowed by attribute, and of sets the cells of which one must be met."""

    allowed: Mapping[str, Cells] = field(default_factory=dict)
    wanted: Mapping[str, tuple[Cells, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Search:
    cuts: Mapping[str, Cuts]
    steps: int = 0

    def solve(self, formulas: Sequence[Formula], state: _State) -> bool:
        """Take what must hold, then try the alternatives of the shortest choice that is left."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            return True
        settled = self._settle(formulas, state)
        if settled is None:
            return False
        state, choices = settled
        if not choices:
            return True
        choice = min(choices, key=len)
        rest = [Joint(other, is_all=False) for other in choices if other is not choice]
        return any(self.solve((part, *rest), state) for part in choice)

    def _settle(self, formulas: Sequence[Formula], state: _State) -> tuple[_State, list[tuple[Formula, ...]]] | None:
        """The state after all that must hold, and the choices that are open; None for a contradiction."""
        waiting, choices = list(formulas), list[tuple[Formula, ...]]()
        while waiting:
            taken = self._take(waiting.pop(), state)
            if taken is None:
                return None
            state, more, choice = taken
            waiting += more
            choices += [choice] if choice else []
            if not waiting:
                left = [still_open for choice in choices if (still_open := self._open(choice, state)) is not None]
                if () in left:
                    return None
                waiting = [choice[0] for choice in left if len(choice) == 1]
                choices = [choice for choice in left if len(choice) > 1]
        return state, choices

    def _take(self, formula: Formula, state: _State) -> tuple[_State, tuple[Formula, ...], tuple[Formula, ...]] | None:
        if isinstance(formula, Within):
            after = self._assume(formula, state)
            return None if after is None else (after, (), ())
        if formula.is_all:
            return state, formula.parts, ()
        return (state, (), formula.parts) if formula.parts else None

    def _open(self, choice: tuple[Formula, ...], state: _State) -> tuple[Formula, ...] | None:
        """The alternatives that are still possible; None when one of them holds anyway."""
        if any(self._is_met(part, state) for part in choice):
            return None
        return tuple(part for part in choice if not self._is_refused(part, state))

    def _is_met(self, part: Formula, state: _State) -> bool:
        if isinstance(part, Joint):
            return part.is_all and all(self._is_met(inner, state) for inner in part.parts)
        allowed = state.allowed.get(part.name, self.cuts[part.name].all)
        return not allowed & ~part.cells

    def _is_refused(self, part: Formula, state: _State) -> bool:
        if isinstance(part, Within):
            return self._assume(part, state) is None
        if part.is_all:
            return any(self._is_refused(inner, state) for inner in part.parts if isinstance(inner, Within))
        return not part.parts

    def _assume(self, literal: Within, state: _State) -> _State | None:
        name, cells = literal.name, literal.cells
        allowed = state.allowed.get(name, self.cuts[name].all)
        wanted = state.wanted.get(name, ())
        if literal.some:
            wanted = (*wanted, cells)
        else:
            allowed &= cells
        if not allowed or any(not allowed & each for each in wanted):
            return None
        return _State({**state.allowed, name: allowed}, {**state.wanted, name: wanted} if wanted else state.wanted)
