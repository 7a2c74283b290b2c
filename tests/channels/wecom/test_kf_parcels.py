"""Errands of 微信客服 as parcels: written and read back, each with an id of its own that a repetition has too."""

import pytest

from bot.channels.wecom.kf_parcels import (
    Customer,
    Errand,
    Forget,
    Greeting,
    HandOver,
    Keep,
    Message,
    OnEvent,
    Resume,
    UnreadableParcel,
    message_id_of,
    messages_of,
    parcel_of,
    parcels_of,
    read_parcel,
)
from bot.channels.wecom.kf_pieces import Entry, Piece

CUSTOMER = Customer("wk1", "wm1")
MENU = Piece("问", (Entry("o1n_region", "1 甲"), Entry("o2n_region", "2 乙")), "提示")


@pytest.mark.parametrize(
    "errand",
    [
        pytest.param(Message(Piece("你好")), id="text"),
        pytest.param(Message(MENU, 1, 2, is_extra=True), id="menu"),
        pytest.param(Greeting(Message(MENU), "CODE", 1_790_000_020.5), id="greeting"),
        pytest.param(OnEvent("请稍等", "CODE", 1_790_000_020.0), id="on event"),
        pytest.param(HandOver("1234-5678"), id="hand over"),
        pytest.param(Keep("说过"), id="keep"),
        pytest.param(Resume(), id="resume"),
        pytest.param(Forget(), id="forget"),
    ],
)
def test_an_errand_is_read_back_as_it_was_written(errand: Errand) -> None:
    parcel = parcel_of("m1", 0, CUSTOMER, errand)

    assert read_parcel(parcel.content) == (CUSTOMER, errand)
    assert (parcel.door, parcel.lane) == ("wecom_kf", "wk1:wm1")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"{}", id="empty"),
        pytest.param(b'{"account":"a","customer":"b","do":"fly"}', id="another errand"),
        pytest.param(b"\xff", id="no text"),
    ],
)
def test_what_this_version_did_not_write_is_said_to_be_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableParcel):
        read_parcel(content)


def test_ids_are_the_same_for_the_same_cause_and_of_no_other() -> None:
    errands = messages_of([Piece("甲"), Piece("乙")])

    once, again = (parcels_of("m1", CUSTOMER, errands) for _ in range(2))
    others = parcels_of("m2", CUSTOMER, errands) + parcels_of("m1", Customer("wk1", "wm2"), errands)

    assert once == again
    ids = [message_id_of(parcel.id) for parcel in (*once, *others)]
    assert len(set(ids)) == 6
    assert all(len(one) == 32 and one.isalnum() for one in ids)


def test_messages_know_their_place_in_the_reply() -> None:
    assert [(one.index, one.left) for one in messages_of([Piece("甲"), Piece("乙"), Piece("丙")])] == [
        (0, 2),
        (1, 1),
        (2, 0),
    ]
