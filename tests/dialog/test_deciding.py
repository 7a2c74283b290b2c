"""Which question comes next where a rule of combining depends on the answer."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.dialog.deciding import next_pending
from bot.dialog.state import State
from bot.policy.attributes import NEVER, Profile, Value
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW

GRANT: Mapping[str, Value] = {
    "region": "经开区",
    "specialized_tier": "none",
    "first_registration": False,
    "first_listing": False,
    "first_trade": False,
    "first_open": False,
    "core_technology_reviewed": False,
    "national_project_grant": Decimal(8_000_000),
    "national_project_recognised": True,
    "last_major_penalty": NEVER,
    "criminal_record": False,
    "dishonest_listed": False,
}


def next_attribute(values: Mapping[str, Value]) -> str | None:
    """What is asked next of an enterprise that picked the topic of technology and no other."""
    guide = shipped_bundle().guide
    others = frozenset(topic.id for topic in guide.flow.topics) - {"technology"}
    state = State(Profile(values), topics=frozenset({"technology"}), passed_topics=others)
    pending = next_pending(replace(state, declined=frozenset({"high_tech"})), guide, NOW.date())
    return None if pending is None else pending.attribute


def test_another_award_for_the_same_project_is_asked_for_when_it_would_take_the_place_of_a_claim() -> None:
    assert next_attribute(GRANT) == "same_project_zone_award"


@pytest.mark.parametrize(
    "values",
    [
        {**GRANT, "same_project_zone_award": Decimal(0)},
        {**GRANT, "national_project_recognised": False},
    ],
    ids=["known", "nothing to take the place of"],
)
def test_another_award_for_the_same_project_is_not_asked_for_in_vain(values: Mapping[str, Value]) -> None:
    assert next_attribute(values) != "same_project_zone_award"
