"""How a sum is worked out, in words, and the terms of documents."""

from datetime import date
from decimal import Decimal

import pytest

from bot.policy.attributes import Profile, Value
from bot.policy.availability import availability_of
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
    Per,
    Status,
    Tiers,
    TitleYears,
)
from bot.policy.conditions import Is, Requirement
from bot.policy.money import Interval
from bot.rendering.workings import say_term, say_why_available, say_workings
from tests.policy.samples import COST, DAY, GRANT, HARDWARE, HIGH_TECH

HALF = Formula(rate=Decimal("0.5"), plus=(COST,), cap=Decimal(500_000), per=Per.ENTERPRISE_YEAR)
LESS = Formula(rate=Decimal("0.2"), plus=(COST,), minus=(HARDWARE,), is_upper_bound=True)
DIFFERENCE = Formula(constant=Decimal(1_000_000), rate=Decimal(-1), plus=(GRANT,))
TIERS = Tiers(
    (
        (Requirement(HIGH_TECH, Is(expected=True), "高企"), Formula(constant=Decimal(200_000))),
        (Requirement(HIGH_TECH, Is(expected=False), "不是高企"), Ceiling(Decimal(100_000))),
    )
)


@pytest.mark.parametrize(
    ("benefit", "values", "said"),
    [
        (HALF, {"cost": Decimal(400_000)}, "费用 40 万元 × 50% = 20 万元，没有超过每家企业每年 50 万元的上限"),
        (HALF, {"cost": Decimal(1_000_000)}, "费用 100 万元 × 50% = 50 万元，没有超过每家企业每年 50 万元的上限"),
        (HALF, {"cost": Decimal(1_000_002)}, "= 50.0001 万元，超过上限，按每家企业每年最高 50 万元算"),
        (HALF, {}, "费用 × 50%，还不知道费用，所以是：最高 50 万元"),
        (HALF, {"cost": Interval(Decimal(200_000), None)}, "只知道大概的数，所以是：10 万元 到 50 万元"),
        (
            LESS,
            {"cost": Decimal(100_000), "hardware": Decimal(40_000)},
            "（费用 10 万元 − 其中硬件 4 万元） × 20% = 1.2 万元；条文写的是“不超过”",
        ),
        (LESS, {"cost": Decimal(100_000)}, "还不知道其中硬件"),
        (DIFFERENCE, {"grant": Decimal(300_000)}, "定额 100 万元 − 已获奖励 30 万元 = 70 万元"),
        (DIFFERENCE, {"grant": Decimal(1_300_000)}, "= −30 万元，不足 0 元的按 0 元算"),
        (Formula(constant=Decimal(100_000)), {}, "定额 10 万元"),
        (Ceiling(Decimal(100_000), Per.PROJECT), {}, "条文只写了上限：每个项目最高 10 万元，实际多少由主管部门核定"),
        (TIERS, {"high_tech": True}, "第 1 档，符合这一档：定额 20 万元"),
        (TIERS, {"high_tech": True}, "取符合的最高一档：20 万元"),
        (TIERS, {}, "第 2 档，还不知道是不是这一档：条文只写了上限"),
        (NoFigure("创新服务券"), {}, "创新服务券"),
        (NoFigure(), {}, "条文没有写明金额"),
    ],
)
def test_the_steps_are_those_of_the_sum(benefit: Benefit, values: dict[str, Value], said: str) -> None:
    assert said in "\n".join(say_workings(benefit, Profile(values), DAY))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Draft(), "征求意见稿，还没有生效"),
        (NoTerm(), "条文没有写期限"),
        (InForce(date(2025, 1, 1), date(2027, 12, 31)), "执行期从 2025-01-01 到 2027-12-31"),
        (InForce(date(2025, 1, 1), None), "从 2025-01-01 起执行，没有写到哪天为止"),
        (InForce(None, date(2027, 12, 31)), "执行到 2027-12-31，没有写从哪天起"),
        (Batch(2023), "2023 年的批次"),
        (TitleYears(2024, 2026), "标题写明 2024 年至 2026 年"),
    ],
)
def test_a_status_is_said_as_a_term(status: Status, said: str) -> None:
    document = Document("d", "某措施", "某措施", "某委", "zone", status)

    assert say_term(document) == said
    assert say_why_available(document, availability_of(document, date(2024, 6, 1)))
    assert say_why_available(document, availability_of(document, date(2029, 6, 1)))
