from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.policy.attributes import Attribute, AttributeType, Profile
from tests.policy.samples import ATTRIBUTES, COST, REGION, TIER, profiles, yuan

LABELLED = Attribute("tier", AttributeType.ORDERED, "梯度", ("none", "giant"), {"giant": "小巨人"})


def test_a_value_without_a_label_is_its_own_label() -> None:
    assert LABELLED.label_of("giant") == "小巨人"
    assert LABELLED.label_of("none") == "none"


@given(profiles(), yuan)
def test_the_last_value_said_counts_and_the_others_stay(profile: Profile, sum_: Decimal) -> None:
    told = profile.with_value("cost", sum_)

    assert told.get(COST) == sum_
    assert told.without("cost") == profile.without("cost")


@given(profiles(), st.sampled_from(ATTRIBUTES))
def test_what_is_removed_is_unknown_again(profile: Profile, attribute: Attribute) -> None:
    assert profile.without(attribute.name).get(attribute) is None


def test_a_profile_is_not_changed_by_what_is_made_of_it() -> None:
    profile = Profile({"region": "经开区"})

    profile.with_value("tier", "none")
    profile.without("region")

    assert profile.get(REGION) == "经开区"
    assert profile.get(TIER) is None


def test_a_false_and_a_zero_are_known() -> None:
    profile = Profile({"cost": Decimal(0), "high_tech": False})

    assert profile.get(COST) == 0
    assert profile.get(Attribute("high_tech", AttributeType.BOOL, "", default=True)) is False
