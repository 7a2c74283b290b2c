"""The pages over the content: documents with their terms, what the check finds, and search in the clauses."""

from collections import Counter
from datetime import date
from itertools import chain

from aiohttp import web

from bot.console.documents import ORDER, document_line
from bot.console.findings import Checker, finding_line
from bot.console.gate import Visit
from bot.console.ground import Ground
from bot.console.pages import Pages
from bot.console.paging import page_of
from bot.console.views import ClauseLine, Frame, KnowledgeView, SearchView
from bot.content.problems import Weight
from bot.dialog.flows import Guide
from bot.policy.availability import availability_of
from bot.policy.clauses import Clause, Contact
from bot.rendering.requirements import conditions_of
from bot.rendering.sentences import NO_PHONE, say_article, say_contact, say_grant, say_state
from bot.responder import BEIJING

LONGEST_QUERY = 100


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
        counts = Counter(chain.from_iterable(map(_documents_of, bundle.guide.knowledge.clauses)))
        lines = [document_line(each, day, counts[each.id]) for each in bundle.guide.knowledge.documents.values()]
        view = KnowledgeView(
            day=day.isoformat(),
            version=bundle.version,
            documents=tuple(sorted(lines, key=lambda line: ORDER.index(line.sign))),
            findings=tuple(map(finding_line, sorted(findings, key=lambda one: list(Weight).index(one.weight)))),
            mistakes=sum(one.weight is Weight.MISTAKE for one in findings),
        )
        return self._pages.show(view, Frame("知识库", "knowledge", visit.token))

    async def search(self, visit: Visit) -> web.Response:
        """The clauses that answer the question or have all of its words."""
        guide, query = self._ground.content.bundle.guide, visit.request.query.get("q", "")[:LONGEST_QUERY].strip()
        day = self._ground.clock().astimezone(BEIJING).date()
        found = find_clauses(query, guide) if query else ()
        shown, paging = page_of(found, visit.request.query.get("page", ""))
        view = SearchView(query, tuple(clause_line(clause, guide, day) for clause in shown), len(found), paging)
        return self._pages.show(view, Frame("查条款", "knowledge", visit.token))


def find_clauses(query: str, guide: Guide) -> tuple[Clause, ...]:
    """What the bot itself would answer with, and behind it every clause in which all the words stand.

    Of the id of a document all of its clauses.
    """
    if query in guide.knowledge.documents:
        return tuple(each for each in guide.knowledge.clauses if query in _documents_of(each))
    answering = [hit.clause for hit in guide.index.search(query)]
    words = query.casefold().split()
    having = [each for each in guide.knowledge.clauses if all(word in _text_of(each) for word in words)]
    return tuple({clause.id: clause for clause in (*answering, *having)}.values())


def _documents_of(clause: Clause) -> frozenset[str]:
    """The text in which it stands, and the policy that this one cites."""
    return frozenset({clause.document.id, clause.policy.id})


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
