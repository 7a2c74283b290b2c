"""How a sum is worked out, step by step, and the term of a document, in the words of a clerk."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import assert_never

from bot.policy.amounts import ZERO, amount_of
from bot.policy.attributes import Attribute, Profile
from bot.policy.availability import Availability
from bot.policy.clauses import (
    Batch,
    Benefit,
    Ceiling,
    Document,
    Draft,
    Formula,
    InForce,
    NoFigure,
    NoTerm,
    Tiers,
    TitleYears,
)
from bot.policy.conditions import evaluate
from bot.policy.money import format_yuan
from bot.policy.truth import Truth
from bot.rendering.sentences import PER, say_amount, say_benefit, say_rate, say_state, say_value

TIERS = {Truth.TRUE: "符合这一档", Truth.FALSE: "不符合这一档", Truth.UNKNOWN: "还不知道是不是这一档"}


def say_workings(benefit: Benefit, profile: Profile, on: date) -> tuple[str, ...]:
    """The steps from what is known to the sum, one line each."""
    match benefit:
        case Formula():
            return (_say_formula(benefit, profile, on),)
        case Ceiling(cap, per):
            return (f"条文只写了上限：{PER[per]}最高 {format_yuan(cap)}，实际多少由主管部门核定",)
        case Tiers():
            return tuple(_say_tiers(benefit, profile, on))
        case NoFigure(say):
            return (say or "条文没有写明金额",)
        case _ as unreachable:
            assert_never(unreachable)


def _say_tiers(benefit: Tiers, profile: Profile, on: date) -> Iterator[str]:
    for number, (condition, part) in enumerate(benefit.tiers, 1):
        truth = evaluate(condition, profile, on).truth
        steps = "；".join(say_workings(part, profile, on)) if truth is not Truth.FALSE else say_benefit(part)
        yield f"第 {number} 档，{TIERS[truth]}：{steps}"
    yield f"取符合的最高一档：{say_amount(amount_of(benefit, profile, on))}"


def _say_formula(formula: Formula, profile: Profile, on: date) -> str:
    inputs = (*formula.plus, *formula.minus)
    expression = _say_expression(formula, profile)
    if not inputs:
        return expression
    if missing := [attribute.label for attribute in inputs if profile.get(attribute) is None]:
        return f"{expression}，还不知道{'、'.join(missing)}，所以是：{say_amount(amount_of(formula, profile, on))}"
    values = {attribute.name: profile.get(attribute) for attribute in inputs}
    known = {name: value for name, value in values.items() if isinstance(value, Decimal)}
    if len(known) < len(values):
        return f"{expression}，只知道大概的数，所以是：{say_amount(amount_of(formula, profile, on))}"
    return f"{expression} = {_say_sum(formula, known)}"


def _say_expression(formula: Formula, profile: Profile) -> str:
    """The formula with the numbers in it: 年度数据产品采购额 347 万元 × 10%."""
    plus = [_say_input(attribute, profile) for attribute in formula.plus]
    minus = [_say_input(attribute, profile) for attribute in formula.minus]
    base = " − ".join([" + ".join(plus), *minus])
    base = f"（{base}）" if len(plus) + len(minus) > 1 else base
    if not formula.constant:
        return f"{base} × {say_rate(formula.rate)}"
    return f"定额 {format_yuan(formula.constant)}" + (f" − {base}" if plus else "")


def _say_input(attribute: Attribute, profile: Profile) -> str:
    value = profile.get(attribute)
    return attribute.label if value is None else f"{attribute.label} {say_value(attribute, value)}"


def _say_sum(formula: Formula, known: dict[str, Decimal]) -> str:
    """The sum before the limit, what the limit makes of it, and that a 不超过 is no promise."""
    given = sum((known[attribute.name] for attribute in formula.plus), ZERO)
    taken = sum((known[attribute.name] for attribute in formula.minus), ZERO)
    raw = formula.constant + formula.rate * max(ZERO, given - taken)
    if raw < 0:
        return f"−{format_yuan(-raw)}，不足 0 元的按 0 元算"
    said = format_yuan(raw)
    if formula.cap is not None and raw > formula.cap:
        said += f"，超过上限，按{PER[formula.per]}最高 {format_yuan(formula.cap)}算"
    elif formula.cap is not None:
        said += f"，没有超过{PER[formula.per]} {format_yuan(formula.cap)}的上限"
    return said + ("；条文写的是“不超过”，实际多少由主管部门核定" if formula.is_upper_bound else "")


def say_term(document: Document) -> str:
    """The status of a document: from when to when it can be claimed from, by its own text."""
    match document.status:
        case Draft():
            return "征求意见稿，还没有生效"
        case NoTerm():
            return "条文没有写期限"
        case InForce(first, last):
            return _say_span(first, last)
        case Batch(year):
            return f"{year} 年的批次"
        case TitleYears(first_year, last_year):
            return f"标题写明 {first_year} 年至 {last_year} 年"
        case _ as unreachable:
            assert_never(unreachable)


def _say_span(first: date | None, last: date | None) -> str:
    if first is None:
        return f"执行到 {last.isoformat()}，没有写从哪天起" if last else "条文没有写期限"
    return f"执行期从 {first} 到 {last}" if last else f"从 {first} 起执行，没有写到哪天为止"


def say_why_available(document: Document, availability: Availability) -> str:
    """Why a document is in its state on the day."""
    note = say_state(document, availability)
    tells_term = availability is Availability.CLOSED and isinstance(document.status, Batch | InForce)
    return note if tells_term else "；".join(filter(None, (say_term(document), note)))
