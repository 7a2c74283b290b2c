"""The best lawful combination of sums under joint limits and exclusions, and the next best, by branch and bound."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.policy.clauses import Combining, Exclusion, JointLimit

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Combination:
    """The sums paid (yuan by clause id) in one choice; a clause that is left out is not in it."""

    paid: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        """The sum of all that is paid, in yuan."""
        return sum(self.paid.values(), ZERO)


def best_combination(sums: Mapping[str, Decimal], rules: Combining) -> Combination:
    """The choice with the greatest total: at most one of each exclusion, no joint limit passed.

    Joint limits must be nested or apart (the content check sees to it). Of two equal choices the first in order wins.
    """
    bound = {name: yuan for name, yuan in sums.items() if name in rules.bound}
    paid = {name: yuan for name, yuan in sums.items() if name not in bound}
    for search in _searches(bound, rules):
        paid |= rules.solved.of(search.sums, search.best)
    return Combination({name: paid[name] for name in sums if name in paid})


def next_best_combination(sums: Mapping[str, Decimal], rules: Combining, best: Combination) -> Combination | None:
    """The choice with the greatest total of those that lack something the best one pays, because of a rival of it.

    Nothing could be added to it: whoever merely leaves something out has made no other choice. None where nothing that
    is paid has a rival. The clauses that no rule joins are as in the best choice in all groups but one.
    """
    found: Combination | None = None
    for search in _searches(sums, rules):
        if (other := search.next_best(best.paid)) is not None:
            kept = {name: yuan for name, yuan in best.paid.items() if not search.covers(name)}
            paid = {**kept, **other}
            each = Combination({name: paid[name] for name in sums if name in paid})
            found = each if found is None or each.total > found.total else found
    return found


def _searches(sums: Mapping[str, Decimal], rules: Combining) -> Iterator["_Search"]:
    """A search for each group of clauses that no rule joins with others."""
    exclusions = [e for e in rules.exclusions if len(e.clauses & sums.keys()) > 1]
    limits = [limit for limit in rules.limits if limit.clauses & sums.keys()]
    for group in _connected(tuple(sums), [*(e.clauses for e in exclusions), *(limit.clauses for limit in limits)]):
        yield _Search({name: sums[name] for name in group}, exclusions, limits)


def pay(sums: Mapping[str, Decimal], limits: Iterable[JointLimit]) -> Mapping[str, Decimal]:
    """The sums after the joint limits, the smaller limits first; what is cut is cut from the smallest sums."""
    paid = dict(sums)
    for limit in sorted(limits, key=lambda limit: len(limit.clauses)):
        left = limit.cap
        for name in sorted(limit.clauses & paid.keys(), key=lambda name: -paid[name]):
            paid[name] = min(paid[name], left)
            left -= paid[name]
    return paid


class _Search:
    """Depth first over the clauses that exclude one another; all others are always in."""

    def __init__(
        self, sums: Mapping[str, Decimal], exclusions: Sequence[Exclusion], limits: Sequence[JointLimit]
    ) -> None:
        self._sums = sums
        self._limits = limits
        rivals = {name: _rivals(name, exclusions) & sums.keys() for name in sums}
        self._rivals = rivals
        self._exclusions = [e.clauses for e in exclusions if e.clauses & sums.keys()]
        self._contested = sorted((name for name in sums if rivals[name]), key=lambda name: -sums[name])
        self._other_than: frozenset[str] | None = None
        self._best: Mapping[str, Decimal] = {}
        self._best_total = Decimal(-1)

    @property
    def sums(self) -> tuple[tuple[str, Decimal], ...]:
        """The clauses of this group with their sums, in their order."""
        return tuple(self._sums.items())

    def covers(self, name: str) -> bool:
        """Whether the clause is one of this group."""
        return name in self._sums

    def best(self) -> Mapping[str, Decimal]:
        """The sums paid in the best choice."""
        self._descend(0, {name for name in self._sums if not self._rivals[name]})
        return self._best

    def next_best(self, paid: Mapping[str, Decimal]) -> Mapping[str, Decimal] | None:
        """The sums paid in the best full choice that lacks a contested clause of those paid; None without one."""
        self._other_than = frozenset(name for name in self._contested if paid.get(name))
        self._best_total = Decimal(-1)
        if not self._other_than:
            return None
        self._descend(0, {name for name in self._sums if not self._rivals[name]})
        return self._best if self._best_total >= 0 else None

    def _descend(self, depth: int, chosen: set[str]) -> None:
        if self._other_than is not None and self._other_than <= chosen:
            return
        paid = pay({name: self._sums[name] for name in chosen}, self._limits)
        total = sum(paid.values(), ZERO)
        if total > self._best_total and (self._other_than is None or self._is_full(chosen)):
            self._best, self._best_total = paid, total
        free = [name for name in self._contested[depth:] if not self._rivals[name] & chosen]
        if total + self._most(free) <= self._best_total:
            return
        for name in free:
            self._descend(self._contested.index(name) + 1, chosen | {name})

    def _is_full(self, chosen: set[str]) -> bool:
        """Whether no contested clause could be added."""
        return all(name in chosen or self._rivals[name] & chosen for name in self._contested)

    def _most(self, free: Sequence[str]) -> Decimal:
        """The most that contested clauses can add: one of each exclusion, the rest in full."""
        left, most = {name: self._sums[name] for name in free}, ZERO
        for clauses in self._exclusions:
            met = [left.pop(name) for name in clauses & left.keys()]
            most += max(met, default=ZERO)
        return most + sum(left.values(), ZERO)


def _rivals(name: str, exclusions: Iterable[Exclusion]) -> frozenset[str]:
    return frozenset().union(*(e.clauses for e in exclusions if name in e.clauses)) - {name}


def _connected(names: Sequence[str], groups: Iterable[frozenset[str]]) -> list[list[str]]:
    """The names in groups that no rule joins with one another, each in the order given."""
    root = {name: name for name in names}
    for group in groups:
        joined = [root[name] for name in names if name in group]
        root = {name: joined[0] if r in joined else r for name, r in root.items()}
    together: dict[str, list[str]] = {}
    for name in names:
        together.setdefault(root[name], []).append(name)
    return list(together.values())
