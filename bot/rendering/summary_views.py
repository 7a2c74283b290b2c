"""The result as one message to be passed on, as brief as it must be to fit in one, and as a page to print."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass

from bot.dialog.reporting import Report
from bot.dialog.result_acts import ItemGroup, ResultItem, ShowResult
from bot.policy.attributes import Profile
from bot.policy.clauses import Contact
from bot.rendering.choice_words import say_choice, say_direction
from bot.rendering.requirements import conditions_of
from bot.rendering.result_views import groups_of, say_headline
from bot.rendering.sentences import NO_PHONE, say_article, say_contact, say_gain, say_value
from bot.rendering.states import say_state_on
from bot.rendering.summary_shapes import ClaimView, ReportView, SummaryView

ROOM, OF_CLAIM = 1_750, 40
"""So many bytes fit in one message (WeCom takes 2,048) beside headings, and what the template adds to a claim."""
NOW = (ItemGroup.CLAIM_NOW, ItemGroup.PREMISED)
OPEN = (ItemGroup.LACKS_ANSWER, ItemGroup.LACKS_ONE)
LATER = (ItemGroup.UNCONFIRMED, ItemGroup.DRAFT, ItemGroup.CLOSED)


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is told: so many claims, open points and titles of what is not in force; conditions or none."""

    claims: int
    missing: int
    later: int
    has_conditions: bool = True
    has_choice: bool = True


DETAILS = (
    _Detail(10, 6, 4),
    _Detail(8, 4, 3),
    _Detail(6, 3, 2),
    _Detail(6, 2, 2, has_choice=False),
    _Detail(6, 2, 2, has_conditions=False, has_choice=False),
    _Detail(4, 1, 1, has_conditions=False, has_choice=False),
)
"""From the fullest to the briefest."""


def view_summary(whole: ShowResult, hotline: Contact) -> SummaryView:
    """The fullest summary that fits in one message, else the briefest."""
    views = (_view(whole, hotline, detail) for detail in DETAILS)
    last = _view(whole, hotline, DETAILS[-1])
    return next((view for view in views if _size(view) <= ROOM), last)


def view_report(report: Report, profile: Profile, hotline: Contact) -> ReportView:
    """All that a printed result says beside the proofs."""
    whole = report.whole
    others = tuple(contact for contact in whole.contacts if contact.id != hotline.id)
    return ReportView(
        day=whole.on.isoformat(),
        headline=say_headline(whole),
        premises="；".join(whole.premises),
        choice=say_choice(whole.plan, whole.shown),
        known=tuple(f"{attribute.label}：{say_value(attribute, value)}" for attribute, value in report.known),
        left_open="、".join(attribute.label for attribute in report.unknown),
        groups=tuple(groups_of(whole, profile, hotline)),
        directions=tuple(say_direction(clause, whole.on) for clause in whole.directions),
        contacts=tuple(_say_reachable(contact, hotline) for contact in (*others, hotline)),
    )


def _say_reachable(contact: Contact, hotline: Contact) -> str:
    return say_contact(contact) if contact.phone else f"{contact.name}（{NO_PHONE}，可拨 {hotline.phone} 转接）"


def _size(told: object) -> int:
    """The bytes of all texts in a view."""
    if isinstance(told, str):
        return len(told.encode()) + 1
    if is_dataclass(told):
        return sum((_size(getattr(told, field.name)) for field in fields(told)), OF_CLAIM)
    return sum(_size(part) for part in told) if isinstance(told, tuple) else 0


def _view(whole: ShowResult, hotline: Contact, detail: _Detail) -> SummaryView:
    now, lacking = _of(whole, NOW), _of(whole, OPEN)
    possible = () if now or lacking else _of(whole, (ItemGroup.POSSIBLE,))[: detail.later]
    told = (*now[: detail.claims], *lacking[: detail.missing], *_of(whole, LATER), *possible)
    rest = len(whole.items) - len(told)
    return SummaryView(
        day=whole.on.isoformat(),
        headline=say_headline(whole),
        claims=tuple(_claim(item, detail) for item in now[: detail.claims]),
        premises="；".join(whole.premises),
        choice=say_choice(whole.plan, ()) if detail.has_choice else "",
        missing=tuple(_missing(item) for item in lacking[: detail.missing]),
        later=tuple(_later(whole, possible, detail)),
        more=str(rest) if rest else "",
        contacts=tuple(_contacts([*now, *lacking] or whole.items, whole, hotline)),
    )


def _of(whole: ShowResult, groups: Sequence[ItemGroup]) -> list[ResultItem]:
    return [item for item in whole.items if item.group in groups]


def _claim(item: ResultItem, detail: _Detail) -> ClaimView:
    verdict = item.verdict
    clause = verdict.clause
    conditions = "；".join(conditions_of(clause, is_brief=True)) if detail.has_conditions else ""
    amount = say_gain(clause.benefit, verdict.prospect)
    return ClaimView(str(item.number), clause.title, amount, conditions, say_article(clause))


def _missing(item: ResultItem) -> str:
    """What could be had, and the points that it waits for: the first two, and how many more."""
    first, rest = item.missing[:2], item.missing[2:]
    more = f"等 {len(item.missing)} 样" if rest else ""
    gain = say_gain(item.verdict.clause.benefit, item.verdict.prospect)
    return f"{item.number}. {item.verdict.clause.title}（{gain}）：{'；'.join(first)}{more}"


def _later(whole: ShowResult, possible: Sequence[ResultItem], detail: _Detail) -> Iterator[str]:
    """What is possible, then for each state a line: the policies that are in it, and the reason that all share."""
    if possible:
        titles = "、".join(f"{item.number}. {item.verdict.clause.title}" for item in possible)
        yield f"{titles}：有相关事项时可以来问"
    for group in LATER:
        items = _of(whole, (group,))
        if items:
            titles = "、".join(f"{item.number}. {item.verdict.clause.title}" for item in items[: detail.later])
            rest = f"等 {len(items)} 项" if len(items) > detail.later else ""
            yield f"{titles}{rest}：{_reason(items, whole)}"


def _reason(items: Sequence[ResultItem], whole: ShowResult) -> str:
    reasons = {say_state_on(i.verdict.clause.policy, i.verdict.availability, whole.on) for i in items}
    if len(reasons) == 1:
        return next(iter(reasons))
    return f"{SAID[items[0].group]}（截至 {whole.on.isoformat()}）"


SAID = {
    ItemGroup.UNCONFIRMED: "是否受理要向主管部门核实",
    ItemGroup.DRAFT: "还是征求意见稿，没有生效",
    ItemGroup.CLOSED: "已经截止，可问问有没有新一批",
}


def _contacts(items: Iterable[ResultItem], whole: ShowResult, hotline: Contact) -> Iterator[str]:
    """The departments of the policies told of, those with a number first; the others in one line with the hotline."""
    asked = {c.id for i in items for c in (i.verdict.clause.contacts or i.verdict.clause.policy.contacts)}
    contacts = [contact for contact in whole.contacts if contact.id in asked and contact.id != hotline.id]
    yield from (say_contact(contact) for contact in contacts if contact.phone)
    names = "、".join(contact.name for contact in contacts if not contact.phone)
    yield f"{names}（{NO_PHONE}，可拨 {hotline.phone} 转接）" if names else say_contact(hotline)
