"""`policybot chat`, `check` and `serve` as a user runs them."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from bot.content.loading import PARTS, shipped_content


def run(
    folder: Path, *options: str, text: str = "", settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **(settings or {})}
    command = [sys.executable, "-m", "bot", *options]
    return subprocess.run(
        command, input=text, capture_output=True, text=True, timeout=60, check=False, cwd=folder, env=environment
    )


def test_piped_answers_lead_to_a_result(tmp_path: Path) -> None:
    done = run(tmp_path, "chat", text="亦庄\n国家级小巨人\n科技保险交了53万，没有处罚失信和刑事记录\n结果\n")

    assert done.returncode == 0, done.stderr
    assert "31.8 万元" in done.stdout
    assert "经开区数据产业措施第 1 条" in done.stdout
    assert "12345" in done.stdout


def test_a_conversation_without_a_name_leaves_no_file(tmp_path: Path) -> None:
    run(tmp_path, "chat", text="亦庄\n")

    assert list(tmp_path.iterdir()) == []


def test_a_named_conversation_goes_on_where_it_stood(tmp_path: Path) -> None:
    run(tmp_path, "chat", "--session", "demo", text="亦庄\n")

    again = run(tmp_path, "chat", "--session", "demo", text="我的资料\n")

    assert "经开区" in again.stdout


@pytest.mark.parametrize(
    "text",
    ["", "\n\n\n", "\x00\x07\x1b[31m\n", "😀🎉\n", "<script>alert(1)</script>\n", "数" * 1_000_000 + "\n"],
    ids=["nothing", "blank lines", "control characters", "emoji", "html", "a megabyte"],
)
def test_odd_input_gets_a_sentence_and_no_stack_trace(tmp_path: Path, text: str) -> None:
    done = run(tmp_path, "chat", text=text)

    assert done.returncode == 0
    assert "Traceback" not in done.stdout + done.stderr
    assert "政策小助手" in done.stdout


def test_an_unknown_setting_is_refused_with_a_hint(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", settings={"POLICYBOT_PROT": "8081"})

    assert done.returncode == 1
    assert "POLICYBOT_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_line_of_content_is_named_and_nothing_starts(tmp_path: Path) -> None:
    for part in PARTS:
        copytree(shipped_content() / part, tmp_path / part)
    clauses = tmp_path / "knowledge/clauses/tongzhou-data-industry-draft.yaml"
    clauses.write_text(clauses.read_text(encoding="utf-8").replace("kind: award", "kindd: award", 1), encoding="utf-8")

    checked = run(tmp_path, "check", str(tmp_path))
    served = run(tmp_path, "serve", settings={"POLICYBOT_CONTENT": str(tmp_path), "POLICYBOT_PORT": "0"})

    assert checked.returncode == 1
    assert "knowledge/clauses/tongzhou-data-industry-draft.yaml:" in checked.stdout
    assert "是不是想写 kind" in checked.stdout
    assert served.returncode == 1
    assert "kindd" in served.stderr
    assert "Traceback" not in served.stderr


def test_a_store_that_can_not_be_used_is_said_at_the_start(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", settings={"POLICYBOT_STORE": f"sqlite:///{tmp_path}", "POLICYBOT_PORT": "0"})

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
