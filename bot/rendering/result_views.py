"""The result, a proof and an answer from clauses as views."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.dialog.deciding import failing_of
from bot.dialog.result_acts import ItemGroup, NoResult, Refusal, ResultItem, ShowProof, ShowResult
from bot.dialog.results import missing_of
from bot.policy.amounts import Amount
from bot.policy.attributes import Profile, Value
from bot.policy.availability import Availability
from bot.policy.clauses import Contact
from bot.policy.conditions import AnyOf, Finding, Not, Requirement, Unclear
from bot.policy.matching import Standing, Verdict
from bot.policy.money import format_yuan
from bot.policy.truth import Truth
from bot.rendering.choice_words import say_choice, say_direction
from bot.rendering.near_words import say_near
from bot.rendering.sentences import (
    has_sum,
    say_amount,
    say_article,
    say_benefit,
    say_contact,
    say_gain,
    say_grant,
    say_value,
    say_whom,
    say_working,
)
from bot.rendering.states import say_state_on
from bot.rendering.summary_shapes import GroupView, ItemView
from bot.rendering.views import (
    NoResultView,
    ShowProofView,
    ShowResultView,
)

HEADINGS = {
    ItemGroup.CLAIM_NOW: "现在可以申领",
    ItemGroup.PREMISED: "满足上面的前提就可以申领",
    ItemGroup.OUTDONE: "也符合，但和上面的只能取一样",
    ItemGroup.UNCONFIRMED: "条件符合，今年是否受理要核实",
    ItemGroup.LACKS_ANSWER: "有可能，还差几样没说清",
    ItemGroup.LACKS_ONE: "目前还不符合，只差一样",
    ItemGroup.DRAFT: "征求意见稿，没有生效，先作参考",
    ItemGroup.CLOSED: "已经截止，先作参考",
    ItemGroup.POSSIBLE: "有相关事项时也可以来问",
}
MARKS = {Truth.TRUE: "✓ 符合", Truth.FALSE: "✗ 不符合", Truth.UNKNOWN: "？待定"}


def view_result(act: ShowResult, profile: Profile, hotline: Contact) -> ShowResultView:
    """One page of the result."""
    first = act.page == 1
    return ShowResultView(
        day=act.on.isoformat(),
        is_known=bool(profile.values),
        headline=_say_first(act, profile) if first else "",
        premises="；".join(act.premises) if first else "",
        choice=say_choice(act.plan, act.shown) if first else "",
        groups=tuple(groups_of(act, profile, hotline)),
        directions=tuple(say_direction(clause, act.on) for clause in act.directions),
        contacts="；".join(say_contact(contact) for contact in act.contacts if contact.phone),
        page=f"第 {act.page} 页，共 {act.pages} 页" if act.pages > 1 else "",
        has_more=act.page < act.pages,
    )


def groups_of(act: ShowResult, profile: Profile, hotline: Contact) -> Iterator[GroupView]:
    """The items of each part of the result, under its heading."""
    for group in ItemGroup:
        items = tuple(_item(item, profile, hotline, act.on) for item in act.items if item.group is group)
        if items:
            yield GroupView(HEADINGS[group], items, group is ItemGroup.POSSIBLE)


def _say_first(act: ShowResult, profile: Profile) -> str:
    return say_headline(act) if profile.values else f"还不知道贵公司的情况，先列出可能用得上的 {sum(act.counts)} 项。"


def say_headline(act: ShowResult) -> str:
    """How many policies can be claimed now, and what they come to."""
    now, other = act.counts
    plan = act.plan
    if not now:
        return f"眼下没有能直接申领的政策，另有 {other} 项可以留意。"
    parts = [f"现在能申领 {now} 项"]
    if plan.fixed_total:
        parts.append(f"能算准的合计 {format_yuan(plan.fixed_total)}")
    if act.reach > plan.fixed_total:
        parts.append(f"加上要核定或要补充信息的，最多到 {format_yuan(act.reach)}")
    return "，".join(parts) + "。"


def _item(item: ResultItem, profile: Profile, hotline: Contact, on: date) -> ItemView:
    verdict = item.verdict
    likely = verdict.standing is Standing.ELIGIBLE or verdict.waits_for_premises_only
    amount = verdict.prospect if likely else verdict.amount
    values: dict[str, Value] = dict(profile.values)
    return ItemView(
        number=str(item.number),
        title=verdict.clause.title,
        amount=_amount_in_list(item, amount),
        working=say_working(verdict.clause, amount, values) if likely else "",
        article=say_article(verdict.clause),
        state=say_state_on(verdict.clause.policy, verdict.availability, on),
        missing="；".join(item.missing) if not likely and item.near is None else "",
        reminder=verdict.clause.reminder if likely else "",
        note=_note(item),
        whom=say_whom(verdict, hotline),
    )


def _note(item: ResultItem) -> str:
    """What is to be known besides: why it is left out, what it lacks, or that nobody says whether it adds up."""
    if item.near is not None:
        return say_near(item.near)
    return _say_outdone(item) if item.group is ItemGroup.OUTDONE else item.stacking


def _say_outdone(item: ResultItem) -> str:
    """The rule that keeps an item out, and what goes before it."""
    winner = f"，已经算了第 {item.gives_way_to} 项" if item.gives_way_to else ""
    return f"不重复：{'；'.join(item.missing)}{winner}"


def _amount_in_list(item: ResultItem, amount: Amount) -> str:
    """What the item gives: the rule where one thing is still missing, else the sum."""
    benefit = item.verdict.clause.benefit
    return say_benefit(benefit) if item.group is ItemGroup.LACKS_ONE else say_gain(benefit, amount)


def view_no_result(act: NoResult, hotline: Contact) -> NoResultView:
    """That nothing fits, and why."""
    near = (f"{item.verdict.clause.title}：{_note(item)}" for item in act.near)
    directions = tuple(say_direction(clause, act.on) for clause in act.directions)
    reasons = (*near, *_reasons(act.reasons, act.on))
    return NoResultView(act.on.isoformat(), reasons, directions, act.is_known_enough, say_contact(hotline))


def _reasons(refusals: Sequence[Refusal], on: date) -> Iterator[str]:
    """A line for each policy that asks for something else; one for those to be asked about, one for those closed."""
    unheard = [r for r in refusals if not r.failed and r.availability is Availability.UNCONFIRMED]
    closed = [r for r in refusals if not r.failed and r.availability is Availability.CLOSED]
    for reason in (each for each in refusals if each not in (*unheard, *closed)):
        yield f"{reason.document.short_title}：{_why_nothing(reason, on)}"
    if unheard:
        yield f"{_names(unheard)}：还没有听您说到相关的事，有的话直接说；是否还受理要核实"
    if closed:
        yield f"{_names(closed)}：已经截止，现在不能按{'它们' if len(closed) > 1 else '它'}申报，可问问有没有新一批"


def _names(refusals: Iterable[Refusal]) -> str:
    return "、".join(refusal.document.short_title for refusal in refusals)


def _why_nothing(reason: Refusal, on: date) -> str:
    if reason.failed:
        return f"要求{'；'.join(reason.failed)}"
    return say_state_on(reason.document, reason.availability, on) or "还差信息，多答几个问题才能定"


def view_proof(act: ShowProof, hotline: Contact) -> ShowProofView:
    """Every condition of a policy."""
    verdict = act.verdict
    clause = verdict.clause
    return ShowProofView(
        number=str(act.number),
        title=clause.title,
        article=say_article(clause),
        verdict=say_standing(verdict),
        state=say_state_on(clause.policy, verdict.availability, act.on),
        amount=say_amount_and_rule(verdict),
        conditions=tuple(line for part in verdict.finding.parts for line in _conditions(part)),
        summary=clause.summary,
        issuer=clause.policy.issuer,
        stacking=clause.policy.stacking_note,
        whom=say_whom(verdict, hotline),
    )


def say_amount_and_rule(verdict: Verdict) -> str:
    """The sum and its rule; the rule alone, where it begins with the sum, or where nothing can be had."""
    rule = say_grant(verdict.clause)
    if verdict.standing is Standing.NOT_ELIGIBLE or not has_sum(verdict.prospect):
        return rule
    told = say_amount(verdict.prospect)
    return rule if rule.startswith(told) else f"{told}（{rule}）"


def _conditions(finding: Finding) -> tuple[str, ...]:
    match finding.condition:
        case Requirement(attribute, _, say):
            answer = "" if finding.value is None else f"（您说：{say_value(attribute, finding.value)}）"
            return (f"{MARKS[finding.truth]}：{say}{answer}",)
        case Not(_, say) | Unclear(say):
            return (f"{MARKS[finding.truth]}：{say}",)
        case joint:
            lines = tuple(line for part in finding.decisive for line in _conditions(part))
            return lines[:1] if isinstance(joint, AnyOf) and finding.truth is Truth.TRUE else lines


def say_standing(verdict: Verdict) -> str:
    """How the enterprise stands toward a clause, in one sentence."""
    if verdict.standing is Standing.ELIGIBLE:
        return "条件都符合"
    if verdict.standing is Standing.NOT_ELIGIBLE:
        return f"不符合，因为要求{'；'.join(failing_of(verdict))}"
    if verdict.waits_for_premises_only:
        return "其他条件都符合，只等确认没有重大处罚、犯罪记录和失信"
    return f"还不能定，要看：{'；'.join(missing_of(ItemGroup.LACKS_ANSWER, verdict))}"
