"""The server as it is started, driven over HTTP like the page and an operator do."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.simulators.base import PATIENCE


@contextmanager
def server(folder: Path, **settings: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server in a process of its own on a free port, with its store in the folder."""
    environment = {**os.environ, "POLICYBOT_PORT": "0", **settings}
    command = [sys.executable, "-m", "bot", "serve"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=folder, env=environment, **pipes) as process:
        assert process.stdout is not None
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        assert found is not None, process.stderr.read() if process.stderr else ""
        try:
            yield found[0], process
        finally:
            process.kill()


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def post(
    address: str, session: str, text: str = "", message_id: str | None = None, *, path: str = "/api/chat"
) -> bytes:
    body: dict[str, str] = {"session": session, "text": text}
    if message_id is not None:
        body["message_id"] = message_id
    request = urllib.request.Request(
        f"{address}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        read: bytes = answer.read()
        return read


def talk(address: str, session: str, *texts: str) -> Mapping[str, Any]:
    answer: Mapping[str, Any] = {}
    for text in texts:
        answer = json.loads(post(address, session, text))
    return answer


def said(answer: Mapping[str, Any]) -> str:
    return "\n".join(message["text"] for message in answer["messages"])


def test_a_conversation_leads_to_policies_amounts_clauses_and_a_number_to_call(tmp_path: Path) -> None:
    with server(tmp_path) as (address, _):
        first = talk(address, "owner-1", "")
        last = talk(
            address, "owner-1", "亦庄", "国家级小巨人", "科技保险交了86.2万，没有处罚、失信和刑事记录", "看结果"
        )

    assert "仅供参考" in said(first)
    assert first["state"] == {"profile": {}, "pending": "region"}
    assert first["messages"][-1]["options"][0] == {"id": "经开区", "label": "经开区（亦庄）"}
    assert last["state"]["profile"]["insurance_premium"] == 862_000
    for expected in ("50 万元", "经开区数据产业措施第 1 条", "12345"):
        assert expected in said(last)


def test_a_repeated_message_gets_the_same_bytes_and_changes_nothing(tmp_path: Path) -> None:
    with server(tmp_path) as (address, _):
        post(address, "owner-2", "亦庄")
        once = post(address, "owner-2", "科技保险交了20万", "m-1")
        post(address, "owner-2", "保费改成30万", "m-2")
        again = post(address, "owner-2", "科技保险交了20万", "m-1")
        now = talk(address, "owner-2", "我的资料")

    assert again == once
    assert now["state"]["profile"]["insurance_premium"] == 300_000


def test_a_killed_server_goes_on_where_it_stood(tmp_path: Path) -> None:
    with server(tmp_path) as (address, process):
        talk(address, "owner-3", "亦庄", "小巨人")
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with server(tmp_path) as (address, _):
        answer = talk(address, "owner-3", "我的资料")

    assert answer["state"]["profile"] == {"region": "经开区", "specialized_tier": "little_giant"}


def test_deleted_data_are_gone_from_the_file(tmp_path: Path) -> None:
    with server(tmp_path) as (address, process):
        talk(address, "owner-4", "亦庄，小巨人，保费123456789元", "删除我的资料", "确定")
        process.send_signal(signal.SIGTERM)
        process.wait(15)

    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"123456789" not in kept
    assert b"little_giant" not in kept


def test_sessions_know_nothing_of_one_another(tmp_path: Path) -> None:
    with server(tmp_path) as (address, _):
        talk(address, "owner-5", "亦庄，小巨人")
        other = talk(address, "owner-6", "我的资料")

    assert other["state"]["profile"] == {}


def test_an_operator_sees_that_the_server_lives_is_ready_and_counts(tmp_path: Path) -> None:
    with server(tmp_path) as (address, _):
        talk(address, "owner-7", "亦庄")
        alive, ready, metrics = get(f"{address}/healthz"), get(f"{address}/readyz"), get(f"{address}/metrics")
        page = get(f"{address}/")

    assert alive[0] == ready[0] == page[0] == 200
    assert re.search(r"[0-9a-f]{12}", ready[1])
    assert 'policybot_turn_endings_total{channel="web",ending="answered"} 1.0' in metrics[1]
    assert "<script>" not in page[1]


def test_no_text_of_a_user_reaches_the_log(tmp_path: Path) -> None:
    with server(tmp_path) as (address, process):
        talk(address, "owner-8", "我们在亦庄，电话 13800138000")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)

    assert "13800138000" not in out + err
    assert "owner-8" not in out + err


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"{", 400, id="no JSON"),
        pytest.param(b'{"session": "a", "text": 5}', 400, id="a number as text"),
        pytest.param(b'{"text": "x"}', 400, id="no session"),
        pytest.param(b'{"session": "a", "text": "' + b"x" * 1_000_000 + b'"}', 413, id="a megabyte"),
    ],
)
def test_a_bad_request_gets_a_sentence(tmp_path: Path, body: bytes, status: int) -> None:
    with server(tmp_path) as (address, _):
        request = urllib.request.Request(f"{address}/api/chat", body, {"Content-Type": "application/json"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=PATIENCE)
        with refused.value as error:
            answer = json.loads(error.read())

    assert refused.value.code == status
    assert re.search(r"[\u4e00-\u9fff]", answer["error"])


@pytest.mark.parametrize("command", ["check", "chat"])
def test_a_terminal_that_knows_no_chinese_is_no_trouble(command: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
    }
    line = [sys.executable, "-m", "bot", command]
    done = subprocess.run(line, cwd=tmp_path, env=environment, input=b"", capture_output=True, timeout=120, check=False)

    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert re.search(r"[\u4e00-\u9fff]", done.stdout.decode())


def test_a_result_is_printed_for_the_session_that_came_to_it_and_for_no_other(tmp_path: Path) -> None:
    with server(tmp_path) as (address, _):
        talk(address, "s-of-mine-12345678", "公司注册在亦庄，小巨人，科技保险交了86.2万")
        mine, other = (
            json.loads(post(address, session, path="/api/report")) for session in ("s-of-mine-12345678", "s-of-others")
        )
        status, page = get(f"{address}/print")

    assert "科技保险保费补贴" in mine["text"]
    assert mine["proofs"]
    assert other == {}
    assert status == 200
    assert "科技保险" not in page
