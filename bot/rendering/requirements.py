"""The conditions of a clause in brief, and how an enterprise stands toward it with the sum that it comes to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from bot.policy.attributes import Value
from bot.policy.availability import Availability
from bot.policy.clauses import Clause
from bot.policy.conditions import AllOf, AnyOf, Condition, Not, Requirement, Unclear
from bot.policy.matching import Standing, Verdict
from bot.rendering.result_views import say_standing
from bot.rendering.sentences import has_sum, say_amount, say_working, shared_ending

BUT = {Availability.DRAFT: "，但还没有生效", Availability.CLOSED: "，但已经截止"}
SHARED_FROM = 5
"""From so many characters on, what alternatives end with is said once."""


def conditions_of(clause: Clause, *, is_brief: bool = False, with_notes: bool = True) -> tuple[str, ...]:
    """What an enterprise must meet, the place first; in brief without the notes and what nearly everyone meets."""
    own, premises = tuple(says_of(clause.condition)), tuple(says_of(clause.policy.premises))
    notes = tuple(_notes(clause.condition)) if with_notes or not own else ()
    parts = (clause.policy.scope_say, *own) if is_brief and own else (clause.policy.scope_say, *own, *notes, *premises)
    return tuple(dict.fromkeys(part for part in parts if part))


def shared_of(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What all of several lists have, in the order of the first; nothing of a single one."""
    return tuple(each for each in lists[0] if all(each in other for other in lists[1:])) if len(lists) > 1 else ()


def says_of(condition: Condition) -> Iterator[str]:
    """The conditions in the words of a clerk, alternatives in one; what the text leaves open is left out."""
    match condition:
        case Requirement(_, _, say) | Not(_, say):
            yield say
        case AnyOf(parts):
            yield join_alternatives(list(dict.fromkeys(text for part in parts if (text := "、".join(says_of(part))))))
        case AllOf(parts):
            for part in parts:
                yield from says_of(part)
        case Unclear():
            return
        case _ as unreachable:
            assert_never(unreachable)


def _notes(condition: Condition) -> Iterator[str]:
    """What the text leaves open, in words."""
    match condition:
        case Unclear(say):
            yield say
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from _notes(part)
        case Requirement() | Not():
            return
        case _ as unreachable:
            assert_never(unreachable)


def join_alternatives(says: Sequence[str]) -> str:
    """Alternatives in one sentence; what all end with stands once: 首登记、首入表或首交易已认定."""
    ending = shared_ending(says) if len(says) > 1 else ""
    if len(ending) < SHARED_FROM or any(say == ending for say in says):
        return "，或者".join(says)
    heads = [say.removesuffix(ending) for say in says]
    return f"{'、'.join(heads[:-1])}或{heads[-1]}{ending}"


def say_fit(verdict: Verdict, values: Mapping[str, Value]) -> str:
    """How the enterprise stands toward a clause, what it comes to, and that it is not in force."""
    standing = say_standing(verdict)
    if verdict.standing is Standing.NOT_ELIGIBLE:
        return standing
    total, but = _say_sum(verdict, values), BUT.get(verdict.availability, "")
    is_listed = verdict.standing is Standing.NEEDS_INFO and not total
    return f"{standing}{total}{f'（{but[1:]}）' if but and is_listed else but}"


def _say_sum(verdict: Verdict, values: Mapping[str, Value]) -> str:
    """The sum as far as what the enterprise said fixes it."""
    amount = verdict.prospect
    if amount.exact is None or not has_sum(amount):
        return ""
    working = say_working(verdict.clause, amount, values)
    total = f"{say_amount(amount)}（{working}）" if working else say_amount(amount)
    gets = "能得" if verdict.availability is Availability.OPEN else "算下来是"
    is_settled = verdict.standing is Standing.ELIGIBLE or verdict.waits_for_premises_only
    return f"；{'' if is_settled else '都满足的话'}{gets} {total}"
