from decimal import Decimal

import pytest

from bot.policy.clauses import BetterOf, Combining, Exclusion, JointLimit
from bot.policy.together import Together, relation_of
from tests.policy.samples import GRANT, create_clause

A, B = create_clause("a"), create_clause("b")
BOTH = frozenset({"a", "b"})
STATED = Exclusion("e", BOTH, "只取一项", "第 1 条")
SILENT = Exclusion("s", BOTH, "没有写", "第 2 条", is_stated=False)
LIMIT = JointLimit("l", BOTH, Decimal(10), "合计最高", "第 3 条")
SAME = BetterOf("x", BOTH, GRANT, "从高", "附则三")


@pytest.mark.parametrize(
    ("rules", "kind", "source"),
    [
        pytest.param(Combining(), Together.NO_RULE, "", id="nothing is written"),
        pytest.param(Combining((LIMIT,)), Together.UP_TO, "第 3 条", id="a joint limit"),
        pytest.param(
            Combining((LIMIT,), (STATED,)), Together.ONLY_ONE, "第 1 条", id="an exclusion goes before a limit"
        ),
        pytest.param(Combining((), (SILENT, STATED)), Together.ONLY_ONE, "第 1 条", id="what is written goes first"),
        pytest.param(Combining((), (SILENT,)), Together.NOT_WRITTEN, "第 2 条", id="the texts are silent"),
        pytest.param(Combining((), (), (SAME,)), Together.SAME_PROJECT, "附则三", id="of one project only the higher"),
    ],
)
def test_the_strictest_rule_over_both_is_told(rules: Combining, kind: Together, source: str) -> None:
    found = relation_of(A, B, rules)

    assert (found.kind, found.source) == (kind, source)
    assert relation_of(B, A, rules) == found


def test_a_rule_over_one_of_them_and_others_says_nothing() -> None:
    other = Exclusion("e", frozenset({"a", "c"}), "只取一项", "第 1 条")

    assert relation_of(A, B, Combining((), (other,))).kind is Together.NO_RULE
