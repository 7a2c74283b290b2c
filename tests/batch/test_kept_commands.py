"""`policybot handoffs` and `policybot purge`: what staff read, and what is gone after it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands import run

TALK = "亦庄，小巨人\n数据券怎么补\n转人工\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a store with a conversation that was handed over, and one that was not."""
    path = tmp_path / "store.sqlite3"
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{path}")
    for name, text in (("zhang-san-13800138000", TALK), ("li-si", "我们在通州\n")):
        done = run("chat", "--session", name, text=text)
        assert done.status == 0, done.err
    return path


def number_in(out: str) -> str:
    found = re.search(r"\d{4}-\d{4}", out)
    assert found is not None, out
    return found[0]


def age(path: Path, days: int) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE sessions SET touched = touched - ?", (days * 86_400,))


def bytes_on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("words", [(), ("list",)], ids=["bare", "list"])
def test_who_waits_is_listed_with_what_it_is_about(words: tuple[str, ...]) -> None:
    done = run("handoffs", *words)

    assert "有 1 份在等" in done.lines[0]
    for said in ("终端", "数据券", "记下 2 项情况"):
        assert said in done.lines[1]
    assert "policybot handoffs show" in done.lines[-1]


@pytest.mark.usefixtures("store")
def test_one_is_shown_with_all_that_is_needed_to_go_on() -> None:
    done = run("handoffs", "show", number_in(run("handoffs").out).replace("-", ""))

    for said in (
        "正在说：数据券",
        "该找：经开区营商环境局",
        "· 注册地：经开区",
        "· 专精特新梯度：国家级专精特新“小巨人”",
        "正在问：首次数据资产登记",
        "用户：数据券怎么补",
        "小助手：【数据券",
        "30 天",
    ):
        assert said in done.out


@pytest.mark.usefixtures("store")
def test_nothing_tells_who_it_was_where_nobody_can_be_written_to() -> None:
    out = run("handoffs").out + run("handoffs", "show", number_in(run("handoffs").out)).out

    assert "zhang-san" not in out
    assert "13800138000" not in out
    assert "等用户来报记录号" in out


def test_where_the_user_can_be_written_to_the_account_is_shown(store: Path) -> None:
    number = number_in(run("handoffs").out)
    with closing(sqlite3.connect(store)) as other, other:
        other.execute(
            "UPDATE sessions SET channel = 'wecom_group', conversation = 'zhangsan' WHERE conversation LIKE 'zhang%'"
        )

    out = run("handoffs", "show", number).out

    assert "来自企业微信群聊" in out
    assert "企业微信账号 zhangsan" in out


def test_a_customer_of_customer_service_is_named_by_both_ids(store: Path) -> None:
    number = number_in(run("handoffs").out)
    with closing(sqlite3.connect(store)) as other, other:
        other.execute(
            "UPDATE sessions SET channel = 'wecom_kf', conversation = 'wk1:wm1' WHERE conversation LIKE 'zhang%'"
        )

    out = run("handoffs").out + run("handoffs", "show", number).out

    assert "来自微信客服" in out
    assert "客服账号 wk1，客户 wm1" in out


def test_what_is_done_is_gone_from_the_file(store: Path) -> None:
    number = number_in(run("handoffs").out)

    done = run("handoffs", "done", number)

    assert done.out == f"记录 {number} 办完，已经删除。\n"
    assert run("handoffs").out == "现在没有等着转人工的。\n"
    with closing(sqlite3.connect(store)) as other:
        assert other.execute("SELECT count(*) FROM sessions WHERE state IS NOT NULL").fetchone() == (2,)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("verb", ["show", "done"])
def test_a_number_that_is_none_is_said_so(verb: str) -> None:
    done = run("handoffs", verb, "9999-9999")

    assert done.status == 1
    assert "没有记录 9999-9999" in done.err


def test_a_record_that_cannot_be_read_is_listed_and_can_be_closed(store: Path) -> None:
    number = number_in(run("handoffs").out)
    with closing(sqlite3.connect(store)) as other, other:
        other.execute("UPDATE hand_offs SET content = x'00'")

    assert "读不出来" in run("handoffs").out
    assert "读不出来" in run("handoffs", "show", number).out
    assert run("handoffs", "done", number).status == 0


def test_purging_removes_what_is_past_its_days_and_says_how_much(store: Path) -> None:
    age(store, 31)

    done = run("purge")

    assert done.out == "超过 30 天没有说话的对话，删掉了 2 段。\n"
    assert "数据券".encode() not in bytes_on_disk(store)
    assert b"little_giant" not in bytes_on_disk(store)
    assert run("purge").out.endswith("删掉了 0 段。\n")


def test_purging_leaves_what_is_still_kept(store: Path) -> None:
    age(store, 29)

    assert run("purge").out.endswith("删掉了 0 段。\n")
    assert "有 1 份在等" in run("handoffs").out


def test_the_days_are_those_of_the_setting_or_those_given(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    age(store, 10)
    monkeypatch.setenv("POLICYBOT_RETENTION_DAYS", "20")
    assert run("purge").out == "超过 20 天没有说话的对话，删掉了 0 段。\n"

    assert run("purge", "--days", "9").out == "超过 9 天没有说话的对话，删掉了 2 段。\n"


@pytest.mark.parametrize("words", [("handoffs",), ("purge",), ("handoffs", "done", "1")], ids=" ".join)
def test_without_a_store_the_setting_is_named(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{tmp_path / 'none.sqlite3'}")

    done = run(*words)

    assert done.status == 1
    assert "POLICYBOT_STORE" in done.err
    assert not (tmp_path / "none.sqlite3").exists()


def test_the_setting_is_told_with_its_default() -> None:
    done = run("serve", "--help")

    plain = re.sub(r"[\s│]", "", done.out)
    assert "POLICYBOT_RETENTION_DAYS（默认30）：对话保留多少天" in plain
