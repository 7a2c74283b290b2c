"""The pieces of the comparison of ways to ask: drawn enterprises, forms, chance and the optimum."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from benchmarks.asking.companies import Company, asked_for, draw_companies
from benchmarks.asking.optimum import cells_of, small_set
from benchmarks.asking.strategies import (
    at_random,
    form_until_settled,
    form_without_idle,
    ours,
    ours_of_one_who_says_all,
    still_open,
    whole_form,
)
from benchmarks.questions import compare, ninetieth
from bot.dialog.machine import advance
from bot.dialog.state import Pending, PendingKind, State
from bot.policy.attributes import NEVER, AttributeType, Value
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW

ON = date(2026, 7, 15)
GUIDE = shipped_bundle().guide
COMPANIES = draw_companies(5, 3, GUIDE, ON)
ONES = range(len(COMPANIES))


def test_the_same_seed_draws_the_same_enterprises() -> None:
    assert draw_companies(5, 3, GUIDE, ON) == COMPANIES
    assert draw_companies(5, 4, GUIDE, ON) != COMPANIES


def test_a_drawn_enterprise_has_an_answer_to_all_that_may_be_asked() -> None:
    assert all(set(company.answers) == set(asked_for(GUIDE.flow)) for company in COMPANIES)


def test_what_belongs_to_no_topic_of_an_enterprise_does_not_hold_of_it() -> None:
    idle = [c for c in COMPANIES if "insurance" not in c.topics]

    assert idle
    assert all(company.answers["insurance_premium"] == 0 for company in idle)


@pytest.mark.parametrize("number", ONES)
def test_the_form_asks_more_than_the_bot(number: int) -> None:
    company = COMPANIES[number]

    assert ours(company, GUIDE, ON) < whole_form(company, GUIDE, ON)


@pytest.mark.parametrize("number", ONES)
def test_a_form_that_stops_or_skips_asks_no_more_than_one_that_does_not(number: int) -> None:
    company = COMPANIES[number]
    stopped = form_until_settled(company, GUIDE, ON)

    assert form_without_idle(company, GUIDE, ON) <= stopped <= whole_form(company, GUIDE, ON)


def test_who_says_that_it_is_all_is_asked_no_more() -> None:
    assert all(ours_of_one_who_says_all(c, GUIDE, ON) <= ours(c, GUIDE, ON) for c in COMPANIES)


def test_chance_comes_to_an_end() -> None:
    assert at_random(COMPANIES[0], GUIDE, ON, Random(1)) > 0


def test_nine_of_ten_do_not_pass_the_ninetieth_percentile() -> None:
    assert ninetieth(range(1, 101)) == 91
    assert ninetieth([4]) == 4


def test_the_groups_of_answers_have_the_shares_of_the_draws() -> None:
    small = small_set(("facility",), {"region": "经开区"}, GUIDE, ON)

    shares = {
        cell.value: cell.share for cell in cells_of(GUIDE.knowledge.attributes["facility_years_supported"], small)
    }

    assert sum(shares.values()) == pytest.approx(1)
    assert shares[Decimal(3)] == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize("topic", ["insurance", "scenario", "purchase"])
def test_nothing_asks_less_than_the_optimum(topic: str) -> None:
    expected = compare(small_set((topic,), {"region": "经开区", "specialized_tier": "none"}, GUIDE, ON))

    assert expected is not None
    assert expected[1] <= expected[0] + 1e-9
    assert expected[0] <= 1.1 * expected[1]


def test_nothing_is_asked_where_nothing_can_change() -> None:
    known: Mapping[str, Value] = {
        "region": "海淀区",
        "operating_regions": frozenset({"海淀区"}),
        "specialized_tier": "none",
    }
    small = small_set(("insurance",), known, GUIDE, ON)

    assert "insurance_premium" not in {pending.attribute for pending in still_open(small.state, GUIDE, ON)}


def said(pending: Pending, company: Company) -> str:
    """What the enterprise writes to the bot."""
    options = pending.options
    if pending.kind is PendingKind.PREMISES:
        is_clear = all(company.answers[name] in (False, NEVER) for name in GUIDE.flow.premises)
        return "1" if is_clear else "2"
    if pending.kind in (PendingKind.TOPICS, PendingKind.TOGETHER):
        held = company.topics | {name for name, value in company.answers.items() if value is True}
        return "、".join(str(number) for number, name in enumerate(options, 1) if name in held) or "都没有"
    value = company.answers[pending.attribute]
    match GUIDE.knowledge.attributes[pending.attribute].type:
        case AttributeType.YUAN:
            return f"{value}元"
        case AttributeType.INT | AttributeType.DATE:
            return "没有" if value is NEVER else str(value)
        case AttributeType.SET if isinstance(value, frozenset):
            return "、".join(str(options.index(one) + 1) for one in sorted(value))
        case AttributeType.BOOL:
            return str(options.index(str(value).lower()) + 1)
        case _:
            return str(options.index(str(value)) + 1)


@pytest.mark.parametrize("number", ONES)
def test_the_bot_itself_asks_as_often_as_counted(number: int) -> None:
    company, state, asked = COMPANIES[number], advance(State(), "", NOW, GUIDE).state, 0
    while state.pending is not None:
        asked += 1
        state = advance(state, said(state.pending, company), NOW, GUIDE).state

    assert asked == ours(company, GUIDE, ON)
