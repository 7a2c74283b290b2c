"""Documents in words: their terms, and how they stand on a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import assert_never

from bot.console.views import DocumentLine
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Batch, Document, Draft, InForce, NoTerm, Status, TitleYears

SOON = timedelta(days=90)
ENDS_SOON = "soon"
ORDER = (ENDS_SOON, "open", "draft", "unsure", "closed")
"""The signs, in the order in which documents are listed."""
_SIGNS = {
    Availability.OPEN: ("open", "现在有效"),
    Availability.DRAFT: ("draft", "征求意见稿"),
    Availability.CLOSED: ("closed", "已经截止"),
    Availability.UNCONFIRMED: ("unsure", "要核实"),
}


def document_line(document: Document, day: date, clauses: int) -> DocumentLine:
    """A document with its term and its state on the day."""
    sign, state = _SIGNS[availability_of(document, day)]
    last = last_day_of(document.status)
    if sign == "open" and last is not None and last - day <= SOON:
        sign, state = ENDS_SOON, f"还有 {(last - day).days} 天截止" if last > day else "今天截止"
    return DocumentLine(
        id=document.id,
        title=document.title,
        short_title=document.short_title,
        issuer=document.issuer,
        term=say_term(document.status),
        state=state,
        sign=sign,
        note=document.status_note,
        clauses=clauses,
    )


def last_day_of(status: Status) -> date | None:
    """The last day on which a document is open by its own text; None where it states none."""
    match status:
        case InForce(_, last):
            return last
        case Batch(year) | TitleYears(_, year):
            return date(year, 12, 31)
        case Draft() | NoTerm():
            return None
        case _ as unreachable:
            assert_never(unreachable)


def say_term(status: Status) -> str:
    """The term in words."""
    match status:
        case InForce(first, last):
            return "".join(_say_days(first, last)) or "没有写起止日期"
        case Batch(year):
            return f"{year} 年这一批"
        case TitleYears(first_year, last_year):
            return f"{first_year} 到 {last_year} 年（标题里写的）"
        case Draft():
            return "还没有生效"
        case NoTerm():
            return "没有写期限"
        case _ as unreachable:
            assert_never(unreachable)


def _say_days(first: date | None, last: date | None) -> Iterator[str]:
    if first is not None:
        yield f"{first.isoformat()} 起"
    if last is not None:
        yield f"{'，' if first else ''}到 {last.isoformat()}"
