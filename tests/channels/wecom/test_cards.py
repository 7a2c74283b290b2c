"""Cards keep within the platform's limits whatever the question is, and their clicks say what was picked."""

import string
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom.card_parts import NOT_HERE, Choice
from bot.channels.wecom.cards import build_card, make_task_id, read_choice
from bot.channels.wecom.limits import TEXT_BYTES
from bot.channels.wecom.packing import Addressee, pack_reply
from bot.dialog.state import State
from bot.messages import Option, OutboundMessage, Reply
from bot.responder import ContentResponder
from bot.turns import Said
from tests.content_fixture import shipped_bundle
from tests.simulators.wecom import cards as rules

ANY = st.text(min_size=0, max_size=90)
LABEL = st.text(min_size=1, max_size=70).filter(lambda text: text.strip() != "" and text != NOT_HERE)
TO = Addressee("ZhangSan", "m1", 1000002)


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", label) for number, label in enumerate(labels))


def asking(*labels: str, text: str = "贵公司注册在哪里？", is_several: bool = False) -> OutboundMessage:
    listed = "\n".join(f"{number} {label}" for number, label in enumerate(labels, 1))
    return OutboundMessage(f"{text}\n{listed}", options(*labels), is_several=is_several)


@given(text=ANY, labels=st.lists(LABEL, min_size=1, max_size=30, unique=True))
def test_no_card_breaks_a_rule_of_the_platform(text: str, labels: list[str]) -> None:
    message = asking(*labels, text=text)

    for asked, most in ((message, 27), (replace(message, is_several=True), 20)):
        card = build_card(asked, make_task_id("region", "p-1"))
        assert (card is None) == (len(labels) > most)
        assert card is None or [fault.sentence for fault in rules.faults_of_card(card, rules.APP)] == []


@given(question=ANY, parcel=ANY)
def test_a_task_id_keeps_to_its_alphabet(question: str, parcel: str) -> None:
    assert rules.TASK_ID.fullmatch(make_task_id(question, parcel))


@given(question=st.text(string.ascii_lowercase + "_", max_size=60), parcel=ANY)
def test_a_task_id_names_its_question(question: str, parcel: str) -> None:
    assert read_choice("是", make_task_id(question, parcel), ()) == Choice("是", question)


def test_few_options_are_buttons_whose_keys_are_their_words() -> None:
    card = build_card(asking("经开区", "国家级专精特新“小巨人”企业认定"), "region@1")

    assert card is not None
    assert card["main_title"] == {"title": "贵公司注册在哪里？"}
    assert card["button_list"] == [
        {"text": "经开区", "style": 1, "key": "经开区"},
        {"text": "2 国家级专精特新…", "style": 1, "key": "国家级专精特新“小巨人”企业认定"},
    ]


def test_a_long_label_is_cut_at_its_bracket_unless_two_would_read_the_same() -> None:
    first, before = "是首次（包括还没登记过的情况）", "不是，以前登记过"
    one = build_card(asking(first, before), "q@1")
    two = build_card(asking(first, "是首次（其他没有说到的情况）"), "q@1")

    assert one is not None
    assert two is not None
    assert list(rules.buttons_of(one)) == ["是首次", before]
    assert list(rules.buttons_of(two)) == ["1 是首次（包括还…", "2 是首次（其他没…"]


@pytest.mark.parametrize("count", [7, 9, 10, 18, 19, 27])
def test_more_options_stand_in_lists_that_choose_nothing_by_themselves(count: int) -> None:
    labels = [f"第{number}区" for number in range(1, count + 1)]

    card = build_card(asking(*labels), "region@1")

    assert card is not None
    assert card["card_type"] == "multiple_interaction"
    lists = rules.selectors_of(card)
    assert len(lists) <= 3
    assert [one["option_list"][0]["id"] for one in lists] == [NOT_HERE] * len(lists)
    assert {one["selected_id"] for one in lists} == {NOT_HERE}
    assert [option["id"] for one in lists for option in one["option_list"][1:]] == labels


def test_too_many_options_are_left_to_their_numbers() -> None:
    assert build_card(asking(*(str(number) for number in range(100, 128))), "q@1") is None


def test_what_may_be_taken_together_is_ticked() -> None:
    card = build_card(asking("买保险", "买数据", is_several=True), "q@1")

    assert card is not None
    assert card["card_type"] == "vote_interaction"
    assert [one["id"] for one in rules.selectors_of(card)[0]["option_list"]] == ["1", "2"]


def test_options_of_one_label_make_no_card() -> None:
    assert build_card(asking("是", "是"), "q@1") is None


ASKED, FIRST_TIME = "是不是首次办登记？", "没登记过或第一次办都算首次；"
NOT_SURE = "只做过数据知识产权登记的选“不清楚”。"


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("记下了：注册地：经开区。\n\n有吗？（这一问关系到 3 项政策）", "有吗？", None),
        (ASKED + FIRST_TIME + NOT_SURE, ASKED, FIRST_TIME + NOT_SURE),
        (ASKED + FIRST_TIME + NOT_SURE * 2, ASKED + FIRST_TIME, NOT_SURE * 2),
        ("刚才的问题：有吗？", "有吗？", None),
        ("没有停顿" * 20, "没有停顿" * 8 + "没有停…", None),
        ("", "请选一个", None),
    ],
    ids=["stake", "explained", "explained at length", "asked again", "no pause", "none"],
)
def test_the_title_is_the_question(text: str, title: str, rest: str | None) -> None:
    card = build_card(asking("是", "否", text=text), "q@1")

    assert card is not None
    assert card["main_title"] == ({"title": title} if rest is None else {"title": title, "desc": rest})


def test_a_mere_more_is_said_so() -> None:
    message = OutboundMessage("结果\n\n电话：12345\n第 1 页，共 4 页。", options("更多"))

    card = build_card(message, "@1")

    assert card is not None
    assert card["main_title"] == {"title": "接着看，就点“更多”"}


@pytest.mark.parametrize(
    ("key", "chosen", "text"),
    [
        ("经开区", (), "经开区"),
        ("submit", ("-", "海淀区", "-"), "海淀区"),
        ("submit", ("-", "-"), ""),
        ("submit", ("1", "3"), "1、3"),
    ],
)
def test_a_click_says_what_was_picked(key: str, chosen: tuple[str, ...], text: str) -> None:
    assert read_choice(key, "region@abc", chosen) == Choice(text, "region")


def test_a_foreign_card_says_nothing() -> None:
    assert read_choice("btn_yes", "task_001", ()) is None


def test_parcels_are_named_after_their_cause_and_go_to_the_member_as_named() -> None:
    reply = Reply((OutboundMessage("好的"), asking("是", "否")), pending="region")

    parcels = pack_reply(reply, TO)

    assert parcels == pack_reply(reply, TO)
    assert len({parcel.id for parcel in parcels}) == 3
    assert {parcel.lane for parcel in parcels} == {"zhangsan"}
    assert all(b'"touser":"ZhangSan"' in parcel.content for parcel in parcels)


def test_equal_words_are_two_requests_and_a_repeated_turn_is_one() -> None:
    reply = Reply((OutboundMessage("好的"), OutboundMessage("好的")))

    one, two = pack_reply(reply, TO)
    other = pack_reply(reply, Addressee("ZhangSan", "m2", 1000002))[0]

    assert len({one.content, two.content, other.content}) == 3


def test_long_texts_are_cut_where_a_reader_pauses() -> None:
    reply = Reply((OutboundMessage("政策。\n" * 600 + "控制\x00字符"),))

    contents = [parcel.content.decode() for parcel in pack_reply(reply, TO)]

    assert len(contents) == 3
    assert "控制字符" in contents[-1]


def test_every_question_of_the_content_makes_a_card_by_the_rules() -> None:
    bundle = shipped_bundle()
    responder, state = ContentResponder(lambda: bundle, "wecom", retention_days=30), State()
    for number in range(70):
        text = "" if number == 0 else "不清楚" if number % 3 else "1"
        response = responder.respond(state, Said(text, datetime(2026, 7, 15, tzinfo=UTC), is_group=False))
        state = response.state
        for message in response.messages:
            assert len(message.text.encode()) <= TEXT_BYTES
            card = build_card(message, make_task_id(response.pending or "", str(number)))
            assert (card is None) == (not message.options)
            assert card is None or list(rules.faults_of_card(card, rules.APP)) == []
