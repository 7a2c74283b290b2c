"""The commands for those who write the content, as they are called."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.content.folders import copy_content

ALWAYS = """document: digest-2024
clauses:
  - article: bad
    title: 测试一项
    summary: 测试
    kind: award
    conditions: [{insurance_premium: ">= 0", say: 有保费}]
    contacts: digest-publisher
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def with_clause(folder: Path, text: str = ALWAYS) -> str:
    return str(copy_content(folder / "content", {"knowledge/clauses/bad.yaml": text.encode()}))


def write_sources(folder: Path) -> str:
    sources = folder / "sources"
    sources.mkdir()
    (sources / "digest-2024.md").write_text(
        "# 汇编\n\n## 1.1-2\n\n补贴 30%，最高不超过 50 万元。\n\n## 7\n\n满 9 年。\n"
    )
    return str(sources)


def test_the_shipped_content_has_no_mistake() -> None:
    done = run("check")

    assert done.exit_code == 0
    assert "份文件" in done.output.splitlines()[-1]


def test_a_reminder_fails_only_a_strict_check(tmp_path: Path) -> None:
    folder = with_clause(tmp_path)

    usual, strict = run("check", folder), run("check", "--strict", folder)

    assert (usual.exit_code, strict.exit_code) == (0, 1)
    assert "提醒：clauses.0.conditions.0.insurance_premium: 「有保费」怎样都成立" in usual.output
    assert "条提醒" in usual.output.splitlines()[-1]


def test_a_mistake_fails_every_check(tmp_path: Path) -> None:
    done = run("check", with_clause(tmp_path, ALWAYS.replace(">= 0", "< 0")))

    assert done.exit_code == 1
    assert "没有企业能满足「有保费」" in done.output
    assert "1 处错误" in done.output.splitlines()[-1]


@pytest.mark.parametrize(("day", "times"), [("2027-12-31", 0), ("2028-01-01", 1)])
def test_a_document_past_its_term_is_a_notice_on_that_day(day: str, times: int) -> None:
    done = run("check", "--on", day)

    assert done.exit_code == 0
    assert done.output.count(f"经开区数据产业措施 到 {day} 已经过期") == times


def test_a_day_that_is_none_is_refused_in_words() -> None:
    done = run("check", "--on", "明天")

    assert done.exit_code == 1
    assert str(done.exception) == "--on 写的是「明天」，日期应写成 2027-12-31 这样，而且那一天要有"


def test_the_documents_are_looked_at_when_they_are_given(tmp_path: Path) -> None:
    done = run("check", "--sources", write_sources(tmp_path))

    assert done.exit_code == 1
    assert "第 1.1-2 条原文里没有「入表金额大于 100 万元」" in done.output


def test_coverage_says_what_is_missing(tmp_path: Path) -> None:
    done = run("coverage", "--sources", write_sources(tmp_path))

    assert done.exit_code == 1
    assert "digest-2024 1.1-2：1 条条款；用上 30%、50 万元" in done.output
    assert "digest-2024 7：还没有条款；没有着落 9 年" in done.output
    assert "共 2 条，1 条还没有条款；3 个数字：2 个用上，0 个另行列出，1 个没有着落。" in done.output


def test_coverage_for_scripts_is_one_object_a_line(tmp_path: Path) -> None:
    done = run("coverage", "--jsonl", "--sources", write_sources(tmp_path))

    *rows, last = [json.loads(line) for line in done.output.splitlines()]
    assert [row["article"] for row in rows] == ["1.1-2", "7"]
    assert rows[0]["clauses"] == ["digest-2024/1.1-2"]
    assert last["totals"]["empty"] == 1


def test_a_folder_without_documents_is_refused_in_words(tmp_path: Path) -> None:
    done = run("coverage", "--sources", str(tmp_path))

    assert done.exit_code == 1
    assert "没有 .md 文件" in str(done.exception)


def test_schemas_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    page = tmp_path / "page.md"

    done = run("schema", "--out", str(tmp_path / "schemas"), "--reference", str(page))

    assert done.exit_code == 0
    assert len(list((tmp_path / "schemas").glob("*.json"))) == 14
    assert page.read_text(encoding="utf-8").startswith("# 每个键怎么写")
