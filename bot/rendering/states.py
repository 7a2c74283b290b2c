"""Why a document can't simply be claimed from, with the day that this is said of."""

from datetime import date
from typing import assert_never

from bot.policy.availability import Availability
from bot.policy.clauses import Batch, Document, InForce, TitleYears
from bot.rendering.sentences import say_state


def say_state_on(document: Document, availability: Availability, on: date) -> str:
    """The state on the day and its reason; empty where the document is open."""
    day = on.isoformat()
    match availability:
        case Availability.OPEN:
            return ""
        case Availability.DRAFT:
            return f"截至 {day} {say_state(document, availability)}"
        case Availability.CLOSED:
            return f"{_say_end(document)}到 {day} 已经截止，现在不能按它申报，可问问有没有新一批"
        case Availability.UNCONFIRMED:
            return f"截至 {day} 待核实：{_say_start(document, on)}{say_state(document, availability)}"
        case _ as unreachable:
            assert_never(unreachable)


def _say_end(document: Document) -> str:
    match document.status:
        case Batch(year):
            return f"这是 {year} 年的批次，"
        case InForce(_, last) if last is not None:
            return f"执行期到 {last.isoformat()}，"
        case TitleYears(_, last_year):
            return f"标题写的年份到 {last_year} 年为止，"
        case _:
            return ""


def _say_start(document: Document, on: date) -> str:
    """From when it can be claimed from, where that day is still to come."""
    match document.status:
        case InForce(first, _) if first is not None and on < first:
            return f"执行期从 {first.isoformat()} 起；"
        case Batch(year) if on.year > year and not document.status_note:
            return f"这是 {year} 年的批次；"
        case _:
            return ""
