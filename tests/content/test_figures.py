from dataclasses import replace
from decimal import Decimal

import pytest

from bot.content.figures import figures_without_source
from bot.policy.clauses import Benefit, Ceiling, Formula, NoFigure, Tiers
from bot.policy.conditions import ALWAYS, Condition
from tests.policy.samples import COST, GRANT, YEARS, create_clause, number_is

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


def test_a_threshold_in_yuan_needs_a_source_and_a_count_or_nothing_does_not() -> None:
    assert missing(NoFigure(), condition=number_is(">", 100_000)) == ("10 万元",)
    assert missing(NoFigure(), condition=number_is(">", 0)) == ()
    assert missing(NoFigure(), condition=number_is("<", 3, YEARS)) == ()
