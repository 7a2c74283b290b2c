"""`policybot profiles`: what is kept of conversations without anything that tells who had them."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.commands import run

TALK = "我们公司叫北京甲乙丙科技有限公司，在亦庄，国家级小巨人\n保费交了53万1234元\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a store with two conversations."""
    path = tmp_path / "store.sqlite3"
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{path}")
    for name, text in (("zhang-san-13800138000", TALK), ("li-si", "我们在通州\n")):
        done = run("chat", "--session", name, text=text)
        assert done.status == 0, done.err
    return path


@pytest.mark.usefixtures("store")
def test_only_attributes_and_the_day_are_left() -> None:
    done = run("profiles")

    lines = [json.loads(line) for line in done.lines]
    assert [set(line) for line in lines] == [{"as_of", "profile"}] * 2
    assert {"insurance_premium": 531234, "region": "经开区", "specialized_tier": "little_giant"} in [
        line["profile"] for line in lines
    ]
    assert "导出了 2 份企业情况" in done.err


@pytest.mark.usefixtures("store")
def test_nothing_tells_who_it_was() -> None:
    out = run("profiles").out

    telling = ["zhang-san", "13800138000", "li-si", "甲乙丙", "terminal", "保费交了", '"id"']
    assert [word for word in telling if word in out] == []


@pytest.mark.usefixtures("store")
def test_the_order_is_that_of_the_text_not_of_the_conversations() -> None:
    lines = run("profiles").lines

    assert lines == sorted(lines)


@pytest.mark.usefixtures("store")
def test_attributes_can_be_left_out() -> None:
    done = run("profiles", "--without", "insurance_premium")

    assert "insurance_premium" not in done.out
    assert (
        "没有属性 insurance_premum；是不是想写 insurance_premium"
        in run("profiles", "--without", "insurance_premum").err
    )


@pytest.mark.usefixtures("store")
def test_what_a_user_had_deleted_is_not_exported() -> None:
    run("chat", "--session", "li-si", text="删除我的资料\n确定\n")

    assert "通州区" not in run("profiles").out


def test_what_is_past_its_time_is_not_exported(store: Path) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE sessions SET touched = 1 WHERE conversation = 'li-si'")
    connection.close()

    assert len(run("profiles").lines) == 1


def test_a_damaged_conversation_is_counted_and_left_out(store: Path) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE sessions SET state = x'00' WHERE conversation = 'li-si'")
    connection.close()

    done = run("profiles")

    assert len(done.lines) == 1
    assert "有 1 段对话读不出来，没有导出" in done.err


def test_the_store_is_not_written(store: Path) -> None:
    before = store.read_bytes()

    run("profiles")

    assert store.read_bytes() == before


def test_the_export_is_what_match_and_diff_take(store: Path) -> None:
    exported = store.with_name("p.jsonl")
    exported.write_text(run("profiles").out, encoding="utf-8")

    done = run("diff", ".", ".", "--profiles", exported)

    assert "2 份企业情况，没有一个有变化" in done.out


def test_a_store_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_STORE", f"sqlite:///{tmp_path}/none.sqlite3")

    done = run("profiles")

    assert done.status == 1
    assert "没有保存对话的文件" in done.err
    assert list(tmp_path.iterdir()) == []
