"""Several yes/no attributes of one topic, asked in one question."""

from dataclasses import replace

import pytest

from bot.dialog.acts import Act, Ask, AskSeveral, Record
from bot.dialog.flows import Guide, Topic
from bot.dialog.machine import Transition, advance
from bot.dialog.state import State
from tests.content_fixture import shipped_bundle
from tests.dialog.talks import NOW, after, turn

SANDBOX = ("sandbox_first_entry", "sandbox_certificate", "sandbox_first_exit")
CORE = ("通州区", "都没有", "不是首次", "不是首次", "不是首次", "不是首次", "通州区")


@pytest.fixture(name="guide", scope="module")
def make_guide() -> Guide:
    """The shipped content with one topic whose yes/no attributes are asked together."""
    guide = shipped_bundle().guide
    topic = Topic("sandbox", "参加数据监管沙盒", (*SANDBOX, "sme_service_voucher"), ("沙盒",), "沙盒方面有下面哪些？")
    return replace(guide, flow=replace(guide.flow, topics=(topic,)))


def at_the_joint_question(guide: Guide) -> Transition:
    """The turn in which the joint question is put: the core is answered, the topic picked."""
    state = State()
    for text in CORE:
        state = advance(state, text, NOW, guide).state
    return advance(state, "沙盒", NOW, guide)


def asked(acts: tuple[Act, ...]) -> tuple[str, ...]:
    """What the joint question of a turn offers."""
    return tuple(option.value for act in acts if isinstance(act, AskSeveral) for option in act.options)


def test_the_yes_no_attributes_of_a_topic_are_asked_in_one_question(guide: Guide) -> None:
    turn = at_the_joint_question(guide)

    act = turn.acts[-1]

    assert isinstance(act, AskSeveral)
    assert act.prompt == "沙盒方面有下面哪些？"
    assert asked(turn.acts) == (*SANDBOX, "none", "unknown")


def test_of_several_picked_the_rest_does_not_hold(guide: Guide) -> None:
    turn = advance(at_the_joint_question(guide).state, "1、3", NOW, guide)

    assert [turn.state.profile.values[name] for name in SANDBOX] == [True, False, True]
    assert next(act for act in turn.acts if isinstance(act, Record)).denies_rest


def test_after_a_single_pick_it_is_asked_what_else_there_is(guide: Guide) -> None:
    turn = advance(at_the_joint_question(guide).state, "2", NOW, guide)

    assert turn.state.profile.values["sandbox_certificate"] is True
    assert "sandbox_first_entry" not in turn.state.profile.values
    assert asked(turn.acts) == ("sandbox_first_entry", "sandbox_first_exit", "none", "unknown")


@pytest.mark.parametrize("text", ["都没有", "没有", "4"])
def test_none_of_them_settles_all(guide: Guide, text: str) -> None:
    turn = advance(at_the_joint_question(guide).state, text, NOW, guide)

    assert [turn.state.profile.values[name] for name in SANDBOX] == [False, False, False]
    assert not asked(turn.acts)


@pytest.mark.parametrize("text", ["不清楚", "5", "跳过"])
def test_not_known_leaves_all_open_and_is_not_asked_again(guide: Guide, text: str) -> None:
    turn = advance(at_the_joint_question(guide).state, text, NOW, guide)

    assert not turn.state.profile.values.keys() & set(SANDBOX)
    assert turn.state.declined >= set(SANDBOX)
    assert not asked(turn.acts)


def test_a_text_about_something_else_denies_nothing(guide: Guide) -> None:
    turn = advance(at_the_joint_question(guide).state, "我们是国家高新技术企业", NOW, guide)

    assert turn.state.profile.values["high_tech"] is True
    assert not turn.state.profile.values.keys() & set(SANDBOX)
    assert asked(turn.acts)


def test_going_back_puts_the_joint_question_again(guide: Guide) -> None:
    answered = advance(at_the_joint_question(guide).state, "都没有", NOW, guide).state

    turn = advance(answered, "返回", NOW, guide)

    assert not turn.state.profile.values.keys() & set(SANDBOX)
    assert asked(turn.acts) == (*SANDBOX, "none", "unknown")


ROBOT_SUMS = {"robot_platform_investment", "robot_factory_investment", "robot_chain_amount", "main_business_revenue"}
ROBOT_FOLLOW_UPS = ROBOT_SUMS | {"robot_trial_funding", "robot_product_stage"}


def asked_until_the_end(turn: Transition, guide: Guide, answer: str = "不清楚") -> set[str]:
    """The attributes asked singly when every question from this turn on gets the same answer."""
    names: set[str] = set()
    while turn.state.pending is not None:
        asks = (act.question.attribute for act in turn.acts if isinstance(act, Ask))
        names |= {attribute.name for attribute in asks if attribute is not None}
        turn = advance(turn.state, answer, NOW, guide)
    return names


def at_the_robot_list() -> Transition:
    """The turn in which the shipped list of a robot maker's affairs is put."""
    guide = shipped_bundle().guide
    state = State()
    for text in CORE:
        state = advance(state, text, NOW, guide).state
    return advance(state, "机器人", NOW, guide)


def test_a_sum_is_not_asked_while_the_yes_or_no_before_it_was_declined() -> None:
    guide, listed = shipped_bundle().guide, at_the_robot_list()

    turn = advance(listed.state, "不清楚", NOW, guide)

    assert "robot_platform_investment" not in turn.state.declined
    assert not asked_until_the_end(turn, guide) & ROBOT_FOLLOW_UPS


def test_a_sum_is_asked_as_soon_as_the_declined_yes_or_no_holds() -> None:
    guide, listed = shipped_bundle().guide, at_the_robot_list()
    declined = advance(listed.state, "不清楚", NOW, guide)

    turn = advance(declined.state, "我们建了机器人中试验证平台", NOW, guide)

    assert turn.state.profile.values["robot_public_platform"] is True
    assert asked_until_the_end(turn, guide) & ROBOT_FOLLOW_UPS == {"robot_platform_investment"}


EXPORT = ("cross_border_assessment", "cross_border_contract", "cross_border_certification")


@pytest.mark.parametrize(
    ("text", "held"),
    {
        "安全评估有了 标准合同还没签呢": (True, False, None),
        "安全评估通过了，标准合同尚未备案": (True, False, None),
        "保护认证早就拿到了，安全评估没办": (False, None, True),
        "标准合同那块一直没顾上，安全评估做完了": (True, False, None),
        "标准合同还在谈": (None, False, None),
        "标准合同没问题，没有别的": (None, True, None),
    }.items(),
)
def test_what_is_denied_behind_its_name_is_not_held(text: str, held: tuple[bool | None, ...]) -> None:
    state = after("亦庄", "小巨人", "首次", "首次", "首次", "首次", "数据出境")

    values = turn(state, text).state.profile.values

    assert tuple(values.get(name) for name in EXPORT) == held


@pytest.mark.parametrize("text", ["PUE 1.2", "pue现在1.25", "PUE降到了1.3，液冷上了"])
def test_a_figure_alone_is_no_yes_and_is_asked_about(text: str) -> None:
    state = after("亦庄", "小巨人", "首次", "首次", "首次", "首次", "数据中心")

    said = turn(state, text)

    assert "datacentre_pue_met" not in said.state.profile.values
    assert said.state.pending is not None
    assert said.state.pending.attribute == "datacentre_pue_met"
