from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.content.figures import figures_without_source
from bot.policy.clauses import Benefit, Ceiling, Formula, InForce, NoFigure, Tiers
from bot.policy.conditions import ALWAYS, Condition, NotWithinYears, Requirement, Since
from tests.policy.samples import COST, GRANT, PENALTY, YEARS, create_clause, create_document, number_is

HALF = Formula(rate=Decimal("0.5"), plus=(COST,), cap=Decimal(500_000))
DIFFERENCE = Formula(Decimal(500_000), Decimal(-1), (GRANT,))


def missing(benefit: Benefit, *evidence: str, condition: Condition = ALWAYS) -> tuple[str, ...]:
    return figures_without_source(replace(create_clause("c", benefit, condition), evidence=evidence))


@pytest.mark.parametrize(
    ("benefit", "evidence"),
    [
        (HALF, ("保费支出的50%", "最高不超过50万元")),
        (HALF, ("按 50 % 给，最高 50 万元",)),
        (HALF, ("1:0.5的比例", "500,000元")),
        (HALF, ("1：0.5的比例", "0.005亿元")),
        (Ceiling(Decimal(100_000_000)), ("每年最高1亿元",)),
        (DIFFERENCE, ("奖励50万元，按差额",)),
        (Tiers(((number_is(">", 100_000), Ceiling(Decimal(500_000))),)), ("超过10万元", "最高50万元")),
        (NoFigure("服务"), ()),
    ],
    ids=["percent", "spaces", "ratio", "wide colon", "hundred million", "difference", "tiers", "no figure"],
)
def test_a_figure_that_a_phrase_holds_has_a_source(benefit: Benefit, evidence: tuple[str, ...]) -> None:
    assert missing(benefit, *evidence) == ()


@pytest.mark.parametrize(
    ("benefit", "evidence", "expected"),
    [
        (HALF, ("最高150万元",), ("50 万元", "50%")),
        (HALF, ("最高50元", "5%"), ("50 万元", "50%")),
        (Ceiling(Decimal(500_000)), (), ("50 万元",)),
        (Tiers(((number_is(">", 100_000), HALF),)), ("50%", "50万"), ("10 万元",)),
    ],
    ids=["longer number", "other unit", "nothing", "threshold of a tier"],
)
def test_a_figure_that_no_phrase_holds_is_named(
    benefit: Benefit, evidence: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert missing(benefit, *evidence) == expected


def test_a_threshold_needs_a_source_unless_it_only_asks_for_something() -> None:
    assert missing(NoFigure(), condition=number_is(">", 100_000)) == ("10 万元",)
    assert missing(NoFigure(), condition=number_is("<", 3, YEARS)) == ("3",)
    assert missing(NoFigure(), condition=number_is(">", 0)) == ()
    assert missing(NoFigure(), condition=number_is(">=", 1, YEARS)) == ()


@pytest.mark.parametrize("phrase", ["累计不超过三年", "最多 3 年", "3次"])
def test_a_count_has_its_source_in_years_or_in_a_number(phrase: str) -> None:
    assert missing(NoFigure(), phrase, condition=number_is("<", 3, YEARS)) == ()


def test_a_day_has_its_source_in_a_phrase_or_in_the_term_of_the_document() -> None:
    since = Requirement(PENALTY, Since(date(2025, 3, 1)), "三月以后")
    document = create_document(InForce(date(2025, 3, 1), None))

    assert missing(NoFigure(), condition=since) == ("2025-03-01",)
    assert missing(NoFigure(), "自2025年3月1日起", condition=since) == ()
    assert figures_without_source(create_clause("c", NoFigure(), since, document)) == ()


def test_years_since_an_event_need_a_source() -> None:
    lately = Requirement(PENALTY, NotWithinYears(2), "近两年没有")

    assert missing(NoFigure(), condition=lately) == ("2 年",)
    assert missing(NoFigure(), "近两年无处罚", condition=lately) == ()


def test_figures_of_the_terms_need_a_source() -> None:
    clause = replace(create_clause("c", NoFigure()), terms="连续不超过五年，贴息不超过 2%")

    assert figures_without_source(replace(clause, evidence=("不超过5年",))) == ("2%",)
    assert figures_without_source(replace(clause, evidence=("不超过5年", "2％"))) == ()
