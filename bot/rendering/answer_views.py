"""The views of answers to questions: each says first what was asked first."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.dialog.answer_acts import (
    AnswerFromClauses,
    DescribeDocuments,
    ExplainTerm,
    ListClauses,
    TellDepartments,
)
from bot.policy.attributes import Value
from bot.policy.availability import Availability
from bot.policy.clauses import Clause, Contact, Document, Draft, InForce, Kind, NoFigure, NoTerm
from bot.policy.matching import Standing, Verdict
from bot.rendering.answer_shapes import (
    AnswerFromClausesView,
    ClauseView,
    DescribeDocumentsView,
    DocumentView,
    ExplainTermView,
    ListClausesView,
    TellDepartmentsView,
)
from bot.rendering.requirements import conditions_of, say_fit, says_of, shared_of
from bot.rendering.sentences import NO_PHONE, say_article, say_benefit, say_contact, say_grant, say_state, say_whom
from bot.rendering.workings import say_why_available
from bot.search.shapes import MUNICIPAL
from bot.search.words import Shape

MARKS = {
    Availability.OPEN: "",
    Availability.DRAFT: "征求意见稿，没有生效",
    Availability.CLOSED: "已截止",
    Availability.UNCONFIRMED: "",
}
COUNTED = {
    Availability.OPEN: "能申领的 {} 项",
    Availability.DRAFT: "稿里写了 {} 项，还都不能申领",
    Availability.CLOSED: "当时写了 {} 项，已截止",
    Availability.UNCONFIRMED: "写了 {} 项，是否受理要核实",
}
STEPS = "材料、入口和受理时间看主管部门当年的申报通知"
NOT_CLAIMABLE = "这一条是方向，没有写能领的钱。"
OF_ARTICLE = (Shape.CONTACT, Shape.TIME)
"""What is the same for all clauses of an article."""
FEW = 2
CITY = "市里"
LASTING = re.compile("[年月]|期限")
"""Terms of a benefit that say how long."""
NO_STACKING = "没有写能不能和别的政策一起拿，要问主管部门"
MAX_LINES, MAX_LINES_OF_TWO = 6, 3
Values = Mapping[str, Value]


def view_answer(act: AnswerFromClauses, values: Values, hotline: Contact) -> AnswerFromClausesView:
    """The clauses that answer a question, what was asked first in front; what they share is said once."""
    first, asked = act.verdicts[0], act.asked
    told = act.verdicts[:1] if asked[0] in OF_ARTICLE else act.verdicts
    conditions = [_conditions(verdict, asked, act) for verdict in told]
    shared = shared_of(conditions)
    return AnswerFromClausesView(
        clauses=_standing_once(
            _clause(verdict, act, values, hotline, [each for each in own if each not in shared])
            for verdict, own in zip(told, conditions, strict=True)
        ),
        conditions="；".join(shared),
        steps=_steps(first, asked),
        time=say_time(first, act) if Shape.TIME in asked[1:] else "",
        state="" if asked[0] is Shape.TIME else _state(first),
        article=say_article(first.clause),
        whom="" if asked[0] is Shape.CONTACT else say_whom(first, hotline),
        others="" if asked == (Shape.CONTACT,) else "；".join(map(say_in_brief, act.others)),
        is_sure=act.is_sure,
        missed_place=CITY if act.missed_place == MUNICIPAL else act.missed_place,
    )


def _steps(first: Verdict, asked: Sequence[Shape]) -> str:
    return STEPS if Shape.HOW in asked and first.clause.kind is not Kind.RULE else ""


def _standing_once(views: Iterable[ClauseView]) -> tuple[ClauseView, ...]:
    """The views, with how the enterprise stands at the last one only where it is the same for all."""
    every = tuple(views)
    if len({view.standing for view in every}) > 1:
        return every
    return (*(replace(view, standing="") for view in every[:-1]), every[-1])


def _conditions(verdict: Verdict, asked: Sequence[Shape], act: AnswerFromClauses) -> tuple[str, ...]:
    """The conditions as far as the question wants them; of a sum in brief, and not beside how the enterprise stands."""
    is_told = act.knows_profile and asked[0] is Shape.WHO and act.asks_for_itself
    wants_all = not {Shape.WHO, Shape.HOW}.isdisjoint(asked) and not is_told
    wants_some = asked[0] is Shape.AMOUNT and not act.knows_profile
    if not verdict.clause.is_claimable or not (wants_all or wants_some):
        return ()
    return conditions_of(verdict.clause, is_brief=not wants_all)


def _clause(
    verdict: Verdict, act: AnswerFromClauses, values: Values, hotline: Contact, conditions: Sequence[str]
) -> ClauseView:
    standing = _standing(verdict, act, values)
    is_answered = bool(standing) and act.asked[0] is Shape.WHO and act.asks_for_itself
    first = _first_words(verdict, act.asked[0], standing if is_answered else "", conditions)
    is_route = verdict.clause.is_claimable and act.asked[0] is Shape.HOW
    return ClauseView(
        title=_title(verdict),
        lead=first or _lead(verdict, act.asked[0], act, hotline),
        amount=_amount(verdict, act, is_answered=is_answered),
        recipient=_recipient(verdict.clause, act.asked, is_answered=is_answered),
        conditions="" if is_route else "；".join(conditions),
        standing="" if is_answered else standing,
    )


def _standing(verdict: Verdict, act: AnswerFromClauses, values: Values) -> str:
    """How the enterprise stands toward what can be claimed, unless only the contact is asked for."""
    is_wanted = act.knows_profile and verdict.clause.is_claimable and act.shapes != (Shape.CONTACT,)
    return say_fit(verdict, values) if is_wanted else ""


def _amount(verdict: Verdict, act: AnswerFromClauses, *, is_answered: bool) -> str:
    """What is granted, where that is wanted beside the lead; not to an enterprise that hears that it may not."""
    clause, asked = verdict.clause, act.asked
    is_out = is_answered and verdict.standing is Standing.NOT_ELIGIBLE
    return say_grant(clause) if clause.is_claimable and not is_out and _wants_amount(clause, asked, act) else ""


def _recipient(clause: Clause, asked: Sequence[Shape], *, is_answered: bool) -> str:
    """Who gets it, where that is asked besides or the enterprise asks for itself."""
    return clause.recipient if clause.is_claimable and (Shape.WHO in asked[1:] or is_answered) else ""


def _first_words(verdict: Verdict, shape: Shape, standing: str, conditions: Sequence[str]) -> str:
    """What an enterprise that asks for itself wants to hear first: whether it may, or what it must do first."""
    if standing:
        return f"贵单位：{standing}"
    is_route = shape is Shape.HOW and verdict.clause.is_claimable and conditions
    return f"先要{'；'.join(conditions)}" if is_route else ""


def _wants_amount(clause: Clause, asked: Sequence[Shape], act: AnswerFromClauses) -> bool:
    """Whether the sum is told beside the lead; of several tiers not to who only asks who may have them."""
    if Shape.AMOUNT in asked[1:] or asked[0] is Shape.WHO:
        return Shape.AMOUNT in asked or len(act.verdicts) == 1
    is_told = any(sign.isdigit() for sign in clause.summary) or isinstance(clause.benefit, NoFigure)
    return asked[0] in (Shape.LOOKUP, Shape.LIST, Shape.COMPARE, Shape.TERM) and not is_told


def _title(verdict: Verdict) -> str:
    mark = MARKS[verdict.availability]
    return f"{verdict.clause.title}｜{mark}" if mark else verdict.clause.title


def _lead(verdict: Verdict, shape: Shape, act: AnswerFromClauses, hotline: Contact) -> str:
    """The answer to what was asked first."""
    clause = verdict.clause
    match shape:
        case Shape.CONTACT:
            return f"找{say_whom(verdict, hotline)}"
        case Shape.TIME if clause.kind is not Kind.RULE:
            return say_time(verdict, act)
        case Shape.AMOUNT if clause.is_claimable:
            return say_grant(clause)
        case Shape.AMOUNT if clause.kind is Kind.DIRECTION and "没有写" not in clause.summary:
            return f"{NOT_CLAIMABLE}{clause.summary}"
        case Shape.WHO if clause.is_claimable:
            return f"给{clause.recipient}"
        case _:
            return clause.summary


def say_time(verdict: Verdict, act: AnswerFromClauses) -> str:
    """Until when a clause can be claimed, its state on the day, and how long it lasts."""
    policy, clause = verdict.clause.policy, verdict.clause
    day = f"按 {act.on.isoformat()} 看：" if act.is_dated else ""
    terms = "；".join(part for part in clause.terms.split("；") if LASTING.search(part))
    said = f"{day}{say_state_of(policy, verdict.availability)}"
    return f"{terms}。{said}" if terms else said


def say_state_of(document: Document, availability: Availability) -> str:
    """The term of a document and its state on the day."""
    match document.status:
        case InForce(_, last) if availability is Availability.OPEN and last is not None:
            return f"执行到 {last.isoformat()}，现在还在执行期内"
        case Draft() | NoTerm():
            return say_state(document, availability)
    said = say_why_available(document, availability)
    return f"{said}，现在还在期内" if availability is Availability.OPEN else said


def _state(verdict: Verdict) -> str:
    """What to mind of the document; of a direction only when it is a draft or past."""
    is_claimable, availability = verdict.clause.is_claimable, verdict.availability
    is_open_ended = availability is Availability.UNCONFIRMED and not is_claimable
    return "" if is_open_ended or availability is Availability.DRAFT else say_state(verdict.clause.policy, availability)


def say_in_brief(verdict: Verdict) -> str:
    """A clause in a few words: its title, its document, and that it is not in force."""
    mark = MARKS[verdict.availability]
    state = f"，{mark}" if mark and mark[:5] not in verdict.clause.policy.short_title else ""
    return f"{verdict.clause.title}，见{verdict.clause.policy.short_title}{state}"


def view_list(act: ListClauses) -> ListClausesView:
    """The clauses on a subject."""
    is_claimable = all(verdict.clause.is_claimable for verdict in act.verdicts)
    return ListClausesView(tuple(map(_line, act.verdicts)), str(act.more) if act.more else "", is_claimable)


def _line(verdict: Verdict) -> str:
    """A clause in one line: its title, what it gives, that it is not in force."""
    mark = MARKS[verdict.availability]
    state = f"（{mark}）" if mark else ""
    gives = f"：{say_benefit(verdict.clause.benefit)}" if verdict.clause.is_claimable else ""
    return f"{verdict.clause.title}{state}{gives}"


def view_documents(act: DescribeDocuments, hotline: Contact) -> DescribeDocumentsView:
    """A document in some lines, or several in a line each."""
    described = tuple(zip(act.documents, act.availabilities, act.claimable, strict=True))
    if act.asks_for_both:
        notes = ((each.short_title, each.stacking_note or NO_STACKING) for each in act.documents)
        views = tuple(DocumentView(title, note, "", "", "", ()) for title, note in notes)
        return DescribeDocumentsView(views, ())
    if len(described) <= FEW:
        most = MAX_LINES if len(described) == 1 else MAX_LINES_OF_TWO
        views = tuple(_document(each, state, some, act.shapes, hotline) for each, state, some in described)
        return DescribeDocumentsView(tuple(replace(view, lines=view.lines[:most]) for view in views), ())
    lines = tuple(
        f"{document.short_title}：{COUNTED[availability].format(len(claimable))}"
        for document, availability, claimable in described
        if claimable
    )
    return DescribeDocumentsView((), lines)


def _document(
    document: Document,
    availability: Availability,
    claimable: Sequence[Verdict],
    shapes: Sequence[Shape],
    hotline: Contact,
) -> DocumentView:
    time, whom = say_state_of(document, availability), _say_contacts(document.contacts, hotline)
    first = shapes[0] if shapes else Shape.LIST
    is_narrow = first in (Shape.TIME, Shape.CONTACT) and Shape.LIST not in shapes
    is_contact, listed = first is Shape.CONTACT, () if is_narrow else claimable
    return DocumentView(
        title=document.short_title,
        lead=_say_issuer(document, whom) if is_contact else f"{_say_covered(document, first)}{time}",
        time=time if is_contact and Shape.TIME in shapes else "",
        whom="" if is_contact else whom,
        count=COUNTED[availability].format(len(listed)) if listed else "",
        lines=tuple(f"{v.clause.title}：{say_benefit(v.clause.benefit)}" for v in listed),
    )


def _say_covered(document: Document, shape: Shape) -> str:
    """Whom the document covers, where this is asked."""
    if shape is not Shape.WHO or not document.scope_say:
        return ""
    return f"要{'；'.join((document.scope_say, *says_of(document.premises)))}。"


def _say_issuer(document: Document, whom: str) -> str:
    return f"找{whom}" if document.issuer in whom else f"找{whom}；发布单位是{document.issuer}"


def _say_contacts(contacts: Iterable[Contact], hotline: Contact) -> str:
    said = tuple(contacts)
    names = "、".join(say_contact(contact) for contact in said) or say_contact(hotline)
    return (
        names
        if not said or any(contact.phone for contact in said)
        else f"{names}（{NO_PHONE}，可拨 {hotline.phone} 转接）"
    )


def view_departments(act: TellDepartments) -> TellDepartmentsView:
    """The departments with their numbers."""
    return TellDepartmentsView(tuple(_department(contact, act.hotline) for contact in act.contacts))


def _department(contact: Contact, hotline: Contact) -> str:
    if contact.phone:
        return f"{say_contact(contact)}（来源：{contact.source}）"
    return f"{contact.name}：{NO_PHONE}，可以拨 {hotline.phone}，说明要找它就能转接"


def view_term(act: ExplainTerm) -> ExplainTermView:
    """A term and where it matters."""
    related = "、".join(f"“{clause.title}”（{clause.policy.short_title}）" for clause in act.related)
    return ExplainTermView(act.term.name, act.term.meaning, related)
