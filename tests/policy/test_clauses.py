from decimal import Decimal

import pytest

from bot.policy.clauses import Benefit, Ceiling, Formula, Kind, NoFigure, Tiers, benefit_attributes
from tests.policy.samples import COST, GRANT, HARDWARE, YEARS, create_clause, create_document, number_is

NET = Formula(rate=Decimal(1), plus=(COST,), minus=(HARDWARE,))


@pytest.mark.parametrize(
    ("benefit", "expected"),
    [
        (NET, {"cost", "hardware"}),
        (
            Tiers(((number_is(">", 1, YEARS), NET), (number_is(">", 1, GRANT), Ceiling(Decimal(1))))),
            {"years", "cost", "hardware", "grant"},
        ),
        (Ceiling(Decimal(1)), set()),
        (NoFigure(), set()),
    ],
    ids=["formula", "tiers", "ceiling", "no figure"],
)
def test_a_sum_depends_on_its_inputs_and_on_what_its_tiers_ask(benefit: Benefit, expected: set[str]) -> None:
    assert benefit_attributes(benefit) == expected


def test_a_clause_depends_on_the_scope_and_premises_of_its_policy_too() -> None:
    policy = create_document(scope=number_is(">", 1), premises=number_is(">", 1, YEARS))

    clause = create_clause("c", Formula(rate=Decimal(1), plus=(HARDWARE,)), number_is(">", 1, GRANT), policy)

    assert clause.attribute_names == {"cost", "years", "hardware", "grant"}


@pytest.mark.parametrize("kind", Kind, ids=str)
def test_only_directions_and_rules_cannot_be_claimed(kind: Kind) -> None:
    assert create_clause("c", kind=kind).is_claimable is (kind not in (Kind.DIRECTION, Kind.RULE))
