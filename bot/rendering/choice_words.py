"""Why the best combination is the best and what comes next, and directions, in one line each."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Clause
from bot.policy.money import format_yuan
from bot.policy.plan import Chosen, Plan, RunnerUp
from bot.rendering.sentences import say_article

SILENT = "能不能都拿没有写，先不相加"


def say_choice(plan: Plan, shown: Sequence[str]) -> str:
    """What the next best choice would come to and the rule between the two, then the limits that cut the best one.

    Empty where nothing that is counted has a rival, and no limit cuts. `shown` are the clauses by their numbers; what
    is not among them goes by its title.
    """
    other = plan.runner_up
    against = () if other is None or not other.instead else (_say_runner_up(plan, other, shown),)
    limits = (f"{limit.say}（{limit.source}），合计按这个上限算" for limit in plan.limits)
    return "；".join((*against, *limits))


def _say_runner_up(plan: Plan, other: RunnerUp, shown: Sequence[str]) -> str:
    dropped, instead = (_names(chosen, shown) for chosen in (other.dropped, other.instead))
    less = plan.fixed_total - other.total
    gap = f"少 {format_yuan(less)}" if less else "一样多"
    sources = "；".join(f"{'只能取一样' if rule.is_stated else SILENT}，{rule.source}" for rule in other.rules)
    is_stated = all(rule.is_stated for rule in other.rules)
    best = f"取{dropped}，不取{instead}" if is_stated else f"先算{dropped}，不加{instead}"
    return f"{best}；次一种反过来，合计 {format_yuan(other.total)}，{gap}（{sources}）"


def _names(chosen: Iterable[Chosen], shown: Sequence[str]) -> str:
    return "、".join(_name(one.clause, shown) for one in chosen)


def _name(clause: Clause, shown: Sequence[str]) -> str:
    """The number by which the result shows it, else its title."""
    return f"第 {shown.index(clause.id) + 1} 项" if clause.id in shown else f"“{clause.title}”"


def say_direction(clause: Clause, on: date) -> str:
    """A direction with where it stands, and that it is a draft where it is one."""
    is_draft = availability_of(clause.policy, on) is Availability.DRAFT
    return f"{clause.title}（{say_article(clause)}{'，还是征求意见稿' if is_draft else ''}）"
