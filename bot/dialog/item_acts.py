"""What the bot does with several policies of the result at once, before it is put into words."""

from dataclasses import dataclass
from datetime import date

from bot.policy.matching import Verdict
from bot.policy.together import Relation


@dataclass(frozen=True, slots=True)
class Pair:
    """Two policies by their numbers, and what is written of having both."""

    numbers: tuple[int, int]
    relation: Relation


@dataclass(frozen=True, slots=True)
class CompareItems:
    """Put policies of the result side by side, or tell only whether they may be had together (`asks_for_both`).

    `numbers` go with `sides`; `left_out` are the numbers beyond what is compared at a time.
    """

    numbers: tuple[int, ...]
    sides: tuple[Verdict, ...]
    pairs: tuple[Pair, ...]
    asks_for_both: bool
    on: date
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AskForItems:
    """Ask which policies are meant: `given` is the only one that was named, `missing` are numbers that there are not.

    `count` is how many the result has.
    """

    given: tuple[int, ...]
    missing: tuple[int, ...]
    count: int


ItemAct = CompareItems | AskForItems
