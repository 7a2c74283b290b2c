"""What the rules say of having two benefits together."""

from dataclasses import dataclass
from enum import StrEnum

from bot.policy.clauses import Clause, Combining


class Together(StrEnum):
    """Whether two benefits may be had together, by what is written."""

    ONLY_ONE = "only_one"
    NOT_WRITTEN = "not_written"
    SAME_PROJECT = "same_project"
    UP_TO = "up_to"
    NO_RULE = "no_rule"


@dataclass(frozen=True, slots=True)
class Relation:
    """What stands between two clauses: of several rules the strictest, in the words of the rule, with its article."""

    kind: Together
    say: str = ""
    source: str = ""


def relation_of(one: Clause, other: Clause, rules: Combining) -> Relation:
    """What the rules say of having the two together; NO_RULE where none covers both."""
    pair = {one.id, other.id}
    exclusions = [rule for rule in rules.exclusions if pair <= rule.clauses]
    found = [
        *(Relation(Together.ONLY_ONE, e.say, e.source) for e in exclusions if e.is_stated),
        *(Relation(Together.NOT_WRITTEN, e.say, e.source) for e in exclusions if not e.is_stated),
        *(Relation(Together.SAME_PROJECT, b.say, b.source) for b in rules.better_of if pair <= b.clauses),
        *(Relation(Together.UP_TO, each.say, each.source) for each in rules.limits if pair <= each.clauses),
    ]
    return next(iter(found), Relation(Together.NO_RULE))
