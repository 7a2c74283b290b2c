"""`policybot outbox`: what an operator sees of what waits to be sent, and what he can do about it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.sessions.base import Parcel, StoredParcel
from bot.sessions.sqlite import SqliteStore
from tests.commands import run


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store in which one parcel is dead, one was tried, and one is new."""
    path = tmp_path / "store.sqlite3"
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{path}")
    asyncio.run(_fill(path))
    return path


async def _fill(path: Path) -> None:
    store = SqliteStore(path, keep_days=30)
    await store.open()
    names = ("m1:0", "m2:0", "m3:0")
    await store.outbox.post([Parcel(name, "wecom", f"user{name[1]}", "您可以申领".encode()) for name in names])
    await store.outbox.bury("m1:0", "60111")
    await store.outbox.put_off("m2:0", 30.0, "60020")
    await store.close()


async def _waiting(path: Path) -> Sequence[StoredParcel]:
    store = SqliteStore(path, keep_days=30)
    await store.open()
    try:
        return await store.outbox.waiting()
    finally:
        await store.close()


@pytest.mark.usefixtures("path")
def test_what_was_given_up_stands_first_with_its_reason_and_nothing_of_what_it_says() -> None:
    done = run("outbox")

    assert done.lines[0] == "发不出去、已经停下的 1 条："
    assert "m1:0" in done.lines[1]
    assert "给 user1　试过 1 次，原因 60111" in done.lines[1]
    assert done.lines[3] == "等着发的 2 条，服务开着时自动发："
    assert "原因 60020" in done.lines[4]
    assert "还没试过" in done.lines[5]
    assert "申领" not in done.out


@pytest.mark.parametrize("which", ["m1:0", "all"])
def test_what_was_given_up_is_sent_after_all(path: Path, which: str) -> None:
    assert run("outbox", "retry", which).lines == ["m1:0 会再发一次。"]

    assert not any(one.is_dead for one in asyncio.run(_waiting(path)))


@pytest.mark.parametrize("which", ["m1:0", "all"])
def test_what_nobody_wants_is_dropped(path: Path, which: str) -> None:
    assert run("outbox", "drop", which).lines == ["m1:0 已经删掉，不会再发。"]

    assert [one.parcel.id for one in asyncio.run(_waiting(path))] == ["m2:0", "m3:0"]


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("verb", ["retry", "drop"])
def test_a_number_that_is_not_there_is_told(verb: str) -> None:
    done = run("outbox", verb, "m9:0")

    assert (done.status, done.out) == (1, "")
    assert "没有编号 m9:0" in done.err


def test_nothing_to_send_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite3"
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{path}")
    run("chat", "--session", "zhang-san", text="亦庄\n")

    assert run("outbox").lines == ["没有等着发的消息，也没有发不出去的。"]
