"""What an answer is worth: the questions that it saves, weighed by the money of the clauses that it settles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from bot.dialog.bounds import Line, sum_of, within
from bot.dialog.flows import Guide
from bot.dialog.possible import Possible, possible_answers
from bot.dialog.remaining import Left, Remaining, Supposed
from bot.dialog.stakes import Stake
from bot.policy.attributes import Profile
from bot.policy.availability import Availability
from bot.policy.combining import best_combination
from bot.policy.matching import Verdict
from bot.policy.money import Interval

COUNTED = (Availability.OPEN, Availability.UNCONFIRMED)
"""The documents whose money is told of a question: what is a draft gives none yet."""


class Share(NamedTuple):
    """A clause on which an attribute has a bearing, and the yuan by which it weighs."""

    verdict: Verdict
    rank: Decimal


MANY = 10
"""The sums of more clauses than these are not added up: nobody gets all of them."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing one attribute can still decide: the clauses that its answers may move."""

    attribute: str
    shares: tuple[Share, ...]
    line: Line | None = None
    """Where the range of it that is known is cut: to know on which side it lies is enough."""

    @property
    def is_in_force(self) -> bool:
        """Whether it decides something of a document in force."""
        return any(share.verdict.is_open for share in self.shares)


@dataclass(frozen=True)
class Valuer:
    """Values the answers that one enterprise may give on a day; the `closed` attributes are not asked for any more."""

    guide: Guide
    profile: Profile
    on: date
    closed: frozenset[str]

    def gain(self, worth: Worth) -> float:
        """The questions that an answer is expected to save, each weighed by the yuan of the clause it is about."""
        return sum(float(share.rank) * self._saved(worth, share.verdict) for share in worth.shares)

    def stake(self, worths: Iterable[Worth]) -> Stake | None:
        """How many clauses the answers can move, and what these come to together at best; None: nothing."""
        moved: dict[str, Verdict] = {}
        for worth in worths:
            verdicts = (share.verdict for share in worth.shares if share.verdict.clause.id not in moved)
            moved |= {v.clause.id: v for v in verdicts if self._moves(worth, v)}
        if len(moved) > MANY:
            return Stake(len(moved), None)
        highest = {
            clause: verdict.prospect.high
            for clause, verdict in moved.items()
            if verdict.availability in COUNTED and verdict.prospect.high is not None
        }
        best = best_combination(highest, self.guide.knowledge.combining).total
        return Stake(len(moved), best or None) if moved else None

    def _answers(self, worth: Worth) -> tuple[Possible, ...]:
        line, known = worth.line, self.profile.values.get(worth.attribute)
        if line is not None and isinstance(known, Interval):
            sides = [sum_of(side) for side in (line.over, line.under)]
            return tuple(Possible(within(known, side), 0.5) for side in sides if isinstance(side, Interval))
        attribute, guide = self.guide.knowledge.attributes[worth.attribute], self.guide
        key = (possible_answers, attribute.name, self.on)
        return guide.of_verdict(
            key, lambda: possible_answers(attribute, guide.requirements.get(attribute.name, ()), self.on)
        )

    def _saved(self, worth: Worth, verdict: Verdict) -> float:
        """The questions that a clause takes now, less those that it takes when the answer is known."""
        key = (Valuer.gain, verdict.mark, worth.attribute, worth.line, self._unasked)
        return self.guide.of_verdict(key, lambda: self._save(worth, verdict))

    def _save(self, worth: Worth, verdict: Verdict) -> float:
        left = self._without_unasked
        if worth.attribute not in verdict.unknowns:
            return left.of(verdict.finding).not_false
        after = sum(
            chance * self._questions(verdict, left.after(verdict.finding, supposed))
            for chance, supposed in self._supposed(worth)
        )
        return self._questions(verdict, left.of(verdict.finding)) - after

    def _questions(self, verdict: Verdict, left: Left) -> float:
        """The questions about the conditions, and about the sums of the formula in case they hold."""
        sums = verdict.undecided - verdict.unknowns - self._unasked
        return left.questions + left.not_false * len(sums)

    def _supposed(self, worth: Worth) -> Iterator[tuple[float, Supposed]]:
        """Each answer, as if it were given, with its chance."""
        name, profile = worth.attribute, self.profile
        for answer in self._answers(worth):
            yield answer.chance, Supposed(name, profile.with_value(name, answer.value), self.on)

    def _moves(self, worth: Worth, verdict: Verdict) -> bool:
        """Whether some answer leaves another verdict than there is without it."""
        if worth.attribute not in verdict.unknowns:
            return True
        key = (Valuer.stake, verdict.mark, worth.attribute, worth.line, self.closed)
        return self.guide.of_verdict(key, lambda: self._would_move(worth, verdict))

    def _would_move(self, worth: Worth, verdict: Verdict) -> bool:
        left = self._without_closed
        before = left.of(verdict.finding)
        return any(left.after(verdict.finding, supposed) != before for _, supposed in self._supposed(worth))

    @cached_property
    def _unasked(self) -> frozenset[str]:
        """What no question of its own is asked about: what was declined, and the premises, which are asked together."""
        return self.closed.union(self.guide.flow.premises)

    @cached_property
    def _without_unasked(self) -> Remaining:
        return Remaining(self._unasked, self.guide.looked_at)

    @cached_property
    def _without_closed(self) -> Remaining:
        return Remaining(self.closed, self.guide.looked_at)
