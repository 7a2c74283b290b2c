"""What WeCom tells of its AI bot, read; the vectors of the platform among it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wecom.bot_payloads import (
    Asked,
    Clicked,
    Entered,
    Place,
    Polled,
    Rated,
    Replaced,
    Unknown,
    read_body,
    read_callback,
    strip_mention,
)
from bot.channels.wecom.crypto import CallbackRefused, read_encrypted_json
from bot.messages import Form
from tests.channels.wecom.vectors import WECOM, bot_cipher, open_vector

URL = "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code="
ZHANG, IN_GROUP = Place("zhangsan"), Place("zhangsan", "wrCHAT1")
READ = {
    "group_text": Asked(IN_GROUP, "CAIQ001", "几点开门", Form.TEXT, f"{URL}RC1"),
    "single_voice": Asked(ZHANG, "CAIQ002", "几点开门", Form.TEXT, f"{URL}RC2"),
    "stream_refresh": Polled(IN_GROUP, "STREAM1"),
    "event_enter_chat": Entered(ZHANG, "CAIQ004"),
    "event_card": Clicked(IN_GROUP, "CAIQ005", "task_001", "btn_yes", ("a",), f"{URL}RC5"),
}


def message(kind: str, content: Any, *, group: str = "", **more: Any) -> dict[str, Any]:
    place = {"chatid": group, "chattype": "group"} if group else {"chattype": "single"}
    return {"msgid": "m1", "from": {"userid": "zhangsan"}, "msgtype": kind, kind: content, **place, **more}


def event(kind: str, content: Any = None) -> dict[str, Any]:
    told = {"eventtype": kind} | ({} if content is None else {kind: content})
    return {"msgid": "m1", "from": {"userid": "zhangsan"}, "msgtype": "event", "event": told}


def asked(body: dict[str, Any]) -> Asked:
    read = read_body(body)
    assert isinstance(read, Asked)
    return read


@pytest.mark.parametrize("name", READ)
def test_vector_is_read(name: str) -> None:
    vector = WECOM["aibot"][name]

    plain = open_vector(bot_cipher(), vector["query"], read_encrypted_json(vector["post_body"].encode()))

    assert plain == vector["plaintext"]
    assert read_callback(plain.encode()) == READ[name]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@小助手 几点开门", "几点开门"),
        ("@小助手\u2005几点开门", "几点开门"),
        ("  @小助手   @小助手 能领什么", "能领什么"),
        ("@小助手", ""),
        ("请问 @小助手 能领什么", "请问 能领什么"),
        ("能领什么 @小助手", "能领什么"),
        ("@小助手 发到 a@b.cn 行吗", "发到 a@b.cn 行吗"),
        ("问 @小助手 和 @李四 都行", "问 @小助手 和 @李四 都行"),
        ("没有提到", "没有提到"),
    ],
)
def test_mention_of_the_bot_is_left_out(text: str, rest: str) -> None:
    assert strip_mention(text) == rest


def test_mention_in_a_single_chat_is_part_of_the_text() -> None:
    assert asked(message("text", {"content": "@小助手 你好"})).text == "@小助手 你好"


@pytest.mark.parametrize("kind", ["image", "file", "video"])
def test_what_has_no_words_is_told_by_its_form(kind: str) -> None:
    read = asked(message(kind, {"url": "https://example.com/1"}))

    assert (read.text, read.form) == ("", Form(kind))


def test_voice_without_a_transcript_is_a_voice() -> None:
    assert asked(message("voice", {"content": " "})).form is Form.VOICE


def test_words_of_a_mixed_message_are_its_text() -> None:
    items = [
        {"msgtype": "text", "text": {"content": "@小助手 这个能领吗"}},
        {"msgtype": "image", "image": {"url": "https://example.com/1"}},
        {"msgtype": "text", "text": {"content": "我们在通州"}},
    ]

    assert asked(message("mixed", {"msg_item": items}, group="g1")).text == "这个能领吗\n我们在通州"


def test_mixed_message_of_pictures_only_is_a_picture() -> None:
    read = asked(message("mixed", {"msg_item": [{"msgtype": "image", "image": {"url": "u"}}]}))

    assert (read.text, read.form) == ("", Form.IMAGE)


def test_picture_with_a_mere_mention_is_a_picture() -> None:
    items = [
        {"msgtype": "text", "text": {"content": "@小助手"}},
        {"msgtype": "image", "image": {"url": "https://example.com/1"}},
    ]

    assert asked(message("mixed", {"msg_item": items}, group="g1")).form is Form.IMAGE


def test_quote_speaks_where_nothing_else_is_said() -> None:
    quote = {"msgtype": "text", "text": {"content": "数据资产入表能补多少"}}

    assert asked(message("text", {"content": "@小助手"}, group="g1", quote=quote)).text == "数据资产入表能补多少"
    assert asked(message("text", {"content": "@小助手 在通州"}, group="g1", quote=quote)).text == "在通州"


def test_kind_of_message_that_is_new_is_answered_as_something_that_cannot_be_read() -> None:
    assert asked(message("hologram", {})).form is Form.OTHER


def test_encrypted_user_id_is_taken_as_it_is() -> None:
    body = message("text", {"content": "你好"}, group="wrG") | {"from": {"userid": "woAJ2GCAAAXtWyujaWJHDDGi0mACH71w"}}

    assert read_body(body) == Asked(Place("woAJ2GCAAAXtWyujaWJHDDGi0mACH71w", "wrG"), "m1", "你好")
    assert Place("woAJ", "wrG").conversation == "group:wrG:woAJ"


@pytest.mark.parametrize(
    "click",
    [
        {
            "card_type": "vote_interaction",
            "event_key": "k",
            "task_id": "t",
            "selected_items": {"selected_item": [{"question_key": "q", "option_ids": {"option_id": ["a", "b"]}}]},
        },
        {
            "cardtype": "vote_interaction",
            "eventkey": "k",
            "taskid": "t",
            "selecteditems": {"selecteditem": [{"questionkey": "q", "optionids": {"optionid": ["a", "b"]}}]},
        },
        {
            "event_key": "k",
            "task_id": "t",
            "selected_items": [
                {"question_key": "q", "option_ids": ["a"]},
                {"question_key": "r", "option_ids": {"option_id": "b"}},
            ],
        },
    ],
    ids=["samples", "table", "plain lists"],
)
def test_click_is_read_in_each_spelling(click: dict[str, Any]) -> None:
    assert read_body(event("template_card_event", click)) == Clicked(ZHANG, "m1", "t", "k", ("a", "b"))


@pytest.mark.parametrize(
    ("number", "rating"), [(1, "good"), (2, "bad"), (3, "withdrawn"), (9, "other"), ("1", "other")]
)
def test_feedback_is_read_without_its_words(number: object, rating: str) -> None:
    assert read_body(event("feedback_event", {"id": "f", "type": number, "content": "不好"})) == Rated(rating)


def test_other_events_are_known_by_name() -> None:
    assert read_body(event("disconnected_event")) == Replaced()
    assert read_body(event("moon_landing")) == Unknown("moon_landing")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b'"text"',
        b"[" * 100_000,
        json.dumps(message("text", {"content": "x"}) | {"from": {}}).encode(),
        json.dumps(message("text", {"content": "x"}) | {"from": "zhangsan"}).encode(),
        json.dumps(message("text", {"content": "x"}) | {"msgid": ""}).encode(),
        json.dumps(message("text", {"content": "x"}) | {"msgid": "a\nb"}).encode(),
        json.dumps(message("text", {"content": "x"}) | {"chattype": "group"}).encode(),
        json.dumps(message("text", {"content": "x"}) | {"from": {"userid": "x" * 600}}).encode(),
    ],
    ids=["empty", "list", "no utf-8", "text", "deep", "nobody", "no object", "no id", "odd id", "no group", "long id"],
)
def test_what_is_no_callback_is_refused(body: bytes) -> None:
    with pytest.raises(CallbackRefused):
        read_callback(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["msgid", "chatid", "chattype", "from", "msgtype", "text", "mixed", "quote", "event", "stream", "voice"]
KINDS = st.sampled_from(["text", "mixed", "voice", "image", "event", "stream"])


@settings(max_examples=60)
@given(st.fixed_dictionaries({"msgtype": KINDS}, optional={name: JSON for name in NAMES if name != "msgtype"}))
def test_nothing_but_a_refusal_comes_of_any_json(body: dict[str, Any]) -> None:
    try:
        read_body(body)
    except CallbackRefused:
        return


@settings(max_examples=60)
@given(st.sampled_from(["template_card_event", "feedback_event", "enter_chat"]), JSON)
def test_nothing_but_a_refusal_comes_of_any_event(kind: str, content: Any) -> None:
    try:
        read_body(event(kind, content))
    except CallbackRefused:
        return
