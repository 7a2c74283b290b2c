"""What sync_msg brings is read into one type each; what is damaged is counted and passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom.kf_items import (
    AgentSpoke,
    Change,
    Entered,
    Item,
    Recalled,
    SendFailed,
    SessionChanged,
    Spoke,
    read_page,
)
from bot.messages import Form

AT = 1_790_000_000
HEAD = {"msgid": "m1", "open_kfid": "wk1", "external_userid": "wm1", "send_time": AT}
WHO = ("m1", "wm1", AT)


def said(kind: str, content: dict[str, object], origin: int = 3) -> dict[str, object]:
    return {**HEAD, "origin": origin, "msgtype": kind, kind: content}


def event(kind: str, **more: object) -> dict[str, object]:
    told = {"event_type": kind, "open_kfid": "wk1", "external_userid": "wm1", **more}
    return {"msgid": "m1", "send_time": AT, "origin": 4, "msgtype": "event", "event": told}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param(said("text", {"content": "你好"}), Spoke(*WHO, "你好"), id="text"),
        pytest.param(
            said("text", {"content": "1 有", "menu_id": "o1n_x"}), Spoke(*WHO, "1 有", menu_id="o1n_x"), id="click"
        ),
        pytest.param(said("voice", {"media_id": "M"}), Spoke(*WHO, "", Form.VOICE), id="voice"),
        pytest.param(said("image", {"media_id": "M"}), Spoke(*WHO, "", Form.IMAGE), id="image"),
        pytest.param(said("video", {"media_id": "M"}), Spoke(*WHO, "", Form.VIDEO), id="video"),
        pytest.param(said("file", {"media_id": "M"}), Spoke(*WHO, "", Form.FILE), id="file"),
        pytest.param(
            said("location", {"name": "某大厦", "address": "北京市通州区", "latitude": 39.9}),
            Spoke(*WHO, "北京市通州区 某大厦", Form.LOCATION),
            id="location",
        ),
        pytest.param(said("link", {"title": "标题", "url": "u"}), Spoke(*WHO, "标题", Form.LINK), id="link"),
        pytest.param(said("business_card", {"userid": "u"}), Spoke(*WHO, "", Form.OTHER), id="card"),
        pytest.param(said("miniprogram", {"title": "t"}), Spoke(*WHO, "", Form.OTHER), id="mini program"),
        pytest.param(said("merged_msg", {}), Spoke(*WHO, "", Form.OTHER), id="forwarded"),
        pytest.param(said("text", {"content": "我来"}, 5), AgentSpoke(*WHO), id="agent"),
        pytest.param(event("enter_session", welcome_code="C"), Entered(*WHO, "C"), id="enter with code"),
        pytest.param(event("enter_session"), Entered(*WHO), id="enter"),
        pytest.param(
            event("session_status_change", change_type=3, msg_code="C"),
            SessionChanged(*WHO, Change.ENDED, "C"),
            id="ended",
        ),
        pytest.param(event("msg_send_fail", fail_msgid="x", fail_type=6), SendFailed(*WHO, 6), id="fail"),
        pytest.param(event("user_recall_msg", recall_msgid="x"), Recalled(*WHO, "x"), id="recall"),
    ],
)
def test_each_item_is_read(item: dict[str, object], expected: Item) -> None:
    page = read_page({"msg_list": [item], "next_cursor": "c", "has_more": 1})

    assert (page.items, page.cursor, page.has_more, page.unread) == ((expected,), "c", True, 0)


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(event("session_status_change", change_type=9), id="unknown change"),
        pytest.param(event("something_new"), id="unknown event"),
        pytest.param({**event("servicer_status_change"), "event": {"event_type": "servicer_status_change"}}, id="duty"),
        pytest.param(said("text", {"content": "x"}, 4), id="platform"),
    ],
)
def test_what_asks_for_nothing_is_left_out(item: dict[str, object]) -> None:
    page = read_page({"msg_list": [item]})

    assert (page.items, page.unread) == ((), 0)


@pytest.mark.parametrize(
    "item",
    [
        pytest.param({}, id="empty"),
        pytest.param("text", id="no object"),
        pytest.param({**said("text", {"content": "x"}), "msgid": [5]}, id="id is a list"),
        pytest.param({**said("text", {"content": "x"}), "external_userid": None}, id="nobody"),
        pytest.param({**said("text", {"content": "x"}), "send_time": 10**30}, id="no time"),
        pytest.param({**event("x"), "event": "text"}, id="event is a text"),
    ],
)
def test_what_is_damaged_is_counted(item: object) -> None:
    page = read_page({"msg_list": [item, said("text", {"content": "你好"})]})

    assert (page.items, page.unread) == ((Spoke(*WHO, "你好"),), 1)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*HEAD, "msgtype", "event"]), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["msg_list", "next_cursor", "has_more"]), ANYTHING))
def test_no_answer_is_a_surprise(answer: dict[str, object]) -> None:
    page = read_page(answer)

    assert page.unread >= 0
