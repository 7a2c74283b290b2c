"""Staff edit the content between two turns of a conversation: nothing false is taken, told or lost."""

import re
from dataclasses import replace

import pytest

from bot.policy.values import value_to_json
from tests.content_fixture import shipped_bundle
from tests.editions import after_edit, before, edition, hand_over, say, told

CHANGED, RESULT_CHANGED, ITEM_CHANGED = "刚才的问题有更新", "政策内容刚有更新", "这一项刚有更新"
CLAIMS = "亦庄，小巨人，科技保险交了86.2万，没有处罚、失信和刑事记录"


@pytest.mark.parametrize("name", ["option gone", "value gone", "options swapped"])
@pytest.mark.parametrize("reply", ["2", "1", "都没有", "没有"])
def test_an_answer_to_other_options_is_not_taken_and_the_question_is_put_again(name: str, reply: str) -> None:
    response = after_edit(name, before("亦庄"), reply)

    assert "specialized_tier" not in response.state.profile.values
    assert response.pending == "specialized_tier"
    assert CHANGED in told(response)
    labels = [choice.label for choice in edition(name).guide.question("specialized_tier").choices]
    assert [option.label for option in response.messages[-1].options][:-1] == labels


def test_a_value_that_names_itself_is_taken_in_whatever_order_the_options_stand() -> None:
    response = after_edit("options swapped", before("亦庄"), "创新型中小企业")

    assert response.state.profile.values["specialized_tier"] == "innovative"
    assert CHANGED not in told(response)


def test_a_value_that_is_gone_is_not_taken_by_its_name() -> None:
    response = after_edit("value gone", before("亦庄"), "创新型中小企业")

    assert "specialized_tier" not in response.state.profile.values
    assert response.pending == "specialized_tier"


def test_once_the_new_options_are_shown_a_number_counts() -> None:
    asked = after_edit("options swapped", before("亦庄"), "1")

    response = say(edition("options swapped"), asked.state, "1")

    assert response.state.profile.values["specialized_tier"] == "little_giant"


def test_an_edit_of_something_else_disturbs_nobody() -> None:
    response = after_edit("greeting", before("亦庄"), "4")

    assert response.state.profile.values["specialized_tier"] == "little_giant"
    assert CHANGED not in told(response)


@pytest.mark.parametrize("reply", ["1", "是", "都没有", "是首次", "跳过", "为什么问这个", "2025年3月", "50万"])
def test_the_reply_to_a_question_that_is_gone_is_not_taken_for_anything_else(reply: str) -> None:
    state = before("亦庄", "小巨人")
    assert state.pending is not None
    assert state.pending.attribute == "first_registration"

    response = after_edit("attribute gone", state, reply)

    assert response.state.profile == state.profile
    assert response.pending == "first_listing"
    assert CHANGED in told(response)
    assert response.state.misses == 0


def test_a_number_in_reply_to_a_question_that_is_gone_is_no_number_of_a_policy() -> None:
    state = before(CLAIMS, "看结果")
    assert state.shown
    assert state.pending is not None

    response = after_edit("attribute gone", state, "1")

    assert CHANGED in told(response)
    assert "逐条看" not in told(response)


@pytest.mark.parametrize("reply", ["1", "是首次", "2", "没有过"])
def test_a_question_turned_round_is_put_again(reply: str) -> None:
    state = before("亦庄", "小巨人", "是首次")
    assert state.pending is not None
    assert state.pending.attribute == "first_listing"

    response = after_edit("question turned round", state, reply)

    assert "first_listing" not in response.state.profile.values
    assert response.pending == "first_listing"
    assert "以前把数据资源入过表吗" in told(response)


def test_what_a_text_says_by_itself_is_taken_though_its_question_is_gone() -> None:
    response = after_edit("attribute gone", before("亦庄", "小巨人"), "科技保险的保费交了86.2万")

    assert value_to_json(response.state.profile.values["insurance_premium"]) == 862_000
    assert response.pending == "first_listing"


def test_a_bare_place_is_not_taken_for_the_registration_when_its_question_has_changed() -> None:
    state = before("亦庄", "修改实际经营地")
    assert state.pending is not None
    assert state.pending.attribute == "operating_regions"
    asked_otherwise = replace(state, pending=replace(state.pending, wording="00000000"))

    response = say(edition("greeting"), asked_otherwise, "海淀")

    assert response.state.profile.values == {"region": "经开区"}


@pytest.mark.parametrize("command", ["看结果", "我的资料", "转人工", "经开区数据券怎么补"])
def test_a_command_or_a_question_is_answered_though_the_pending_question_has_changed(command: str) -> None:
    response = after_edit("options swapped", before("亦庄"), command)

    assert CHANGED not in told(response)
    assert response.pending == "specialized_tier"


@pytest.mark.parametrize("name", ["attribute gone", "tier gone", "value gone"])
def test_deleting_can_be_confirmed_though_the_question_behind_it_is_gone(name: str) -> None:
    waiting = before("亦庄", "删除我的资料")

    assert after_edit(name, waiting, "确定").forget
    kept = after_edit(name, waiting, "先不了")
    assert not kept.forget
    assert kept.pending in ("specialized_tier", "first_registration")


def test_going_back_passes_over_a_question_that_is_gone() -> None:
    state = before("亦庄", "小巨人", "是首次")

    response = after_edit("tier gone", hand_over(state, shipped_bundle(), edition("tier gone")), "返回")

    assert response.pending == "first_registration"
    again = say(edition("tier gone"), response.state, "返回")
    assert again.pending == "region"


def test_an_answer_that_has_no_place_counts_for_nothing_and_comes_back_with_the_place() -> None:
    state, old, new = before("亦庄", "小巨人"), shipped_bundle(), edition("tier gone")

    meanwhile = say(new, hand_over(state, old, new), "我的资料")
    back = say(old, hand_over(meanwhile.state, new, old), "我的资料")

    assert "specialized_tier" not in meanwhile.state.profile.values
    assert "小巨人" not in told(meanwhile)
    assert back.state.profile.values["specialized_tier"] == "little_giant"


def test_a_topic_by_number_is_not_taken_when_the_topics_have_changed() -> None:
    state = before("亦庄，小巨人", "1", "1", "1", "1")
    assert state.pending is not None
    assert state.pending.kind == "topics"

    response = after_edit("fewer topics", state, "1")

    assert response.state.topics is None
    assert CHANGED in told(response)
    assert "科技保险" not in response.messages[-1].options[0].label


@pytest.mark.parametrize("reply", ["1", "2", "1、2", "都没有"])
def test_a_question_about_several_things_of_which_one_is_gone_is_put_again(reply: str) -> None:
    state = before("亦庄，小巨人", "1", "1", "1", "1", "4")
    assert state.pending is not None
    assert state.pending.kind == "together"

    response = after_edit("together shorter", state, reply)

    assert response.state.profile == state.profile
    assert CHANGED in told(response)


@pytest.mark.parametrize("name", ["premise added", "premise gone"])
def test_none_of_them_says_nothing_of_premises_that_were_not_shown(name: str) -> None:
    state = before("亦庄，小巨人", "1", "1", "1", "1", "都没有", "都没有")
    assert state.pending is not None
    assert state.pending.kind == "premises"

    response = after_edit(name, state, "都没有")

    assert response.state.profile.values.keys() == state.profile.values.keys()
    assert CHANGED in told(response)


def test_the_proof_of_a_policy_that_is_gone_says_so() -> None:
    response = after_edit("clauses gone, small pages", before(CLAIMS, "看结果"), "依据1")

    assert ITEM_CHANGED in told(response)
    assert "没有这个编号" not in told(response)


def test_the_next_page_of_another_content_is_the_first_one_again() -> None:
    state = before(CLAIMS, "看结果")

    response = after_edit("clauses gone, small pages", state, "更多")

    assert RESULT_CHANGED in told(response)
    assert response.state.page == 1
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", told(response), re.MULTILINE)]
    assert numbers[:2] == [1, 2]


def test_every_reply_and_state_tells_its_content() -> None:
    response = after_edit("greeting", before("亦庄"), "4")

    assert response.content_version == edition("greeting").version != shipped_bundle().version
    assert response.state.content_version == edition("greeting").version
