"""`policybot test` as a clerk runs it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.loading import shipped_content
from tests.commands import run
from tests.content.folders import copy_content

GOOD = "- {name: 好的, on: 2023-10-01, given: {region: 丰台区}, expect: {digest-2024/1.1-2: needs_info}}\n"
WRONG = "- {name: 坏的, on: 2023-10-01, given: {region: 丰台区}, expect: {digest-2024/1.1-2: eligible}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder with one case of its own, which is the current folder."""
    copy_content(tmp_path)
    (tmp_path / "tests" / "cases").mkdir(parents=True)
    (tmp_path / "tests" / "cases" / "own.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_cases_of_the_content_in_use_are_run_by_default(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYBOT_CONTENT", str(folder))

    done = run("test")

    assert (done.status, done.out) == (0, "共 1 个用例、0 段对话，全部通过\n")


def test_a_case_that_fails_gives_status_1_and_the_good_ones_are_counted(folder: Path) -> None:
    (folder / "tests" / "cases" / "own.yaml").write_text(GOOD + WRONG, encoding="utf-8")

    done = run("test", "tests/cases/own.yaml", "--content", ".")

    assert done.status == 1
    assert done.lines[0].startswith("tests/cases/own.yaml:2:61: 用例「坏的」: digest-2024/1.1-2 应为符合（eligible）")
    assert done.lines[1:] == ["共 2 个用例、0 段对话，1 个没通过"]


def test_only_the_cases_with_some_words_in_their_name(folder: Path) -> None:
    (folder / "tests" / "cases" / "own.yaml").write_text(GOOD + WRONG, encoding="utf-8")

    assert run("test", "tests", "--only", "好", "--content", ".").lines == ["共 1 个用例、0 段对话，全部通过"]


def test_an_edit_of_the_content_makes_a_case_fail(folder: Path) -> None:
    shutil.copytree(shipped_content() / "tests" / "cases", folder / "tests" / "cases", dirs_exist_ok=True)
    clauses = folder / "knowledge" / "clauses" / "bda-data-industry.yaml"
    text = clauses.read_text(encoding="utf-8")
    edited = text.replace("of: purchase_amount, cap: 100万", "of: purchase_amount, cap: 120万")
    clauses.write_text(edited.replace("年度补贴最高不超过100万元", "年度补贴最高不超过120万元"), encoding="utf-8")

    done = run("test", "--content", ".")

    assert done.status == 1
    assert any("data-voucher 确定金额应为 100 万元，实际是 120 万元" in line for line in done.lines)


def test_content_that_does_not_load_gives_its_problems_instead(folder: Path) -> None:
    (folder / "knowledge" / "terms.yaml").write_text("term: []\n", encoding="utf-8")

    done = run("test", "--content", ".")

    assert done.status == 1
    assert "knowledge/terms.yaml:1:1: term: 不认识的键；是不是想写 terms" in done.err


def test_a_folder_without_tests_says_where_they_should_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_content(tmp_path))

    done = run("test", "--content", ".")

    assert done.status == 1
    assert "找不到用例" in done.err


def test_it_runs_from_a_shell(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(GOOD, encoding="utf-8")
    command = [sys.executable, "-m", "bot", "test", str(tmp_path / "x.yaml")]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout) == (0, "共 1 个用例、0 段对话，全部通过\n"), done.stderr


def test_a_name_that_no_case_has_is_said() -> None:
    done = run("test", "--only", "没有这个名字")

    assert (done.status, done.out) == (1, "")
    assert "没有名字里有「没有这个名字」的用例或对话" in done.err
