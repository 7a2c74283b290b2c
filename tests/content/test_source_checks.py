"""What the content quotes, against made-up documents that stand for the real ones."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.content.articles import SourceText, bare, read_source_texts
from tests.content.folders import copy_content
from tests.content.reviewing import all_lines
from tests.content_fixture import shipped_bundle

BAD = "knowledge/clauses/bad.yaml"
TEXT = """# 某汇编（2024）

- document: digest-2024

## 9.9
title: 支持买保险

对当年保费超过１０万元的企业，按照保费的 50％ 给予补贴,最高“50”万元；连续不超过三年，占比100%。

## 9.8

另一条，最高20万元。
"""


def texts(folder: Path) -> Mapping[str, SourceText]:
    sources = folder / "sources"
    sources.mkdir()
    (sources / "digest-2024.md").write_text(TEXT, encoding="utf-8")
    return read_source_texts(sources)


def clause(**changed: str) -> bytes:
    keys = {
        "article": "9.9",
        "title": "测试一项",
        "summary": "测试",
        "kind": "award",
        "contacts": "digest-publisher",
        **changed,
    }
    return ("document: digest-2024\nclauses:\n  - " + "\n    ".join(f"{k}: {v}" for k, v in keys.items())).encode()


def said(folder: Path, **changed: str) -> list[str]:
    lines = all_lines(copy_content(folder / "content", {BAD: clause(**changed)}), texts=texts(folder))
    return [line for line in lines if line.startswith(BAD)]


@pytest.mark.parametrize(
    "phrase",
    ["保费超过10万元", "按照保费的50%给予补贴，最高“50”万元", "最高 50 万元", "连续不超过三年", "支持买保险"],
)
def test_a_phrase_may_differ_in_spaces_width_and_marks(phrase: str, tmp_path: Path) -> None:
    figures = "{10万元: 测试, 50%: 测试, 连续不超过三年: 测试, 最高50万元: 测试, 占比100%: 测试}"

    assert said(tmp_path, evidence=f'["{phrase.replace(chr(34), "")}"]', other_figures=figures) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"evidence": "[最高60万元]", "other_figures": "{60万元: 测试}"}, "第 9.9 条原文里没有「最高60万元」"),
        ({"evidence": "[最高20万元]", "other_figures": "{三年: 测试}"}, "第 9.9 条原文里没有「最高20万元」"),
        ({"other_figures": "{2亿元: 测试}"}, "第 9.9 条原文里没有「2亿元」"),
        ({"summary": "最高给 80 万元"}, "「80 万元」在原文这一条里找不到"),
        ({"title": "两年的补贴"}, "「两年」在原文这一条里找不到"),
        ({"reminder": "30 日内申请"}, "「30 日」在原文这一条里找不到"),
        ({"conditions": "[{high_tech: true, say: 高企满 2 年}]"}, "「2 年」在原文这一条里找不到"),
        ({"benefit": "{none: 一张 5 元的券}"}, "「5 元」在原文这一条里找不到"),
    ],
    ids=["phrase", "phrase of another article", "other figure", "summary", "title", "reminder", "say", "no figure"],
)
def test_what_the_article_lacks_is_a_mistake(changed: Mapping[str, str], expected: str, tmp_path: Path) -> None:
    lines = said(tmp_path, **changed)

    assert any(expected in line and "提醒" not in line for line in lines), lines


def test_the_nearest_words_of_the_article_are_the_hint(tmp_path: Path) -> None:
    lines = said(tmp_path, evidence="[按照保险费的50%给予补贴]", other_figures="{50%: 测试}")

    said_of_it = "第 9.9 条原文里没有「按照保险费的50%给予补贴」；原文最接近的是「按照保费的50%给予补贴」（不计标点）"
    assert lines == [f"{BAD}:8:16: clauses.0.evidence.0: {said_of_it}"]


def test_an_article_that_the_document_lacks_is_named_with_the_nearest(tmp_path: Path) -> None:
    (line,) = said(tmp_path, article="9.99")

    assert "原文里没有第 9.99 条；是不是想写 9.9" in line


def test_a_document_without_a_file_is_told_and_is_no_mistake(tmp_path: Path) -> None:
    lines = all_lines(copy_content(tmp_path / "content"), texts=texts(tmp_path))

    told = [line for line in lines if "原文文件夹里没有" in line]
    assert len(told) == len({c.document.id for c in shipped_bundle().guide.knowledge.clauses}) - 1
    assert all("提示：" in line for line in told)


def test_phrases_are_compared_without_spaces_and_marks_but_with_signs_that_count() -> None:
    assert bare("最高 １：0.5， 的“50％”") == bare("最高1:0.5的50%")
    assert bare("50%") != bare("50")
    assert bare("0.5") != bare("05")
    assert bare("6+3") != bare("63")
