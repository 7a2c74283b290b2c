"""What-ifs: the difference is shown, and nothing is recorded unless the user says so."""

from datetime import date
from decimal import Decimal

import pytest

from bot.dialog.acts import Ask, Notice, Record, Tell
from bot.dialog.results import build_result
from bot.dialog.state import State
from bot.dialog.what_if_acts import Effect, WhatIf
from bot.policy.attributes import Profile, Value
from bot.policy.money import Interval
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn
from tests.dialog.what_ifs import HAIDIAN, ZONE, ask, shown, supposed

PREMIUM = "bda-data-industry/1/premium-60"


def effects(act: WhatIf) -> dict[str, Effect]:
    return {shift.after.clause.id: shift.effect for shift in act.shifts}


SUPPOSITIONS = [
    ("如果注册到经开区", {"region": "经开区"}),
    ("要是我们搬到通州呢", {"region": "通州区"}),
    ("搬到朝阳的话呢？", {"region": "朝阳区"}),
    ("若注册在亦庄", {"region": "经开区"}),
    ("万一保费是20万", {"insurance_premium": Decimal(200_000)}),
    ("保费要是100万呢", {"insurance_premium": Decimal(1_000_000)}),
    ("倘若保费不到10万", {"insurance_premium": Interval(None, Decimal(100_000), high_open=True)}),
    ("如果评上小巨人能多拿多少", {"specialized_tier": "little_giant"}),
    ("如果我们是高新呢", {"high_tech": True}),
    ("假设没有小巨人", {"specialized_tier": "none"}),
    ("如果登记不是首次", {"first_registration": False}),
    ("如果搬到经开区，保费20万", {"region": "经开区", "insurance_premium": Decimal(200_000)}),
    (
        "假如入表金额150万服务费80万能补多少",
        {"listing_amount": Decimal(1_500_000), "listing_service_fee": Decimal(800_000)},
    ),
    ("我们要是在北数所登记的话", {"registration_venue": "bidex"}),
]


@pytest.mark.parametrize(("text", "values"), SUPPOSITIONS, ids=[text for text, _ in SUPPOSITIONS])
def test_what_is_supposed_is_shown_and_not_recorded(text: str, values: dict[str, Value]) -> None:
    before, done = ask(text, HAIDIAN)

    assert supposed(shown(done)) == values
    assert done.state.profile == before.profile
    assert done.state.declined == before.declined


@pytest.mark.parametrize(("text", "values"), SUPPOSITIONS, ids=[text for text, _ in SUPPOSITIONS])
def test_the_pending_question_stays_open_and_comes_back(text: str, values: dict[str, Value]) -> None:
    before, done = ask(text, HAIDIAN)

    assert values
    assert done.state.pending == before.pending
    assert isinstance(done.acts[-1], Ask)
    assert done.acts[-1].is_repeated


DAYS = [
    ("假如明年申请", date(2027, 7, 15)),
    ("如果2027年12月31号才申报", date(2027, 12, 31)),
    ("如果2028年才申报", date(2028, 7, 15)),
    ("如果拖到明年3月再报", date(2027, 3, 1)),
    ("如果12月才申请", date(2026, 12, 1)),
    ("要是过一年再报呢", date(2027, 7, 15)),
    ("如果年底才申请", date(2026, 12, 31)),
    ("万一拖到明年年底", date(2027, 12, 31)),
    ("如果半年以后再申请", date(2027, 1, 15)),
]


@pytest.mark.parametrize(("text", "day"), DAYS, ids=[text for text, _ in DAYS])
def test_another_day_may_be_supposed(text: str, day: date) -> None:
    _, done = ask(text, ZONE)

    assert (shown(done).base, shown(done).on) == (NOW.date(), day)
    assert supposed(shown(done)) == {}


def test_a_day_after_the_term_loses_what_is_open_now() -> None:
    _, done = ask("如果2028年1月1日才申报", ZONE)

    act = shown(done)
    assert effects(act) == {PREMIUM: Effect.LOST}
    assert (act.before.fixed, act.after.fixed) == (Decimal(156_000), Decimal(0))


def test_the_last_day_of_the_term_changes_nothing() -> None:
    _, done = ask("如果2027年12月31号才申报", ZONE)

    assert shown(done).shifts == ()


def test_the_difference_is_that_of_the_two_results() -> None:
    guide, state = shipped_bundle().guide, after(HAIDIAN)

    act = shown(turn(state, "如果注册到经开区"))

    before = build_result(state.profile, guide, NOW.date())
    then = build_result(state.profile.with_value("region", "经开区"), guide, NOW.date())
    assert (act.before.fixed, act.after.fixed) == (before.plan.fixed_total, then.plan.fixed_total)
    assert (act.before.reach, act.after.reach) == (before.reach, then.reach)
    assert effects(act) == {PREMIUM: Effect.GAINED}


def test_a_better_tier_takes_the_place_of_the_lower_one() -> None:
    _, done = ask("如果评上小巨人", "亦庄，市级专精特新，保费26万")

    assert effects(shown(done)) == {PREMIUM: Effect.GAINED, "bda-data-industry/1/premium-50": Effect.REPLACED}


def test_an_attribute_of_which_nothing_is_known_may_be_supposed() -> None:
    _, done = ask("如果保费是20万", "亦庄，小巨人")

    assert shown(done).supposed[0].before is None
    assert shown(done).after.fixed == Decimal(120_000)


def test_moving_takes_the_place_of_business_along() -> None:
    _, done = ask("如果搬到经开区", "海淀，经营地也在海淀，小巨人，保费26万")

    assert supposed(shown(done)) == {"region": "经开区", "operating_regions": frozenset({"经开区"})}


def test_registering_elsewhere_leaves_the_place_of_business() -> None:
    _, done = ask("如果注册到经开区", "海淀，经营地也在海淀，小巨人，保费26万")

    assert supposed(shown(done)) == {"region": "经开区"}


def test_a_second_place_of_business_is_had_beside_the_first() -> None:
    _, done = ask("如果经营地也在经开区呢", "通州，小巨人")

    assert supposed(shown(done)) == {"operating_regions": frozenset({"通州区", "经开区"})}


def test_a_bare_not_the_first_is_of_the_open_question() -> None:
    _, done = ask("如果不是首次", "亦庄，小巨人")

    assert supposed(shown(done)) == {"first_registration": False}


def test_a_bare_not_the_first_is_else_of_all_that_were_told_to_be() -> None:
    _, done = ask("如果不是首次", "亦庄，小巨人，首次登记，首次入表，交易过，开放过")

    assert supposed(shown(done)) == {"first_registration": False, "first_listing": False}


def test_which_first_time_is_meant_is_asked_where_none_was_told() -> None:
    before, done = ask("如果不是首次", "亦庄")

    assert Tell(Notice.WHICH_FIRST) in done.acts
    assert done.state.profile == before.profile


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("如果是市级能拿多少", "specialized"),
        ("如果评上市级呢", "specialized"),
        ("要是评上国家级呢", "little_giant"),
    ],
)
def test_a_bare_level_is_that_of_the_tier_that_was_told(text: str, tier: str) -> None:
    _, done = ask(text, "亦庄，专精特新都没有")

    assert supposed(shown(done)) == {"specialized_tier": tier}


@pytest.mark.parametrize("text", ["要是今年没买呢", "如果是30万呢"])
def test_what_is_supposed_of_nothing_in_particular_is_asked_for_in_full(text: str) -> None:
    _, done = ask(text, "亦庄，专精特新都没有")

    assert Tell(Notice.WHICH_SUPPOSED) in done.acts


KNOWLEDGE = ["如果数据是买来的还能登记吗", "如果被处罚过还能申请吗", "万一材料不全怎么办", "如果要改注册地怎么改"]


@pytest.mark.parametrize("text", KNOWLEDGE)
def test_a_question_about_the_rules_is_no_what_if(text: str) -> None:
    before, done = ask(text, ZONE)

    assert not any(isinstance(act, WhatIf | Record) for act in done.acts)
    assert done.state.profile == before.profile


def test_how_to_apply_is_answered_from_the_knowledge_even_with_an_if() -> None:
    _, done = ask("如果评上高新，科技保险怎么申请", ZONE)

    assert not any(isinstance(act, WhatIf) for act in done.acts)


NOT_SUPPOSED = ["如果没记错是海淀", "主要是在海淀", "十万一"]


@pytest.mark.parametrize("text", NOT_SUPPOSED)
def test_words_that_only_look_like_an_if_suppose_nothing(text: str) -> None:
    assert not any(isinstance(act, WhatIf) for act in turn(after("你好"), text).acts)


def test_of_a_policy_that_is_named_only_that_is_told() -> None:
    _, done = ask("如果采购数据200万，数据券能拿多少", ZONE)

    act = shown(done)
    assert act.is_named
    assert effects(act)["bda-data-industry/8/data-voucher"] is Effect.POSSIBLE
    assert PREMIUM not in effects(act)


def test_a_policy_may_be_named_without_a_mark_between() -> None:
    _, done = ask("如果注册到经开区数据券能领多少", "海淀，小巨人")

    assert supposed(shown(done)) == {"region": "经开区"}
    assert shown(done).is_named


def test_what_stands_before_the_if_is_recorded() -> None:
    _, done = ask("我们在海淀，小巨人，保费26万。如果搬到亦庄呢？")

    assert done.state.profile.values["region"] == "海淀区"
    assert supposed(shown(done)) == {"region": "经开区"}


def test_an_if_that_changes_nothing_says_why() -> None:
    _, done = ask("如果不是高新", ZONE)
    _, same = ask("如果注册到亦庄", ZONE)

    assert [each.attributes[0].name for each in shown(done).unmoved] == ["high_tech"]
    assert shown(same).unmoved[0].is_same


def test_nothing_known_of_the_enterprise_the_place_is_told_about() -> None:
    done = turn(State(), "如果注册到经开区能拿什么")

    assert not any(isinstance(act, WhatIf) for act in done.acts)
    assert done.state.profile == Profile()


def test_a_company_of_its_own_is_not_taken_for_the_enterprise() -> None:
    before, done = ask("如果在亦庄注册一家子公司呢", HAIDIAN)

    assert Tell(Notice.ANOTHER_FIRM) in done.acts
    assert done.state.profile == before.profile


def test_a_sum_known_as_a_range_gives_a_range() -> None:
    _, done = ask("如果保费15到20万之间", ZONE)

    (shift,) = shown(done).shifts
    assert (shift.effect, shift.after.prospect.low, shift.after.prospect.high) == (
        Effect.CHANGED,
        Decimal(90_000),
        Decimal(120_000),
    )


def test_a_place_that_only_opens_what_was_out_of_the_question_says_how_much() -> None:
    _, done = ask("如果搬到经开区", "海淀")

    (why,) = shown(done).unmoved
    assert why.opened > 10


RELATIVE = [
    ("如果多交10万保费", 360_000),
    ("要是保费少交6万", 200_000),
    ("如果保费涨10万", 360_000),
    ("如果保费翻倍呢", 520_000),
]


@pytest.mark.parametrize(("text", "yuan"), RELATIVE, ids=[text for text, _ in RELATIVE])
def test_a_sum_may_be_supposed_by_how_it_differs(text: str, yuan: int) -> None:
    _, done = ask(text, ZONE)

    assert supposed(shown(done)) == {"insurance_premium": Decimal(yuan)}


def test_a_sum_that_rises_to_another_is_that_other() -> None:
    for text in ("如果保费涨到50万", "如果保费增加到50万"):
        _, done = ask(text, ZONE)

        assert supposed(shown(done)) == {"insurance_premium": Decimal(500_000)}
