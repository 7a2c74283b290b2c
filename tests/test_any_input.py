"""Whatever comes from outside is read, or refused by the one error that its reader names."""

import json
from base64 import b64encode
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from aiohttp.web import HTTPBadRequest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.dingtalk.clicks import read_click
from bot.channels.dingtalk.frames import read_frame
from bot.channels.dingtalk.payloads import read_heard
from bot.channels.web.payloads import parse_chat, parse_report
from bot.channels.wecom import bot_payloads, payloads
from bot.channels.wecom.crypto import CallbackRefused, Cipher, read_encrypted_json, read_encrypted_xml, sign
from bot.channels.wecom.kf_items import read_page
from bot.console.forms import parse_form
from bot.console.tickets import Role, Seal, new_ticket
from bot.dialog.state import State
from bot.errors import RequestError
from bot.messages import Reply
from bot.policy.attributes import Profile
from bot.redis_address import parse_address
from bot.sessions.base import SessionKey, SessionUnreadable
from bot.sessions.codec import decode_reply, decode_state, encode_reply, encode_state, seal
from tests.content_fixture import shipped_bundle

KEY = SessionKey("web", "c1")
NOW = 1_800_000_000
CIPHER = Cipher("token", "a" * 43, "corp", lambda: datetime.fromtimestamp(NOW, UTC))
SEAL = Seal("a password of the console")
GUEST = new_ticket(Role.GUEST, NOW)
WORDS = """
    msgtype text content event eventtype template_card_event from userid chattype chatid msgid stream id
    conversationId senderId senderStaffId conversationType isInAtList richText recognition sessionWebhook
    headers messageId topic type data outTrackId userId cardPrivateData actionIds params value msg_list
    open_kfid external_userid origin send_time menu_id session message_id question profile steps values
    exchanges messages options pending schema types
"""
NAMES = st.sampled_from(WORDS.split())
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | NAMES
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5))
OBJECTS = st.dictionaries(NAMES, JSON, max_size=8)
TAGS = st.sampled_from(["xml", "MsgType", "FromUserName", "Event", "EventKey", "Content", "MsgId", "Encrypt", "a:b"])
XML = st.recursive(
    st.text(max_size=8)
    | st.sampled_from(["<![CDATA[", "]]>", "<", "&#0;", "&lt;", "<!DOCTYPE x [<!ENTITY e 'e'>]>", "&e;"]),
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
)
BYTES = st.binary(max_size=200) | JSON.map(lambda found: json.dumps(found).encode()) | XML.map(str.encode)


@given(BYTES)
@example(b"[" * 100_000)
@example(b"<xml>" * 12_000)
def test_of_any_bytes_comes_a_message_or_a_refusal(body: bytes) -> None:
    for read in (parse_chat, parse_report, read_encrypted_json, read_encrypted_xml, read_frame):
        with suppress(RequestError):
            read(body)
    for read_plain in (payloads.read_callback, bot_payloads.read_callback):
        with suppress(CallbackRefused):
            read_plain(body)


@given(OBJECTS)
def test_of_any_object_comes_a_message_or_a_refusal(body: dict[str, object]) -> None:
    for read in (read_heard, read_click, bot_payloads.read_body):
        with suppress(RequestError):
            read(body)
    assert read_page(body).unread >= 0


@given(st.text(max_size=30), st.text(max_size=12), st.text(max_size=12), st.text(max_size=80))
def test_nothing_opens_that_the_platform_did_not_sign(signature: str, timestamp: str, nonce: str, sent: str) -> None:
    with pytest.raises(CallbackRefused) as refused:
        CIPHER.open(signature, timestamp, nonce, sent)

    assert refused.value.why == "signature"


@given(st.binary(max_size=200) | st.integers(0, 6).flatmap(lambda n: st.binary(min_size=32 * n, max_size=32 * n)))
def test_what_is_signed_but_no_ciphertext_is_refused(content: bytes) -> None:
    encrypted = b64encode(content).decode()

    with suppress(CallbackRefused):
        CIPHER.open(sign("token", str(NOW), "n", encrypted), str(NOW), "n", encrypted)


@given(st.binary(max_size=120))
def test_what_the_platform_seals_is_opened_as_it_was(text: bytes) -> None:
    sealed = CIPHER.seal(text, NOW, "n")

    assert CIPHER.open(sealed.signature, str(NOW), "n", sealed.encrypt) == text


@given(BYTES | JSON.map(lambda found: seal(found, 0)) | OBJECTS.map(lambda found: seal(found, 0)))
def test_of_any_stored_bytes_comes_a_conversation_or_that_it_is_unreadable(raw: bytes) -> None:
    attributes = shipped_bundle().guide.knowledge.attributes
    with suppress(SessionUnreadable):
        decode_state(KEY, raw, attributes)
    with suppress(SessionUnreadable):
        decode_reply(KEY, raw)


@given(st.sampled_from([encode_state(State(profile=Profile())), encode_reply(Reply(()))]), NAMES, JSON)
def test_a_stored_conversation_with_another_value_in_it_is_read_or_unreadable(
    raw: bytes, name: str, value: object
) -> None:
    content = {**json.loads(raw.split(b" ", 2)[2]), name: value}
    with suppress(SessionUnreadable):
        decode_state(KEY, seal(content, 0), {})
    with suppress(SessionUnreadable):
        decode_reply(KEY, seal(content, 0))


COOKIES = st.lists(
    st.sampled_from(["g", "m", "k", ".", "x" * 22, "1800000000", "-", "\u0661", "=", "%2e"]) | st.text(max_size=4),
    max_size=12,
).map("".join)


@given(COOKIES, st.text("0123456789abcdefABC_-", min_size=43, max_size=43))
@example("m." + "x" * 22 + ".1800000000.1800000000", "x" * 43)
def test_no_cookie_is_a_ticket_of_the_console_that_was_not_signed(cookie: str, signature: str) -> None:
    assert SEAL.read(cookie) is None
    assert SEAL.read(f"{cookie}.{signature}") is None
    assert not SEAL.is_token_of(GUEST, cookie)


@given(BYTES | COOKIES.map(lambda text: text.encode("utf-8", "replace")))
@example(b"token=%ff%fe&password=%00&=&&a")
def test_of_any_bytes_comes_a_form_of_the_console_or_a_refusal(body: bytes) -> None:
    with suppress(HTTPBadRequest):
        assert all(isinstance(value, str) for value in parse_form(body).values())


PARTS = st.sampled_from(
    ["redis", "rediss", "redis+sentinel", "://", "/", ":", "@", "[", "]", "::1", ",", "?wait=", "h"]
)


@given((st.lists(PARTS | st.text(max_size=3), max_size=10).map("".join)) | PARTS.map("redis://".__add__))
def test_an_address_is_read_or_refused_without_its_password(address: str) -> None:
    planted = f"redis://user:planted@{address}"
    for one in (address, planted):
        assert "planted" not in refusal_of(one)


def refusal_of(address: str) -> str:
    try:
        parse_address(address)
    except ValueError as error:
        return str(error)
    return ""
