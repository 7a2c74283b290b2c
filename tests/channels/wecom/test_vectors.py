"""Every vector of WeCom: what is good is read and written to the byte, what is bad is refused in one way."""

from base64 import b64decode
from collections.abc import Mapping
from urllib.parse import parse_qs

import pytest

from bot.channels.wecom.crypto import (
    LARGEST_BODY,
    WINDOW_SECONDS,
    CallbackRefused,
    Cipher,
    read_encrypted_json,
    read_encrypted_xml,
    sign,
)
from bot.channels.wecom.markup import parse_xml, write_cdata
from bot.channels.wecom.passive import write_packet, write_text
from bot.channels.wecom.payloads import Callback, CardClicked, CustomerNotice, Passed, Said, read_callback
from bot.errors import SettingsError
from bot.messages import Form
from tests.channels.wecom.vectors import AT, CONFIG, OFFICIAL, WECOM, app_cipher, bot_cipher, clock_at, open_vector

NEGATIVE = {name: one for name, one in WECOM["negative"].items() if "query" in one}
HOSTILE = WECOM["negative"]["outer_bodies_before_any_signature_check"]["bodies"]
BOT_CALLBACKS = {name: one for name, one in WECOM["aibot"].items() if "post_body" in one}
BIG_NOTHING = b"<xml>" + b"<a>" * 20_000
MEANINGS: Mapping[str, Callback] = {
    "text": Said("zhangsan", "7123456789012345678", Form.TEXT, "请问周六几点开门？😀 A&B <b>"),
    "text_needs_strip": Said("zhangsan", "7123456789012345679", Form.TEXT, "你好"),
    "image": Said("zhangsan", "7123456789012345680", Form.IMAGE, ""),
    "voice": Said("zhangsan", "7123456789012345681", Form.VOICE, ""),
    "location": Said("zhangsan", "7123456789012345682", Form.LOCATION, "位置"),
    "event_subscribe": Passed("subscribe"),
    "event_kf_msg": CustomerNotice("wk0000000001", "ENCtoken001"),
    "text_pad_32": Said("zhangsan", "1", Form.TEXT, "x" * 24),
    "text_pad_1": Said("zhangsan", "1", Form.TEXT, "x" * 23),
    "text_pad_17": Said("zhangsan", "1", Form.TEXT, "x" * 7),
}


@pytest.mark.parametrize("name", WECOM["callbacks"])
def test_a_callback_is_opened(name: str) -> None:
    vector = WECOM["callbacks"][name]
    if "post_body" in vector:
        assert read_encrypted_xml(vector["post_body"].encode()) == vector["encrypt"]

    assert open_vector(app_cipher(), vector["query"], vector["encrypt"]) == vector["plaintext"]


@pytest.mark.parametrize("name", MEANINGS)
def test_a_callback_means(name: str) -> None:
    assert read_callback(WECOM["callbacks"][name]["plaintext"].encode()) == MEANINGS[name]


def test_events_mean_an_opened_chat_words_of_a_menu_and_clicks() -> None:
    entered, clicked, menu, card = (
        read_callback(WECOM["callbacks"][name]["plaintext"].encode())
        for name in ("event_enter_agent", "event_click", "event_template_card_menu", "event_template_card")
    )

    assert isinstance(entered, Said)
    assert (entered.sender, entered.form, entered.text) == ("zhangsan", Form.ENTER, "")
    assert isinstance(clicked, Said)
    assert (clicked.form, clicked.text) == (Form.TEXT, "menu_help")
    assert isinstance(menu, Said)
    assert (menu.form, menu.text) == (Form.TEXT, "mute")
    assert isinstance(card, CardClicked)
    assert (card.key, card.task_id, card.chosen) == ("btn_yes", "task_001", ("a", "b", "c"))
    assert len({one.message_id for one in (entered, clicked, menu, card)}) == 4


@pytest.mark.parametrize("name", NEGATIVE)
def test_what_is_wrong_is_refused(name: str) -> None:
    vector = NEGATIVE[name]

    with pytest.raises(CallbackRefused):
        open_vector(app_cipher(), vector["query"], read_encrypted_xml(vector["post_body"].encode()))


@pytest.mark.parametrize(
    "body", [*HOSTILE, "<xml><Encrypt></Encrypt></xml>", "<xml><Encrypt>a</Encrypt></xml><x/>"], ids=repr
)
def test_a_hostile_body_is_refused_before_any_key_is_used(body: str) -> None:
    with pytest.raises(CallbackRefused):
        read_encrypted_xml(body.encode())


@pytest.mark.parametrize(
    "body",
    [BIG_NOTHING, b"\xff\xfe<xml/>", b"\x00", b"x" * (LARGEST_BODY + 1), b"<xml>" + b"<a/>" * 5000 + b"</xml>"],
    ids=["deep", "no text", "zero", "long", "wide"],
)
def test_what_is_no_text_or_too_much_of_it_is_refused(body: bytes) -> None:
    with pytest.raises(CallbackRefused):
        read_encrypted_xml(body)
    with pytest.raises(CallbackRefused):
        read_encrypted_json(body)


HOSTILE_JSON = (
    *(b"", b"null", b"[]", b'["encrypt"]', b'"encrypt"', b"{}", b'{"encrypt": 1}', b'{"encrypt": ""}'),
    *(b'{"encrypt": []}', b'{"encrypt": {"a": "b"}}', b'{"encrypt": "a", "encrypt": "b"}'),
    *(b"[" * 60_000, b'{"a":' * 10_000),
)


@pytest.mark.parametrize("body", HOSTILE_JSON, ids=[str(number) for number in range(len(HOSTILE_JSON))])
def test_a_hostile_json_body_is_refused(body: bytes) -> None:
    with pytest.raises(CallbackRefused):
        read_encrypted_json(body)


def test_the_official_examples_are_opened() -> None:
    posted, echo = OFFICIAL["wecom_official_doc_callback"], OFFICIAL["wecom_official_sample_doc_echo1"]

    for one, encrypted in ((posted, read_encrypted_xml(posted["post_body"].encode())), (echo, echo["echostr"])):
        cipher = Cipher(one["token"], one["encoding_aes_key"], one["receiveid"], clock_at(int(one["timestamp"])))
        assert open_vector(cipher, one, encrypted) == one["plaintext"]


def test_the_echo_of_a_verification_is_opened_after_one_decoding() -> None:
    vector = WECOM["url_verify"]
    query = {name: values[0] for name, values in parse_qs(vector["query_string"]).items()}

    assert query["echostr"] == vector["echostr_decoded"]
    assert open_vector(app_cipher(), query, query["echostr"]) == vector["expect_body"]


def test_a_passive_answer_is_written_to_the_byte() -> None:
    vector = WECOM["reply"]["text"]

    plain = write_text("zhangsan", CONFIG["corp_id"], 1_700_000_001, "周六 09:00 开门")
    sealed = app_cipher().seal(plain.encode(), int(vector["timestamp"]), vector["nonce"], vector["random16"].encode())

    assert plain == vector["plaintext"]
    assert (sealed.encrypt, sealed.signature) == (vector["encrypt"], vector["msg_signature"])
    assert write_packet(sealed) == vector["packet"]


@pytest.mark.parametrize(
    "content",
    [WECOM["reply"]["cdata_injection"]["content"], "]]>", "]]]]>>", "a\x00b\x1f", "😀\ud800"],
    ids=["vector", "end", "ends", "control", "half"],
)
def test_no_text_gets_out_of_its_element(content: str) -> None:
    read = parse_xml(write_text("zhangsan", "corp", 1, content))

    assert [one.name for one in read.children] == ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"]
    kept = "".join(sign for sign in content if sign.isprintable() or sign == "😀")
    assert read.text_of("Content") == kept


def test_the_fragment_of_the_vector_is_written_safely() -> None:
    vector = WECOM["reply"]["cdata_injection"]

    assert f"<xml>{write_cdata('Content', vector['content'])}</xml>" == vector["safe_fragment"]


@pytest.mark.parametrize("name", BOT_CALLBACKS)
def test_a_callback_of_the_ai_bot_is_opened(name: str) -> None:
    vector = BOT_CALLBACKS[name]

    encrypted = read_encrypted_json(vector["post_body"].encode())

    assert encrypted == vector["encrypt"]
    assert open_vector(bot_cipher(), vector["query"], encrypted) == vector["plaintext"]


def test_an_answer_of_the_ai_bot_is_sealed_to_the_byte() -> None:
    vector = WECOM["aibot"]["reply_stream"]
    packet = vector["packet"]

    sealed = bot_cipher().seal(
        vector["plaintext"].encode(), packet["timestamp"], packet["nonce"], vector["random16"].encode()
    )

    assert {
        "encrypt": sealed.encrypt,
        "msgsignature": sealed.signature,
        "timestamp": sealed.timestamp,
        "nonce": sealed.nonce,
    } == packet


def test_an_encrypted_file_is_opened() -> None:
    vector = WECOM["aibot"]["media_file"]

    assert bot_cipher().open_media(b64decode(vector["ciphertext_base64"])).hex() == vector["plaintext_hex"]
    for wrong in (b"", b"x", b"x" * 31, b"x" * 32):
        with pytest.raises(CallbackRefused):
            bot_cipher().open_media(wrong)


@pytest.mark.parametrize("drift", [0, WINDOW_SECONDS, -WINDOW_SECONDS])
def test_a_clock_may_be_off_by_ten_minutes_either_way(drift: int) -> None:
    vector = WECOM["callbacks"]["text"]

    assert open_vector(app_cipher(AT + drift), vector["query"], vector["encrypt"]) == vector["plaintext"]


@pytest.mark.parametrize("drift", [WINDOW_SECONDS + 1, -WINDOW_SECONDS - 1])
def test_what_is_older_or_newer_than_that_is_refused(drift: int) -> None:
    vector = WECOM["callbacks"]["text"]

    with pytest.raises(CallbackRefused) as refused:
        open_vector(app_cipher(AT + drift), vector["query"], vector["encrypt"])

    assert refused.value.why == "clock"


@pytest.mark.parametrize(
    "timestamp",
    ["", "abc", "1e9", "１７００００００００", "-1", "9" * 400, "\ud800"],
    ids=["none", "word", "float", "wide", "minus", "long", "half"],
)
def test_a_time_that_is_none_is_refused_though_it_is_signed(timestamp: str) -> None:
    encrypted = WECOM["callbacks"]["text"]["encrypt"]

    with pytest.raises(CallbackRefused):
        app_cipher().open(sign(CONFIG["token"], timestamp, "n", encrypted), timestamp, "n", encrypted)


@pytest.mark.parametrize("signature", ["", "é", "\ud800", "0" * 10_000], ids=["none", "accent", "half", "long"])
def test_a_signature_of_any_shape_is_compared(signature: str) -> None:
    with pytest.raises(CallbackRefused):
        app_cipher().open(signature, "1700000000", "n", "x")


def test_what_is_sealed_is_opened_again_whatever_its_length() -> None:
    for length in range(70):
        text = "政" * length
        sealed = app_cipher().seal(text.encode(), AT, "n")
        opened = app_cipher().open(sealed.signature, str(AT), "n", sealed.encrypt)
        assert opened.decode() == text


def test_another_key_opens_nothing() -> None:
    sealed = app_cipher().seal(b"<xml/>", AT, "n")
    other = Cipher(CONFIG["token"], "A" * 43, CONFIG["corp_id"], clock_at(AT))

    with pytest.raises(CallbackRefused):
        other.open(sealed.signature, str(AT), "n", sealed.encrypt)


@pytest.mark.parametrize("key", ["", "short", "a" * 42, "a" * 44, "a" * 42 + "=", "政" * 43])
def test_a_key_of_another_shape_is_a_mistake_in_the_settings(key: str) -> None:
    with pytest.raises(SettingsError, match="43"):
        Cipher("token", key, "corp")


def test_a_refusal_tells_nothing() -> None:
    with pytest.raises(CallbackRefused) as refused:
        app_cipher().open("wrong", "1700000000", "n", "x")

    assert str(refused.value) == "请求无效。"
    assert refused.value.why == "signature"
