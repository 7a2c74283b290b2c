"""Robot messages of all kinds, as they are documented and as nobody would expect them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.dingtalk.clicks import read_click
from bot.channels.dingtalk.frames import read_frame
from bot.channels.dingtalk.listening import _dump, _load
from bot.channels.dingtalk.payloads import LONGEST_TEXT, Heard, read_heard
from bot.channels.trees import read_object
from bot.errors import RequestError
from bot.messages import Form
from tests.channels.dingtalk.vectors import BODY
from tests.fakes import NOW

Json = dict[str, Any]


def body(**changes: object) -> Json:
    kept = {name: value for name, value in BODY.items() if name not in {"text", "msgtype"}}
    return {**kept, "msgtype": "text", **changes}


def heard(**changes: object) -> Heard:
    found = read_heard(body(**changes))
    assert found is not None
    return found


PICTURE = {"type": "picture", "downloadCode": "x"}
QUOTED = {"content": " 这个呢 ", "isReplyMsg": True, "repliedMsg": {"msgType": "text", "content": {"text": "别的话"}}}


@pytest.mark.parametrize(
    ("changes", "form", "text"),
    [
        ({"text": {"content": "  你好\n"}}, Form.TEXT, "你好"),
        ({"content": "你好"}, Form.TEXT, "你好"),
        ({"content": {"content": "你好"}}, Form.TEXT, "你好"),
        ({"content": '{"content":"你好"}'}, Form.TEXT, "你好"),
        ({"text": {"content": ""}}, Form.TEXT, ""),
        ({"text": QUOTED}, Form.TEXT, "这个呢"),
        ({"msgtype": "richText", "content": {"richText": [{"text": "数据"}, {"text": "入表"}]}}, Form.TEXT, "数据入表"),
        ({"msgtype": "richText", "content": {"richText": [PICTURE, {"text": "这个"}]}}, Form.TEXT, "这个"),
        ({"msgtype": "richText", "content": {"richText": [PICTURE]}}, Form.IMAGE, ""),
        ({"msgtype": "richText", "content": {"richText": "x"}}, Form.TEXT, ""),
        ({"msgtype": "audio", "content": {"recognition": "你好。", "duration": 3}}, Form.TEXT, "你好。"),
        ({"msgtype": "audio", "content": {"duration": 3}}, Form.VOICE, ""),
        ({"msgtype": "audio"}, Form.VOICE, ""),
        ({"msgtype": "picture", "content": {"downloadCode": "x"}}, Form.IMAGE, ""),
        ({"msgtype": "video", "content": {}}, Form.VIDEO, ""),
        ({"msgtype": "file", "content": {"fileName": "a.pdf"}}, Form.FILE, ""),
        ({"msgtype": "interactiveCard"}, Form.OTHER, ""),
        ({"msgtype": ""}, Form.OTHER, ""),
        ({"msgtype": 7}, Form.OTHER, ""),
        ({"msgtype": None, "text": {"content": "你好"}}, Form.TEXT, "你好"),
    ],
    ids=str,
)
def test_each_kind_of_message_is_read(changes: Json, form: Form, text: str) -> None:
    one = heard(**changes)

    assert (one.form, one.text, one.is_cut_off) == (form, text, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"errorCode": "20001"},
        {"code": 20001},
        {"errorMessage": "受调用量超量影响，已经暂停"},
        {"errorCode": "20001", "msgtype": ""},
    ],
    ids=str,
)
def test_a_message_kept_back_because_of_the_quota_says_so(changes: Json) -> None:
    assert heard(**changes).is_cut_off


def test_somebody_without_a_staff_id_is_known_by_the_cipher() -> None:
    outside = {name: value for name, value in BODY.items() if name != "senderStaffId"}
    one = read_heard(outside)

    assert one
    assert (one.chat, one.private) == ("group:cidExample==:$:LWCP_v1:$u", "")


def test_a_group_and_a_single_chat_are_different_conversations() -> None:
    group, single = heard(text={"content": "x"}), heard(text={"content": "x"}, conversationType="1")

    assert (group.chat, group.private) == ("group:cidExample==:0147000001", "single:0147000001")
    assert (single.chat, single.private) == ("single:0147000001", "")


@pytest.mark.parametrize("kind", [2, "2"], ids=repr)
@pytest.mark.parametrize("mentioned", [False, "false"], ids=repr)
def test_a_group_message_without_a_mention_is_ignored(kind: object, mentioned: object) -> None:
    assert read_heard(body(conversationType=kind, isInAtList=mentioned, text={"content": "x"})) is None


@pytest.mark.parametrize("changes", [{"conversationId": ""}, {"conversationId": None, "senderId": "x"}], ids=str)
def test_a_message_from_nowhere_is_refused(changes: Json) -> None:
    with pytest.raises(RequestError, match="conversationId"):
        read_heard(body(**changes))


def test_a_message_without_an_id_gets_one_that_is_the_same_each_time() -> None:
    first, again = heard(msgId=None, text={"content": "x"}), heard(msgId=None, text={"content": "x"})
    other = heard(msgId=None, text={"content": "y"})

    assert first.message_id == again.message_id != other.message_id


def test_times_may_be_texts_or_numbers_and_half_pairs_do_no_harm() -> None:
    one = heard(sessionWebhookExpiredTime="1700005400000", text={"content": "半个\ud83d字"})

    assert one.webhook_until == 1_700_005_400_000
    assert one.text.encode()
    assert len(heard(text={"content": "长" * 50_000}).text) == LONGEST_TEXT


def test_what_is_kept_of_a_message_is_all_of_it() -> None:
    one = heard(text={"content": "你好"})

    assert _load(_dump(one, NOW)) == (one, NOW)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(sorted({*BODY, "content", "errorCode", "outTrackId", "userId", "data", "headers", "type"}))


@given(st.dictionaries(NAMES, VALUES, max_size=12))
def test_whatever_comes_is_read_ignored_or_refused(changes: Json) -> None:
    tree = read_object(json.dumps({**BODY, **changes}))
    assert tree is not None
    for read in (read_heard, read_click, lambda _: read_frame(json.dumps(changes))):
        try:
            found = read(tree)
        except RequestError:
            continue
        assert found is None or str(found).encode()


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_bytes_that_are_no_frame_are_refused(data: bytes | str) -> None:
    with pytest.raises(RequestError):
        read_frame(data)
