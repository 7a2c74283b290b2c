"""The pages over the content: documents with their terms, what the check finds, and search in the clauses."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import assert_never

from aiohttp import web

from bot.console.findings import Checker, finding_line
from bot.console.gate import Visit
from bot.console.ground import Ground
from bot.console.pages import Pages
from bot.console.views import ClauseLine, DocumentLine, Frame, KnowledgeView, SearchView
from bot.content.problems import Weight
from bot.dialog.flows import Guide
from bot.policy.availability import Availability, availability_of
from bot.policy.clauses import Batch, Clause, Contact, Document, Draft, InForce, NoTerm, Status, TitleYears
from bot.rendering.requirements import conditions_of
from bot.rendering.sentences import NO_PHONE, say_article, say_contact, say_grant, say_state
from bot.responder import BEIJING

SOON = timedelta(days=90)
MOST_CLAUSES = 30
LONGEST_QUERY = 100
_SIGNS = {
    Availability.OPEN: ("open", "现在有效"),
    Availability.DRAFT: ("draft", "征求意见稿"),
    Availability.CLOSED: ("closed", "已经截止"),
    Availability.UNCONFIRMED: ("unsure", "要核实"),
}
_ORDER = ("soon", "open", "draft", "unsure", "closed")


class KnowledgePages:
    """The pages 知识库 and 查条款."""

    def __init__(self, ground: Ground, pages: Pages) -> None:
        self._ground = ground
        self._pages = pages
        self._checker = Checker(ground.content.bundle.folder)

    async def show(self, visit: Visit) -> web.Response:
        """The documents, those that end soon first, and what the check finds in the files."""
        bundle, day = self._ground.content.bundle, self._ground.clock().astimezone(BEIJING).date()
        findings = await self._checker.check(day)
        counts = Counter(clause.policy.id for clause in bundle.guide.knowledge.clauses)
        lines = [document_line(each, day, counts[each.id]) for each in bundle.guide.knowledge.documents.values()]
        view = KnowledgeView(
            day=day.isoformat(),
            version=bundle.version,
            documents=tuple(sorted(lines, key=lambda line: _ORDER.index(line.sign))),
            findings=tuple(map(finding_line, sorted(findings, key=lambda one: list(Weight).index(one.weight)))),
            mistakes=sum(one.weight is Weight.MISTAKE for one in findings),
        )
        return self._pages.show(view, Frame("知识库", "knowledge", visit.token))

    async def search(self, visit: Visit) -> web.Response:
        """The clauses that answer the question or have all of its words."""
        guide, query = self._ground.content.bundle.guide, visit.request.query.get("q", "")[:LONGEST_QUERY].strip()
        day = self._ground.clock().astimezone(BEIJING).date()
        found = find_clauses(query, guide) if query else ()
        lines = tuple(clause_line(clause, guide, day) for clause in found[:MOST_CLAUSES])
        view = SearchView(query, lines, is_cut=len(found) > MOST_CLAUSES)
        return self._pages.show(view, Frame("查条款", "knowledge", visit.token))


def find_clauses(query: str, guide: Guide) -> tuple[Clause, ...]:
    """What the bot itself would answer with, and behind it every clause in which all the words stand."""
    answering = [hit.clause for hit in guide.index.search(query)]
    words = query.casefold().split()
    having = [each for each in guide.knowledge.clauses if all(word in _text_of(each) for word in words)]
    return tuple({clause.id: clause for clause in (*answering, *having)}.values())


def _text_of(clause: Clause) -> str:
    named = (clause.id, clause.title, clause.summary, say_article(clause), clause.policy.title, clause.document.title)
    return "\n".join((*named, *clause.tags, *clause.asked_as, *clause.evidence)).casefold()


def clause_line(clause: Clause, guide: Guide, day: date) -> ClauseLine:
    """A clause in words."""
    return ClauseLine(
        title=clause.title,
        summary=clause.summary,
        grant=say_grant(clause) if clause.is_claimable else "这一条只是方向或规则，没有可以直接申领的资金",
        conditions=conditions_of(clause) if clause.is_claimable else (),
        article=say_article(clause),
        state=say_state(clause.policy, availability_of(clause.policy, day)),
        contacts=_say_whom(clause.contacts or clause.policy.contacts, guide.knowledge.hotline),
        id=clause.id,
    )


def _say_whom(contacts: tuple[Contact, ...], hotline: Contact) -> str:
    names = "、".join(map(say_contact, contacts))
    if not names or any(contact.phone for contact in contacts):
        return names or say_contact(hotline)
    return f"{names}（{NO_PHONE}，可拨 {hotline.phone} 转接）"


def document_line(document: Document, day: date, clauses: int) -> DocumentLine:
    """A document with its term and its state on the day."""
    sign, state = _SIGNS[availability_of(document, day)]
    last = last_day_of(document.status)
    if sign == "open" and last is not None and last - day <= SOON:
        sign, state = "soon", f"还有 {(last - day).days} 天截止" if last > day else "今天截止"
    return DocumentLine(
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
