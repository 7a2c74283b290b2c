"""The cards of the AI bot: within the platform's limits whatever the question is, and read again as they were meant."""

from collections.abc import Mapping
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wecom.bot_cards import (
    NOT_YOURS,
    NOTHING_CHOSEN,
    answered_card,
    ask_card,
    judge_click,
    read_choice,
    with_text,
)
from bot.channels.wecom.bot_payloads import Clicked, Place
from bot.channels.wecom.card_parts import Card, Choice
from bot.messages import Option, OutboundMessage, Reply
from tests.simulators.wecom import cards

ZHANG = Place("zhangsan", "g1")
SIGNS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", label) for number, label in enumerate(labels))


def card_of(message: OutboundMessage, question: str = "region") -> Mapping[str, Any]:
    card = ask_card(message, question, ZHANG, "name")
    assert card is not None
    return cast("Mapping[str, Any]", card)


def faults(card: Card) -> list[str]:
    return [fault.sentence for fault in cards.faults_of_card(dict(card), cards.BOT, is_updating=False)]


def click(card: Mapping[str, Any], key: str, *selected: str, place: Place = ZHANG) -> Clicked:
    return Clicked(place, "m2", str(card["task_id"]), key, selected)


def test_each_button_says_its_option_in_full_and_the_question() -> None:
    card = card_of(OutboundMessage("最高是哪一级？\n1 都没有", options("都没有", "国家级专精特新“小巨人”企业")))

    buttons = card["button_list"]

    assert [one["text"] for one in buttons] == ["都没有", "2 国家级专精特新…"]
    assert card["main_title"]["title"] == "最高是哪一级？"
    assert read_choice(click(card, buttons[1]["key"])) == Choice("国家级专精特新“小巨人”企业", "region")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("好的。\n\n刚才的问题：最高是哪一级？（这一问关系到 2 项政策）\n1 甲", "最高是哪一级？"),
        ("在哪个区？看营业执照上的住所，不看办公地点，也不看税务登记。\n1 甲", "在哪个区？"),
        ("这一句长得放不进标题里面去，因为它一直说一直说，停不下来\n1 甲", "点选一个，打字回复请先 @我"),
        ("接着看？", "接着看？"),
    ],
    ids=["asked again", "begins with the question", "too long", "no list"],
)
def test_title_of_a_card_is_its_question(text: str, title: str) -> None:
    assert card_of(OutboundMessage(text, options("甲")))["main_title"]["title"] == title


def test_card_says_that_the_bot_hears_in_a_group_what_mentions_it() -> None:
    message = OutboundMessage("有吗？", options("有"))
    alone = ask_card(message, "q", Place("zhangsan"), "name")

    assert card_of(message)["main_title"]["desc"] == "点选一个，打字回复请先 @我"
    assert cast("Mapping[str, Any]", alone)["main_title"]["desc"] == "点选一个，也可以直接打字回复"


def test_many_options_stand_in_lists_of_which_each_may_be_left_out() -> None:
    labels = [f"第{number}区" for number in range(1, 20)]

    card = card_of(OutboundMessage("在哪个区？", options(*labels)))

    lists = card["select_list"]
    none = [one["selected_id"] for one in lists]
    assert [len(one["option_list"]) for one in lists] == [8, 8, 6]
    key = card["submit_button"]["key"]
    assert read_choice(click(card, key, none[0], "第9区", none[2])) == Choice("第9区", "region")
    assert read_choice(click(card, key, "第1区", "第9区", none[2])) == Choice("第1区、第9区", "region")
    assert read_choice(click(card, key, *none)) is None


def test_several_are_ticked_on_one_card_and_said_by_their_numbers() -> None:
    card = card_of(OutboundMessage("做过哪些？", options("一", "二", "三"), is_several=True), "")

    assert card["card_type"] == "vote_interaction"
    assert read_choice(click(card, card["submit_button"]["key"], "1", "3")) == Choice("1、3", "")


@pytest.mark.parametrize(
    "labels",
    [[], [f"{number}" for number in range(28)], ["同", "同"], ["同", "同", *"abcdef"], ["很长" * 300]],
    ids=["none", "too many", "twice", "twice in lists", "too long for a button"],
)
def test_options_that_a_card_cannot_hold_stand_in_the_text_only(labels: list[str]) -> None:
    assert ask_card(OutboundMessage("选一个", options(*labels)), "q", ZHANG, "name") is None


@settings(max_examples=60)
@given(st.lists(SIGNS, min_size=1, max_size=30, unique=True), SIGNS, st.booleans())
def test_card_keeps_within_the_limits(labels: list[str], prompt: str, is_several: bool) -> None:  # noqa: FBT001
    listed = "\n".join(f"{number} {label}" for number, label in enumerate(labels, 1))
    message = OutboundMessage(f"{prompt}？\n{listed}", options(*labels), is_several=is_several)

    card = ask_card(message, "region", ZHANG, "name")

    for one in (card, with_text(card, message.text, message.options)):
        assert one is None or faults(one) == []


@settings(max_examples=60)
@given(SIGNS)
def test_closed_cards_keep_within_the_limits(label: str) -> None:
    asked = card_of(OutboundMessage("有吗？", options("有")))
    for card in (
        answered_card(Choice(label, "q"), "t1", Reply(()), "回复“继续”看下一步"),
        answered_card(Choice(label, "q"), "t1", Reply((), is_outdated=True)),
        judge_click(click(asked, "")),
        judge_click(click(asked, "", place=Place("lisi"))),
    ):
        assert not isinstance(card, Choice)
        assert card is not None
        assert faults(card) == []
        assert judge_click(Clicked(ZHANG, "m", "t1", cast("Any", card)["button_list"][0]["key"])) is None


@pytest.mark.parametrize(
    ("lead", "title", "beneath"),
    [
        ("记下了：通州区。\n\n有吗？", "记下了：通州区。", "有吗？"),
        ("有吗？", "有吗？", None),
        (
            "有没有办过数据资产登记？没登记过或第一次办，都算作首次。",
            "有没有办过数据资产登记？",
            "没登记过或第一次办，都算作首次。",
        ),
        (
            "记下了：一个很长的名目，长得标题里放不下，有这么多字：是。\n\n有吗？",
            "记下了",
            "一个很长的名目，长得标题里放不下，有这么多字：是。\n\n有吗？",
        ),
        (
            "这一句长得放不进标题里面去，因为它一直说一直说，停不下来",
            "请选一个",
            "这一句长得放不进标题里面去，因为它一直说一直说，停不下来",
        ),
    ],
    ids=["noted and asked", "asked only", "asked and explained", "long note", "no pause"],
)
def test_card_with_all_of_a_short_message_says_it_in_its_order(lead: str, title: str, beneath: str | None) -> None:
    message = OutboundMessage(f"{lead}\n1 有\n2 没有", options("有", "没有"))

    card = with_text(card_of(message), message.text, message.options)

    assert card is not None
    assert cast("Mapping[str, str]", card["main_title"])["title"] == title
    assert card.get("sub_title_text") == beneath


def test_labels_that_buttons_cut_are_shown_in_rows() -> None:
    labels = ["是首次（包括还没登记过）", "不清楚"]  # the button leaves out what stands in the bracket
    message = OutboundMessage("是首次吗？\n1 是首次（包括还没登记过）\n2 不清楚", options(*labels))

    card = with_text(card_of(message), message.text, message.options)

    assert card is not None
    rows = cast("list[Mapping[str, str]]", card["horizontal_content_list"])
    buttons = cast("list[Mapping[str, str]]", card["button_list"])
    assert [(row["keyname"], row["value"]) for row in rows] == [("1", labels[0]), ("2", labels[1])]
    assert [button["text"] for button in buttons] == ["是首次", "不清楚"]


@pytest.mark.parametrize("text", ["长" * 200, "有吗？\n1 甲\n2 " + "乙" * 30 + "\n还有一句"])
def test_message_that_a_card_cannot_hold_is_a_text(text: str) -> None:
    message = OutboundMessage(text, options("甲", "乙" * 30))

    assert with_text(card_of(message), message.text, message.options) is None


def test_question_is_that_of_whom_it_was_put_to() -> None:
    card = card_of(OutboundMessage("有吗？", options("有")))
    key = card["button_list"][0]["key"]

    assert judge_click(click(card, key)) == Choice("有", "region")
    assert NOT_YOURS in str(judge_click(click(card, key, place=Place("lisi", "g1"))))


def test_submitting_nothing_says_so_on_the_card() -> None:
    card = card_of(OutboundMessage("做过哪些？", options("一", "二"), is_several=True))

    assert NOTHING_CHOSEN in str(judge_click(click(card, card["submit_button"]["key"])))


@pytest.mark.parametrize("key", ["", "{}", "[]", "[1]", '["q", 2]', '["q", ""]', "[" * 50_000, '["a","b","c"]'])
def test_foreign_button_says_nothing(key: str) -> None:
    assert read_choice(Clicked(ZHANG, "m", "t", key)) is None
