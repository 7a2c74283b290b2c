"""What an answer is worth: the questions that it saves, weighed by the money of the clauses that it settles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from bot.dialog.bounds import Line, sum_of, within
from bot.dialog.flows import Guide
from bot.dialog.possible import Possible, possible_answers
from bot.dialog.remaining import Left, Supposed, left_of
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
        answers = self._answers(worth)
        name = worth.attribute
        return sum(float(share.rank) * self._saved(name, share.verdict, answers) for share in worth.shares)

    def stake(self, worths: Iterable[Worth]) -> Stake | None:
        """How many clauses the answers can move, and what these come to together at best; None: nothing."""
        moved: dict[str, Verdict] = {}
        for worth in worths:
            answers = self._answers(worth)
            verdicts = (share.verdict for share in worth.shares)
            moved |= {v.clause.id: v for v in verdicts if self._moves(worth.attribute, v, answers)}
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
        attribute = self.guide.knowledge.attributes[worth.attribute]
        return possible_answers(attribute, self.guide.requirements.get(attribute.name, ()), self.on)

    def _saved(self, name: str, verdict: Verdict, answers: Iterable[Possible]) -> float:
        """The questions that a clause takes now, less those that it takes when the answer is known."""
        closed = self._unasked
        if name not in verdict.unknowns:
            return left_of(verdict.finding, closed).not_false
        after = sum(a.chance * self._questions(verdict, self._after(name, verdict, a, closed)) for a in answers)
        return self._questions(verdict, left_of(verdict.finding, closed)) - after

    def _questions(self, verdict: Verdict, left: Left) -> float:
        """The questions about the conditions, and about the sums of the formula in case they hold."""
        sums = verdict.undecided - verdict.unknowns - self._unasked
        return left.questions + left.not_false * len(sums)

    def _after(self, name: str, verdict: Verdict, answer: Possible, closed: frozenset[str]) -> Left:
        supposed = Supposed(name, self.profile.with_value(name, answer.value), self.on)
        return left_of(verdict.finding, closed, supposed)

    def _moves(self, name: str, verdict: Verdict, answers: Iterable[Possible]) -> bool:
        """Whether some answer leaves another verdict than there is without it."""
        if name not in verdict.unknowns:
            return True
        before = left_of(verdict.finding, self.closed)
        return any(self._after(name, verdict, answer, self.closed) != before for answer in answers)

    @cached_property
    def _unasked(self) -> frozenset[str]:
        """What no question of its own is asked about: what was declined, and the premises, which are asked together."""
        return self.closed | self.guide.flow.premises.keys()
