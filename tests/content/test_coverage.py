from dataclasses import replace
from decimal import Decimal

from bot.content.articles import Article, SourceText
from bot.content.coverage import ArticleCoverage, cover, total
from bot.policy.attributes import Attribute, AttributeType
from bot.policy.clauses import Ceiling, Clause, Combining, Formula, JointLimit, Knowledge, NoFigure
from bot.policy.conditions import AllOf, Is, OneOf, Requirement
from tests.content_fixture import shipped_bundle
from tests.policy.samples import COST, HIGH_TECH, YEARS, create_clause, number_is


def covered(body: str, *clauses: Clause, combining: Combining | None = None) -> ArticleCoverage:
    shipped = shipped_bundle().guide.knowledge
    knowledge: Knowledge = replace(shipped, clauses=clauses, combining=combining or Combining())
    (row,) = cover(knowledge, {"doc": SourceText("doc", "文件", {"1": Article("1", "第一条", body)})})
    return row


def test_an_article_without_a_clause_is_empty() -> None:
    row = covered("支持发展，最高50万元。")

    assert (row.clauses, row.left_over) == ((), ("50万元",))
    assert not row.is_complete


def test_figures_of_the_benefit_the_conditions_and_the_terms_are_carried() -> None:
    benefit = Formula(rate=Decimal("0.5"), plus=(COST,), cap=Decimal(500_000))
    condition = number_is("<", 3, YEARS)
    clause = replace(create_clause("c", benefit, condition), terms="贴息不超过 2%")

    row = covered("按50%，最高50万元，不超过三年，贴息不超过2％，其中100家。", clause)

    assert row.carried == ("50%", "50万元", "三年", "2％")
    assert row.left_over == ("100",)


def test_a_figure_that_is_listed_has_its_place() -> None:
    clause = replace(create_clause("c", NoFigure()), other_figures=(("规模1亿元", "总规模"),))

    row = covered("总规模1亿元。", clause)

    assert (row.carried, row.listed, row.left_over) == ((), ("1亿元",), ())
    assert row.is_complete


def test_a_choice_or_a_flag_may_stand_for_a_figure() -> None:
    half_done = Attribute("progress", AttributeType.CHOICE, "进度", ("half",), {"half": "不低于 70%"})
    is_half_done = Requirement(half_done, OneOf(("half",)), "进度够了")
    condition = AllOf((is_half_done, Requirement(HIGH_TECH, Is(expected=True), "营收 1 亿元以上")))

    row = covered("不低于70%，1亿元以上，另2亿元。", create_clause("a", NoFigure(), condition))

    assert (row.carried, row.left_over) == (("70%", "1亿元"), ("2亿元",))


def test_a_limit_over_several_clauses_carries_its_figure() -> None:
    clauses = (create_clause("a", Ceiling(Decimal(10))), create_clause("b", Ceiling(Decimal(20))))
    limit = JointLimit("l", frozenset({"a", "b"}), Decimal(300_000), "合计最高 30 万元", "第 1 条")

    row = covered("10元、20元，合计30万元。", *clauses, combining=Combining((limit,)))

    assert row.left_over == ()


def test_a_figure_that_stands_twice_counts_once() -> None:
    row = covered("10元，另10元。", create_clause("a", Ceiling(Decimal(10))))

    assert row.carried == ("10元",)


def test_the_totals_add_up() -> None:
    rows = [covered("最高50万元。"), covered("10元、20元。", create_clause("a", Ceiling(Decimal(10))))]

    sums = total(rows)

    assert (sums.articles, sums.empty, sums.figures) == (2, 1, 3)
    assert (sums.carried, sums.listed, sums.left_over) == (1, 0, 2)
