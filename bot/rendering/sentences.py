"""Values, sums, benefits and states in the words of a clerk."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.policy.amounts import Amount
from bot.policy.attributes import Attribute, AttributeType, DateSpan, Never, Value
from bot.policy.availability import Availability
from bot.policy.clauses import (
    Batch,
    Benefit,
    Ceiling,
    Clause,
    Contact,
    Document,
    Formula,
    InForce,
    NoFigure,
    Per,
    Tiers,
)
from bot.policy.matching import Verdict
from bot.policy.money import Interval, format_yuan
from bot.understanding.questions import Choice

PER = {
    Per.ENTERPRISE: "每家企业合计",
    Per.ENTERPRISE_YEAR: "每家企业每年",
    Per.PROJECT: "每个项目",
    Per.EVENT: "每场活动",
    Per.UNIT: "每台（套）",
    Per.TOTAL: "总额",
    Per.UNSTATED: "",
}
NO_PHONE = "没有公布电话"
_YES_NO = {True: ("true", "是"), False: ("false", "否")}


def say_value(attribute: Attribute, value: Value) -> str:
    """A value as one would read it out."""
    match value:
        case bool():
            return attribute.labels.get(*_YES_NO[value])
        case Never():
            return "没有过"
        case Interval():
            return say_interval(attribute, value)
        case Decimal():
            return say_number(attribute, value)
        case DateSpan(first, last):
            return " 到 ".join(map(date.isoformat, filter(None, (first, last))))
        case date():
            return value.isoformat()
        case frozenset():
            return "、".join(map(attribute.label_of, sorted(value, key=attribute.values.index)))
        case str():
            return attribute.label_of(value)
        case _ as unreachable:
            assert_never(unreachable)


def say_number(attribute: Attribute, number: Decimal) -> str:
    """A sum in yuan, or a bare count."""
    return format_yuan(number) if attribute.type is AttributeType.YUAN else f"{number:f}"


def say_interval(attribute: Attribute, interval: Interval) -> str:
    """A range: 30 万元到 40 万元之间, 不到 100 万元, 超过 10 万元."""
    low = None if interval.low is None else say_number(attribute, interval.low)
    high = None if interval.high is None else say_number(attribute, interval.high)
    if low is not None and high is not None:
        return f"{low} 到 {high} 之间"
    if high is not None:
        return f"{'不到' if interval.high_open else '不超过'} {high}"
    return f"{'超过' if interval.low_open else '至少'} {low}"


def say_article(clause: Clause) -> str:
    """Where a clause stands: the short title and the article; a digest also names the policy it cites."""
    article = say_article_number(clause.article)
    if clause.policy.id == clause.document.id:
        return f"{clause.document.short_title}{article}"
    return f"{clause.policy.short_title}，见{clause.document.short_title}{article}"


def say_article_number(article: str) -> str:
    """第 6 条, 附则第 1 条 or 附则."""
    if article.startswith("supplementary"):
        number = article.removeprefix("supplementary").strip("-")
        return f"附则第 {number} 条" if number.isdecimal() else "附则"
    if article == "closing":
        return "末条"
    return f"第 {article} 条" if article.isdecimal() else f" 第 {article} 项"


def say_grant(clause: Clause) -> str:
    """What a clause gives, with the terms that the text sets."""
    return "；".join(part for part in (say_benefit(clause.benefit), clause.terms) if part)


def say_benefit(benefit: Benefit) -> str:
    """What the text grants, without any profile."""
    match benefit:
        case Formula():
            return _say_formula(benefit)
        case Ceiling(cap, per):
            return f"{PER[per]}最高 {format_yuan(cap)}，具体由主管部门核定"
        case Tiers(tiers):
            return "分档：" + "；".join(dict.fromkeys(say_benefit(part) for _, part in tiers))
        case NoFigure(say):
            return say or "条文没有写明金额"
        case _ as unreachable:
            assert_never(unreachable)


def _say_formula(formula: Formula) -> str:
    cap = "" if formula.cap is None else f"，{PER[formula.per]}最高 {format_yuan(formula.cap)}"
    base, less = (_join_labels([each.label for each in some]) for some in (formula.plus, formula.minus))
    if formula.constant:
        taken = f"，减去{base}" if base else ""
        most = "最高 " if formula.is_upper_bound else ""
        return f"{PER[formula.per]}{most}{format_yuan(formula.constant)}{taken}{cap}"
    base = f"（{base}减去{less}）" if less else base
    word = "不超过" if formula.is_upper_bound else "按"
    return f"{word}{base}的 {say_rate(formula.rate)}{cap}"


def _join_labels(labels: Sequence[str]) -> str:
    """The labels in one phrase; what all begin and end with stands once: 核定的市级首登记、入表、交易、开放奖励."""
    if len(labels) < 2:
        return "".join(labels)
    start, end = shared_beginning(labels), shared_ending(labels)
    return f"{start}{'、'.join(label.removeprefix(start).removesuffix(end) for label in labels)}{end}"


def shared_beginning(texts: Sequence[str]) -> str:
    """What all of the texts begin with."""
    same = itertools.takewhile(lambda signs: len(set(signs)) == 1, zip(*texts, strict=False))
    return "".join(signs[0] for signs in same)


def shared_ending(texts: Sequence[str]) -> str:
    """What all of the texts end with."""
    return shared_beginning([text[::-1] for text in texts])[::-1]


def say_rate(rate: Decimal) -> str:
    """A rate as a percentage."""
    percent = (rate * 100).normalize()
    return f"{percent:f}%"


def say_amount(amount: Amount) -> str:
    """What an enterprise gets: an exact sum, a ceiling, a range, or that no figure is stated."""
    if amount.exact is not None:
        return format_yuan(amount.exact)
    if amount.high is None:
        return f"至少 {format_yuan(amount.low)}" if amount.low else "没有写明金额"
    if amount.low:
        return f"{format_yuan(amount.low)} 到 {format_yuan(amount.high)}"
    return f"最高 {format_yuan(amount.high)}"


def say_gain(benefit: Benefit, amount: Amount) -> str:
    """What an enterprise gets of a benefit: a sum, or the words of the benefit where no sum is known.

    Without a sum it may be no money at all (a service, a place on a list): nobody is said to fix an amount.
    """
    return say_amount(amount) if has_sum(amount) else say_benefit(benefit)


def has_sum(amount: Amount) -> bool:
    """Whether any figure is known of an amount."""
    return amount.exact is not None or amount.high is not None or bool(amount.low)


def say_working(clause: Clause, amount: Amount, values: Mapping[str, Value]) -> str:
    """How an exact sum was worked out: 26.4 万元 × 50%; empty when there is nothing to show."""
    benefit = clause.benefit
    if amount.exact is None or not isinstance(benefit, Formula) or not benefit.rate or benefit.constant:
        return ""
    given, taken = _said_sums(benefit.plus, values), _said_sums(benefit.minus, values)
    base = " ".join([" + ".join(given), *(f"− {one}" for one in taken)])
    base = f"（{base}）" if len(given) + len(taken) > 1 else base
    limit = f"，封顶 {format_yuan(benefit.cap)}" if benefit.cap is not None and amount.exact == benefit.cap else ""
    return f"{base} × {say_rate(benefit.rate)}{limit}"


def _said_sums(attributes: Iterable[Attribute], values: Mapping[str, Value]) -> list[str]:
    """The sums known of the attributes, in words, without those that are nothing."""
    known = ((attribute, values.get(attribute.name)) for attribute in attributes)
    return [say_value(attribute, value) for attribute, value in known if value]


def say_state(document: Document, availability: Availability) -> str:
    """Why a document is not simply open on the day; empty when it is."""
    match availability:
        case Availability.OPEN:
            return ""
        case Availability.DRAFT:
            return "还是征求意见稿，没有生效，正式稿可能有变"
        case Availability.CLOSED:
            return f"{_term(document)}已经截止，现在不能按它申报，可问问有没有新一批"
        case Availability.UNCONFIRMED:
            return document.status_note or "条文没有写期限，今年是否受理要向主管部门核实"
        case _ as unreachable:
            assert_never(unreachable)


def _term(document: Document) -> str:
    match document.status:
        case Batch(year):
            return f"这是 {year} 年的批次，"
        case InForce(_, last) if last is not None:
            return f"执行期到 {last.isoformat()}，"
        case _:
            return ""


def say_contact(contact: Contact) -> str:
    """A department or hotline with its number, where one is published."""
    hours = f"，{contact.hours}" if contact.hours else ""
    return f"{contact.name} {contact.phone}{hours}" if contact.phone else contact.name


def say_whom(verdict: Verdict, hotline: Contact) -> str:
    """Whom to ask about a clause: its departments, and the hotline where none has a published number."""
    contacts = verdict.clause.contacts or verdict.clause.policy.contacts
    names = "、".join(say_contact(contact) for contact in contacts)
    if any(contact.phone for contact in contacts):
        return names
    return f"{names}（{NO_PHONE}，可拨 {hotline.phone} 转接）" if names else say_contact(hotline)


def numbered(options: tuple[Choice, ...]) -> tuple[str, ...]:
    """The options as lines: `1 海淀区`."""
    return tuple(f"{number} {option.label}" for number, option in enumerate(options, 1))
