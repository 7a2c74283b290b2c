"""What questions can still move, and the answers that would make a result firmer."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Stake:
    """What the answers to a question can still move: how many clauses, and up to how many yuan.

    `yuan` is what these come to together at best, drafts aside; None where none has a figure or they are many."""

    clauses: int
    yuan: Decimal | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that is not known yet, in words, and what knowing it can move."""

    label: str
    stake: Stake | None


@dataclass(frozen=True, slots=True)
class FirmUp:
    """What would make the result that was just shown firmer, the most decisive first."""

    wanted: tuple[Wanted, ...]
