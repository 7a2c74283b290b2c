"""The fewest questions that anybody could ask on average, who knew how likely each answer is: small sets only."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from random import Random

from benchmarks.asking.answering import answered
from benchmarks.asking.companies import Chance, Company, draw_value
from benchmarks.asking.strategies import by_value, still_open
from bot.dialog.asking import asked_together
from bot.dialog.flows import Guide
from bot.dialog.state import Pending, PendingKind, State
from bot.policy.attributes import NEVER, Attribute, AttributeType, Profile, Value
from bot.policy.conditions import evaluate

DRAWS = 4000
MOST_STATES = 40_000
"""Beyond so many states a set is left alone."""


class TooLarge(Exception):
    """Raised when a set of questions has more states than are gone through."""


@dataclass(frozen=True)
class Small:
    """A few questions about one enterprise: what is known of it, and the topics that it picked."""

    name: str
    guide: Guide
    state: State
    on: date


def small_set(topics: tuple[str, ...], known: Mapping[str, Value], guide: Guide, on: date) -> Small:
    """The questions of some topics, of which it is known that they apply; the premises are met."""
    flow = guide.flow
    clean = {name: _met(guide.knowledge.attributes[name]) for name in flow.premises}
    core = {name: False for name in flow.core if guide.knowledge.attributes[name].type is AttributeType.BOOL}
    others = frozenset(topic.id for topic in flow.topics) - set(topics)
    state = State(Profile({**core, **clean, **known}), topics=frozenset(topics), passed_topics=others)
    place = known.get("region", "")
    return Small(f"{place}：{'＋'.join(topics)}", guide, state, on)


def _met(attribute: Attribute) -> Value:
    return NEVER if attribute.type is AttributeType.DATE else False


class Search:
    """Expected numbers of questions from a state on, worked out once for each state."""

    def __init__(self, small: Small) -> None:
        self.small = small
        self.best: dict[frozenset[tuple[str, Value]], float] = {}
        self.ours: dict[frozenset[tuple[str, Value]], float] = {}
        self._cells: dict[str, tuple[Chance, ...]] = {}

    def fewest(self, state: State) -> float:
        """With the best question each time."""
        key = frozenset(state.profile.values.items())
        if key not in self.best:
            if len(self.best) > MOST_STATES:
                raise TooLarge(self.small.name)
            left = still_open(state, self.small.guide, self.small.on)
            self.best[key] = 1 + min(self._after(state, p, self.fewest) for p in left) if left else 0
        return self.best[key]

    def asked(self, state: State) -> float:
        """With the question that the dialog asks."""
        key = frozenset(state.profile.values.items())
        if key not in self.ours:
            pending = by_value(state, self.small.guide, self.small.on)
            self.ours[key] = 0 if pending is None else 1 + self._after(state, pending, self.asked)
        return self.ours[key]

    def _after(self, state: State, pending: Pending, count: Callable[[State], float]) -> float:
        guide, total = self.small.guide, 0.0
        for share, company in self._companies(pending):
            total += share * count(answered(state, pending, company, guide))
        return total

    def _companies(self, pending: Pending) -> Iterator[tuple[float, Company]]:
        """Every way to answer the question, with its likelihood."""
        is_joint = pending.kind is PendingKind.TOGETHER
        names = asked_together(pending, self.small.guide) if is_joint else (pending.attribute,)
        for chosen in product(*(self._cells_of(name) for name in names)):
            answers = {name: chance.value for name, chance in zip(names, chosen, strict=True)}
            yield prod(chance.share for chance in chosen), Company(answers, frozenset())

    def _cells_of(self, name: str) -> tuple[Chance, ...]:
        """The answers that the conditions tell apart, with how often an enterprise that is drawn gives them."""
        if name not in self._cells:
            guide = self.small.guide
            self._cells[name] = cells_of(guide.knowledge.attributes[name], self.small)
        return self._cells[name]


def cells_of(attribute: Attribute, small: Small) -> tuple[Chance, ...]:
    """One value for each group that all conditions treat alike, with its share among many draws."""
    random, groups = Random(1), dict[tuple[object, ...], list[Value]]()
    requirements = small.guide.requirements.get(attribute.name, ())
    for _ in range(DRAWS):
        value = draw_value(random, attribute, small.state.profile.values, small.on)
        profile = Profile({attribute.name: value})
        found = (evaluate(requirement, profile, small.on).truth for requirement in requirements)
        groups.setdefault((value == 0, *found), []).append(value)
    return tuple(Chance(values[0], len(values) / DRAWS) for values in groups.values())
