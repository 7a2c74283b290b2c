"""Staff edit the content between two turns of a conversation: nothing false is taken, told or lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.bundle import Bundle
from bot.dialog.state import State
from bot.policy.values import value_from_json, value_to_json
from bot.responder import ContentResponder
from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_state, encode_state
from bot.turns import Response, Said
from tests.content_fixture import shipped_bundle
from tests.editions import EDITS, edition

KEY = SessionKey("web", "c1")
NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
CHANGED, RESULT_CHANGED, ITEM_CHANGED = "刚才的问题有更新", "政策内容刚有更新", "这一项刚有更新"
CLAIMS = "亦庄，小巨人，科技保险交了86.2万，没有处罚、失信和刑事记录"


def say(bundle: Bundle, state: State, text: str, question: str | None = None) -> Response:
    """One turn on this content, with the state stored after it and read before it as a server does."""
    attributes = bundle.guide.knowledge.attributes
    stored = decode_state(KEY, encode_state(state, attributes), attributes)
    return ContentResponder(lambda: bundle, "web", retention_days=30).respond(
        stored, Said(text, NOW, is_group=False, question=question)
    )


def before(*texts: str) -> State:
    """The conversation on the shipped content, as another server reads it."""
    bundle, state = shipped_bundle(), State()
    for text in texts:
        state = say(bundle, state, text).state
    return state


def hand_over(state: State, old: Bundle, new: Bundle) -> State:
    """The state that one content stored, as another content reads it."""
    raw = encode_state(state, old.guide.knowledge.attributes)
    return decode_state(KEY, raw, new.guide.knowledge.attributes)


def after_edit(name: str, state: State, text: str) -> Response:
    return say(edition(name), hand_over(state, shipped_bundle(), edition(name)), text)


def told(response: Response) -> str:
    return "\n".join(message.text for message in response.messages)


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
    bundle = edition("greeting")
    asked = hand_over(state, shipped_bundle(), bundle)
    stale = State(
        profile=asked.profile, pending=type(state.pending)(state.pending.kind, "operating_regions", (), "00000000"),
        is_greeted=True,
    )  # fmt: skip

    response = say(bundle, stale, "海淀")

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


@pytest.mark.parametrize("name", ["premise added", "premise gone"])
def test_none_of_them_says_nothing_of_premises_that_were_not_shown(name: str) -> None:
    state = before("亦庄，小巨人", "1", "1", "1", "1", "都没有")
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


TEXTS = (
    *(
        "",
        "1",
        "2",
        "3",
        "9",
        "19",
        "1、2",
        "是",
        "没有",
        "都没有",
        "不清楚",
        "跳过",
        "返回",
        "看结果",
        "更多",
        "依据1",
    ),
    *(
        "亦庄",
        "海淀",
        "市级",
        "小巨人",
        "创新型中小企业",
        "是首次",
        "科技保险交了86.2万",
        "50万",
        "2025年3月",
        "改成通州",
    ),
    *("我要改注册地", "修改专精特新", "我的资料", "为什么问这个", "重新开始", "恢复", "确定", "先不了", "删除我的资料"),
    *(
        "受过处罚",
        "有其中一样",
        "按2027-12-31算",
        "转人工",
        "你好",
        "谢谢",
        "追加后一共十六万",
        "数据券怎么补",
        "依据7",
        CLAIMS,
    ),
)
NAMES = ("", *EDITS)
TALKS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TEXTS)), min_size=2, max_size=14)


def bundle_of(name: str) -> Bundle:
    return edition(name) if name else shipped_bundle()


def is_in(bundle: Bundle, state: State) -> bool:
    """Whether every value that counts, and the open question, is one of the content."""
    attributes = bundle.guide.knowledge.attributes
    is_known = all(
        value_from_json(attributes[name], value_to_json(value)) == value for name, value in state.profile.values.items()
    )
    asked = state.pending.attribute if state.pending else ""
    return is_known and (not asked or asked in bundle.guide.lexicon.questions)


@settings(deadline=None, max_examples=60)
@given(TALKS)
def test_no_edit_between_turns_stops_a_conversation_or_leaves_a_value_that_the_content_lacks(
    talk: list[tuple[str, str]],
) -> None:
    state, bundle, now = State(), shipped_bundle(), NOW
    for name, text in talk:
        state, bundle, now = hand_over(state, bundle, bundle_of(name)), bundle_of(name), now + timedelta(hours=9)

        said = Said(text, now, is_group=False)
        response = ContentResponder(lambda: bundle, "web", retention_days=30).respond(state, said)  # noqa: B023

        assert is_in(bundle, response.state)
        assert response.content_version == bundle.version
        state = response.state
