"""Staff edit the content of servers that are running, seen from outside: over HTTP, in the log, in the figures."""

import json
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.content.loading import load_content
from tests.content.editing import NOTICES, edit, put, put_by_rename, remove_attribute, remove_clauses, remove_option
from tests.content.editing import say_hello as greet_with
from tests.content.folders import copy_content
from tests.simulators.base import PATIENCE
from tests.test_server import get, post, said, server, talk
from tests.waiting import wait_until

PROMISED = 2.0
"""Seconds until an edit is live."""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return copy_content(tmp_path / "content")


def run(content: Path, name: str = "one", **settings: str) -> Any:
    folder = content.parent / name
    folder.mkdir()
    return server(folder, POLICYBOT_CONTENT=str(content), POLICYBOT_LOG_FORMAT="json", **settings)


def ready(address: str) -> Mapping[str, Any]:
    status, body = get(f"{address}/readyz")
    assert status == 200
    told: Mapping[str, Any] = json.loads(body)
    return told


def figures(address: str) -> dict[str, float]:
    lines = get(f"{address}/metrics")[1].splitlines()
    return {
        line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if "policybot_content" in line[:17]
    }


def stop(process: subprocess.Popen[str]) -> list[Mapping[str, Any]]:
    """The events of the log after an orderly end."""
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return [json.loads(line) for line in log.splitlines()]


def test_a_good_edit_is_live_without_a_restart(content: Path) -> None:
    with run(content) as (address, process):
        first, loaded = ready(address), figures(address)["policybot_content_loaded_timestamp_seconds"]
        talk(address, "owner-1", "亦庄")
        greet_with(content, "您好，新的问候！")
        wait_until(lambda: ready(address)["content_version"] != first["content_version"])
        answer = talk(address, "owner-1", "你好")
        now, shown = ready(address), figures(address)
        events = stop(process)

    assert "您好，新的问候！" in said(answer)
    assert answer["state"] == {"profile": {"region": "经开区"}, "pending": "specialized_tier"}
    assert answer["content_version"] == now["content_version"] == load_content(content).version
    assert "content_refused" not in now
    assert shown[f'policybot_content_info{{version="{now["content_version"]}"}}'] == 1
    assert shown["policybot_content_loaded_timestamp_seconds"] > loaded
    assert shown["policybot_content_refused"] == 0
    assert [event["version"] for event in events if event["event"] == "content_taken"] == [now["content_version"]]


def test_a_bad_edit_is_refused_told_and_cleared_when_it_is_mended(content: Path) -> None:
    with run(content) as (address, process):
        first = ready(address)
        put(content, NOTICES, "  greet:", "  gret:")
        wait_until(lambda: "content_refused" in ready(address))
        refused, shown = ready(address), figures(address)
        answer = talk(address, "owner-2", "你好")
        put(content, NOTICES, "  gret:", "  greet:")
        wait_until(lambda: "content_refused" not in ready(address))
        mended, cleared = ready(address), figures(address)
        events = stop(process)

    problems = refused["content_refused"]["problems"]
    assert any(re.match(r"dialogs/notices\.yaml:\d+:\d+: notices\.gret: ", problem) for problem in problems)
    assert refused["content_refused"]["problem_count"] == len(problems)
    assert refused["content_refused"]["version"] != refused["content_version"] == first["content_version"]
    assert refused["content_refused"]["since"] >= first["content_since"]
    assert shown["policybot_content_refused"] == 1
    assert shown["policybot_content_problems"] == len(problems)
    assert answer["content_version"] == first["content_version"]
    assert mended == first
    assert cleared["policybot_content_refused"] == cleared["policybot_content_problems"] == 0
    told = [event["event"] for event in events if event["event"].startswith("content_")]
    assert told == ["content_refused", *["content_problem"] * len(problems), "content_mended"]


def test_a_template_is_edited(content: Path) -> None:
    with run(content) as (address, _):
        first = ready(address)["content_version"]
        name = "templates/text/notice.txt"
        put_by_rename(content, name, "{{", "※ {{")
        wait_until(lambda: ready(address)["content_version"] != first)

        assert "※ 您好！" in said(talk(address, "owner-3", "亦庄", "你好"))


def renew(address: str, change: Callable[[], None]) -> None:
    """Edit, and wait until the edit is live."""
    before = ready(address)["content_version"]
    change()
    wait_until(lambda: ready(address)["content_version"] != before)
    assert "content_refused" not in ready(address)


def test_people_in_mid_conversation_are_not_disturbed_by_what_is_taken_away(content: Path) -> None:
    with run(content) as (address, _):
        talk(address, "question", "亦庄", "小巨人")
        talk(address, "option", "亦庄")
        shown = talk(address, "clause", "亦庄，小巨人，科技保险交了86.2万，没有处罚、失信和刑事记录", "看结果")
        assert "1. 科技保险保费补贴" in said(shown)

        renew(address, lambda: remove_attribute(content, "first_registration"))
        gone = talk(address, "question", "1")
        renew(address, lambda: remove_option(content, "specialized_tier", "innovative"))
        other = talk(address, "option", "2")
        renew(
            address,
            lambda: remove_clauses(content, "bda-data-industry.yaml", lambda clause: "科技保险保费" in clause["title"]),
        )
        proof, number = talk(address, "clause", "依据1"), talk(address, "clause", "1")

    assert "刚才的问题有更新" in said(gone)
    assert gone["state"] == {
        "profile": {"region": "经开区", "specialized_tier": "little_giant"},
        "pending": "first_listing",
    }
    assert "刚才的问题有更新" in said(other)
    assert other["state"] == {"profile": {"region": "经开区"}, "pending": "specialized_tier"}
    assert [option["label"] for option in other["messages"][-1]["options"]].count("创新型中小企业") == 0
    assert "这一项刚有更新" in said(proof)
    assert "逐条看" not in said(number)


def test_a_burst_of_edits_ends_with_the_last_one_and_answers_go_on(content: Path) -> None:
    with run(content) as (address, process):
        for number in range(30):
            greet_with(content, f"第{number}次")
            assert json.loads(post(address, "owner-4", "你好"))["messages"]
        wait_until(lambda: ready(address)["content_version"] == load_content(content).version)
        last = talk(address, "owner-4", "你好")
        events = stop(process)

    assert "第29次" in said(last)
    assert not [event for event in events if event["event"] in ("content_refused", "turn_failed", "content_failed")]


def test_two_servers_over_one_folder_come_to_the_same_version(content: Path) -> None:
    store = f"sqlite:///{content.parent}/shared.sqlite3"
    with run(content, "one", POLICYBOT_STORE=store) as (one, _), run(content, "two", POLICYBOT_STORE=store) as (two, _):
        talk(one, "owner-5", "亦庄")
        remove_option(content, "specialized_tier", "innovative")
        wanted = load_content(content).version
        wait_until(lambda: ready(one)["content_version"] == ready(two)["content_version"] == wanted)
        again = talk(two, "owner-5", "2")

    assert "刚才的问题有更新" in said(again)
    assert again["state"]["profile"] == {"region": "经开区"}


@pytest.fixture
def older_and_newer(content: Path) -> Iterator[tuple[str, str]]:
    """Two servers on one store, of which one has older content, as in the middle of a roll-out."""
    newer = content.parent / "newer"
    newer.mkdir()
    copy_content(newer)
    remove_option(newer, "specialized_tier", "innovative")
    edit(newer, "dialogs/flow.yaml", lambda tree: tree["topics"].reverse())
    store = f"sqlite:///{content.parent}/shared.sqlite3"
    with run(content, "a", POLICYBOT_STORE=store) as (one, _), run(newer, "b", POLICYBOT_STORE=store) as (two, _):
        yield one, two


def test_servers_with_different_content_read_each_others_conversations(older_and_newer: tuple[str, str]) -> None:
    one, two = older_and_newer
    talk(one, "owner-6", "亦庄")
    crossed = talk(two, "owner-6", "2")
    back = talk(one, "owner-6", "2")
    talk(two, "owner-6", "小巨人")
    last = talk(one, "owner-6", "我的资料")

    assert crossed["state"]["profile"] == back["state"]["profile"] == {"region": "经开区"}
    assert crossed["content_version"] != back["content_version"]
    assert last["state"]["profile"] == {"region": "经开区", "specialized_tier": "little_giant"}


def test_without_watching_an_edit_waits_for_the_next_start(content: Path) -> None:
    with run(content, POLICYBOT_WATCH="0") as (address, _):
        first = ready(address)
        greet_with(content, "以后再说")
        time.sleep(PROMISED)

        assert ready(address) == first
