"""Texts and menus of 微信客服: within their bytes whatever the reply, nothing of it lost, and clicks read back."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom.card_parts import Choice
from bot.channels.wecom.kf_pieces import (
    Piece,
    body_of,
    in_one_piece,
    pieces_of,
    read_choice,
    with_more,
    without_question,
)
from bot.channels.wecom.pages import wants_more
from bot.messages import Option, OutboundMessage, Reply

MORE = "后面还有，回复“继续”接着看。"
SIGNS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "So"]), max_size=400)
TEXTS = st.one_of(SIGNS, SIGNS.map(lambda text: text * 9), st.lists(SIGNS, max_size=9).map("\n".join))
LABELS = st.lists(st.text(min_size=1, max_size=60), max_size=12, unique=True)


def reply_of(text: str, labels: tuple[str, ...] = (), pending: str | None = "region") -> Reply:
    options = tuple(Option(str(number), label) for number, label in enumerate(labels))
    return Reply((OutboundMessage(text, options),), pending=pending)


def numbered(*labels: str) -> str:
    return "\n".join(f"{number} {label}" for number, label in enumerate(labels, 1))


@given(TEXTS, LABELS, st.integers(0, 3))
def test_every_message_is_within_the_bytes_even_with_the_word_that_there_is_more(
    text: str, labels: list[str], copies: int
) -> None:
    [message] = reply_of(f"{text}\n{numbered(*labels)}", tuple(labels)).messages
    reply = Reply((message,) * (copies + 1), pending="region")

    for piece in (*pieces_of(reply, MORE), *in_one_piece(reply, MORE)):
        for body in (body_of(piece), body_of(with_more(piece, MORE))):
            check(body)


def check(body: dict[str, object]) -> None:
    match body:
        case {"msgtype": "text", "text": {"content": str(content)}}:
            assert 0 < len(content.encode()) <= 2048
        case {"msgtype": "msgmenu", "msgmenu": {"list": list(listed), **ends}}:
            assert all(len(str(end).encode()) <= 1024 for end in ends.values())
            assert 0 < len(listed) <= 10
            for one in listed:
                assert re.fullmatch(r"[a-zA-Z0-9_]{1,128}", one["click"]["id"])
                assert 0 < len(one["click"]["content"].encode()) <= 128
        case _:
            pytest.fail(str(body))


@given(TEXTS, LABELS)
def test_nothing_of_the_text_is_lost(text: str, labels: list[str]) -> None:
    whole = f"{text}\n{numbered(*labels)}"

    pieces = pieces_of(reply_of(whole, tuple(labels)), MORE)

    said = "".join(piece.text + "".join(one.content for one in piece.entries) + piece.tail for piece in pieces)
    if all(len(f"{n} {label}".encode()) <= 128 for n, label in enumerate(labels, 1)):
        assert squeezed(whole) == squeezed(said) or squeezed(whole) in squeezed(said)


def squeezed(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() and not sign.isspace())


def test_the_numbered_options_become_the_entries() -> None:
    [piece] = pieces_of(reply_of("注册在哪里？\n1 经开区\n2 通州区\n也可以直接说。", ("经开区", "通州区")), MORE)

    assert (piece.text, piece.tail) == ("注册在哪里？", "也可以直接说。")
    assert [(one.id, one.content) for one in piece.entries] == [("o1n_region", "1 经开区"), ("o2n_region", "2 通州区")]


def test_options_in_one_line_become_the_entries_too() -> None:
    [piece] = pieces_of(reply_of("有吗？\n1 有　2 没有", ("有", "没有")), MORE)

    assert piece.text == "有吗？"
    assert [one.content for one in piece.entries] == ["1 有", "2 没有"]


def test_an_option_without_a_number_is_offered_by_its_name() -> None:
    [piece] = pieces_of(reply_of("第 1 页，共 3 页。", ("更多",), None), MORE)

    assert piece.text == "第 1 页，共 3 页。"
    assert [(one.id, one.content) for one in piece.entries] == [("o1_", "更多")]


def test_of_more_than_ten_options_the_others_stand_behind_the_menu() -> None:
    labels = tuple(f"第{number}区" for number in range(12))

    [piece] = pieces_of(reply_of(f"哪个区？\n{numbered(*labels)}\n说不清就说不清楚。", labels), MORE)

    assert piece.text == "哪个区？"
    assert [one.content for one in piece.entries] == [f"{n + 1} 第{n}区" for n in range(10)]
    assert piece.tail == "11 第10区\n12 第11区\n说不清就说不清楚。"


def test_more_than_ten_options_that_the_text_does_not_list_make_no_menu() -> None:
    labels = tuple(f"第{number}区" for number in range(12))

    [piece] = pieces_of(reply_of("刚才的问题：哪个区？\n回复“选项”再看一遍 12 个选项。", labels), MORE)

    assert not piece.entries


def test_a_long_text_goes_ahead_of_its_menu() -> None:
    text = "\n\n".join(["长" * 300] * 4) + "\n\n选哪个？\n1 甲\n2 乙"

    *ahead, menu = pieces_of(reply_of(text, ("甲", "乙")), MORE)

    assert "".join(piece.text for piece in ahead).count("长") + menu.text.count("长") == 1200
    assert menu.text.endswith("选哪个？")


def test_short_messages_are_joined_only_where_they_would_be_too_many() -> None:
    four, six = (Reply(tuple(OutboundMessage(f"第{n}条") for n in range(count))) for count in (4, 6))

    assert len(pieces_of(four, MORE)) == 4
    assert [piece.text for piece in pieces_of(six, MORE)] == ["\n\n".join(f"第{n}条" for n in range(6))]


def test_control_signs_are_dropped() -> None:
    [piece] = pieces_of(reply_of("甲\x07乙\x1b"), MORE)

    assert piece.text == "甲乙"


def test_the_question_of_a_reply_that_calls_a_person_is_left_out() -> None:
    reply = reply_of("已经登记。\n\n刚才的问题：哪个区？\n1 甲\n2 乙", ("甲", "乙"))

    assert [one.text for one in without_question(reply).messages] == ["已经登记。"]
    assert without_question(replace(reply, pending=None)) == replace(reply, pending=None)
    assert without_question(Reply(())) == Reply(())


@pytest.mark.parametrize(
    ("menu_id", "content", "clicked"),
    [
        pytest.param("o2n_region", "2 通州区", Choice("通州区", "region"), id="numbered"),
        pytest.param("o2n_years", "2 3 年以内", Choice("3 年以内", "years"), id="label begins with a number"),
        pytest.param("o1_", "更多", Choice("更多", ""), id="no question"),
        pytest.param("o1_years", "3 年以内", Choice("3 年以内", "years"), id="not numbered"),
        pytest.param("o3c_a__b", "3 很长……", Choice("3", "a__b"), id="cut"),
        pytest.param("101", "满意", None, id="another menu"),
        pytest.param("o1n_区", "1 x", None, id="not an id"),
    ],
)
def test_a_click_is_read_back(menu_id: str, content: str, clicked: Choice | None) -> None:
    assert read_choice(menu_id, content) == clicked


def test_a_label_that_is_too_long_is_cut_and_taken_by_its_number() -> None:
    labels = ("很长" * 40, "短")

    [piece] = pieces_of(reply_of(f"选哪个？\n{numbered(*labels)}", labels), MORE)

    assert [len(one.content.encode()) <= 128 for one in piece.entries] == [True, True]
    assert read_choice(piece.entries[0].id, piece.entries[0].content) == Choice("1", "region")
    assert labels[0] in piece.text


@pytest.mark.parametrize("text", ["继续", "继续吧", " 更多。", "下一页", "还有呢", "“继续”", "接着看", "继续发呀"])
def test_the_rest_is_asked_for(text: str) -> None:
    assert wants_more(text)


@pytest.mark.parametrize("text", ["", "更多政策有哪些", "继续申报要什么", "没有了", "下一个问题", "1"])
def test_other_words_are_no_wish_for_the_rest(text: str) -> None:
    assert not wants_more(text)


def test_more_goes_to_the_end_of_a_menu() -> None:
    menu = Piece("问", pieces_of(reply_of("问\n1 甲", ("甲",)), MORE)[0].entries, "提示")

    assert with_more(menu, MORE).tail == f"提示\n\n{MORE}"
