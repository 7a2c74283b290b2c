"""The texts of a clause that people read, each with its place."""

from collections.abc import Iterator

from bot.content.yaml_source import TreePath
from bot.policy.clauses import Clause, NoFigure, Tiers
from bot.policy.conditions import AllOf, AnyOf, Condition, Not, Requirement, Unclear


def words_of(clause: Clause) -> Iterator[tuple[TreePath, str]]:
    """Title, summary, recipient, terms, reminder, and the words of the conditions and of a benefit without figure."""
    yield ("title",), clause.title
    yield ("summary",), clause.summary
    yield ("recipient",), clause.recipient
    yield ("terms",), clause.terms
    yield ("reminder",), clause.reminder
    yield from _said_in(own_condition(clause), ("conditions",))
    match clause.benefit:
        case NoFigure(say):
            yield ("benefit", "none"), say
        case Tiers(tiers):
            for index, (when, _) in enumerate(tiers):
                yield from _said_in(when, ("benefit", "tiers", index, "when"))
        case _:
            return


def _said_in(condition: Condition, path: TreePath) -> Iterator[tuple[TreePath, str]]:
    for place, part in places_of(condition, path):
        if isinstance(part, Requirement | Unclear | Not):
            yield place, part.say


def own_condition(clause: Clause) -> AllOf:
    """The conditions that staff wrote of the clause; a direction has one more that the program adds."""
    whole = clause.condition
    if isinstance(whole, AllOf) and not clause.is_claimable and whole.parts and isinstance(whole.parts[0], AllOf):
        return whole.parts[0]
    return whole if isinstance(whole, AllOf) else AllOf((whole,))


def places_of(condition: Condition, path: TreePath) -> Iterator[tuple[TreePath, Condition]]:
    """Every node below a list of conditions, with its place in the YAML."""
    parts = condition.parts if isinstance(condition, AllOf | AnyOf) else ()
    for index, part in enumerate(parts):
        yield from _node(part, (*path, index))


def _node(part: Condition, path: TreePath) -> Iterator[tuple[TreePath, Condition]]:
    yield path, part
    match part:
        case AllOf():
            yield from places_of(part, (*path, "all"))
        case AnyOf():
            yield from places_of(part, (*path, "any"))
        case Not(inner, _):
            yield from _node(inner, (*path, "not"))
        case _:
            return
