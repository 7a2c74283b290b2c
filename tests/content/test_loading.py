import gc
import os
import re
import shutil
from pathlib import Path

import pytest

from benchmarks.content import make_content
from bot.content.loading import PARTS, load_content, version_of
from bot.content.problems import ContentProblems, Problem
from bot.content.yaml_source import read_yaml
from bot.dialog.acts import Notice
from bot.errors import ContentError
from bot.policy.clauses import NoFigure
from tests.content.folders import copy_content, lines_of
from tests.content_fixture import shipped_bundle


def test_the_shipped_content_has_no_problem_and_every_notice() -> None:
    bundle = shipped_bundle()

    assert bundle.notices.keys() == set(Notice)
    assert bundle.version == bundle.guide.knowledge.version


def test_every_figure_of_the_shipped_content_has_the_phrase_that_it_comes_from() -> None:
    clauses = shipped_bundle().guide.knowledge.clauses

    assert [c.id for c in clauses if not isinstance(c.benefit, NoFigure) and not c.evidence] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_folder_that_is_missing_is_named(part: str, tmp_path: Path) -> None:
    shutil.rmtree(copy_content(tmp_path) / part)

    (line,) = lines_of(tmp_path)

    assert line.startswith(f"{part}:1:1: 找不到这个文件夹；内容文件夹里要有")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dialogs/notices.yaml", "找不到或读不了这个文件"),
        ("knowledge/terms.yaml", "找不到或读不了这个文件"),
        ("templates/text/notice.txt", "找不到或读不了这个模板"),
    ],
)
def test_a_file_that_is_missing_is_named(name: str, said: str, tmp_path: Path) -> None:
    (copy_content(tmp_path) / name).unlink()

    assert lines_of(tmp_path) == [f"{name}:1:1: {said}"]


def test_a_folder_without_knowledge_says_which_files_it_lacks(tmp_path: Path) -> None:
    for part in PARTS:
        (tmp_path / part).mkdir()

    files = {line.partition(":")[0] for line in lines_of(tmp_path)}

    assert {"knowledge/attributes.yaml", "knowledge/documents.yaml", "dialogs/flow.yaml"} <= files


def test_a_question_that_the_flow_asks_has_to_be_written(tmp_path: Path) -> None:
    questions = copy_content(tmp_path) / "dialogs/questions.yaml"
    text = questions.read_text(encoding="utf-8")
    questions.write_text(re.sub(r"  high_tech:\n(    .*\n)+", "", text), encoding="utf-8")

    (line,) = lines_of(tmp_path)

    assert re.fullmatch(r"dialogs/flow\.yaml:\d+:\d+: direct\.0: 流程要问 high_tech，但没有写这个问题；.*", line)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = copy_content(tmp_path) / "knowledge/terms.yaml"
    large.write_bytes(b"#" * 5_000_001)

    assert lines_of(tmp_path) == ["knowledge/terms.yaml:1:1: 文件太大；一个文件最多 5 MB，请拆开"]


@pytest.mark.parametrize("name", ["knowledge/clauses/new.yaml", "templates/text/ask.txt", "knowledge/backup.zip"])
def test_a_file_of_any_name_that_is_too_large_is_refused_before_it_is_read(name: str, tmp_path: Path) -> None:
    with (copy_content(tmp_path) / name).open("wb") as file:
        file.truncate(50_000_000_000)

    assert lines_of(tmp_path) == [f"{name}:1:1: 文件太大；一个文件最多 5 MB，请拆开"]


@pytest.mark.parametrize("name", ["knowledge/clauses/new.yaml", "templates/text/ask.txt", "knowledge/pipe"])
def test_a_pipe_among_the_files_is_refused_and_never_read(name: str, tmp_path: Path) -> None:
    (copy_content(tmp_path) / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)

    assert lines_of(tmp_path) == [f"{name}:1:1: 不是普通的文件，没法读；删掉它，或移到别处"]


def test_hidden_files_and_notes_beside_the_content_are_no_problem(tmp_path: Path) -> None:
    names = ("dialogs/.DS_Store", "knowledge/README", "knowledge/clauses/.x.yaml.swp", "templates/text/readme.txt")

    load_content(copy_content(tmp_path, dict.fromkeys(names, b"\xff")))


def test_a_template_folder_of_no_channel_is_a_problem(tmp_path: Path) -> None:
    (copy_content(tmp_path) / "templates/slack").mkdir()
    (tmp_path / "templates/slack/ask.txt").write_text("{{ prompt }}", encoding="utf-8")

    assert lines_of(tmp_path) == ["templates/slack/ask.txt:1:1: 没有用到的模板"]


@pytest.mark.parametrize(
    "raw",
    [b"[" * 3000, b"a: &a [*a]\n", b"a: \x01\n", b"? {a: b}\n: c\n", b"\xef\xbb\xbfterms: []\n- x\n"],
    ids=["nested too deep", "a list within itself", "control character", "mapping as a key", "byte order mark"],
)
def test_nothing_in_a_file_makes_loading_crash(raw: bytes, tmp_path: Path) -> None:
    lines = lines_of(copy_content(tmp_path, {"knowledge/terms.yaml": raw}))

    assert all(line.startswith("knowledge/terms.yaml:") for line in lines)


def test_aliases_of_aliases_are_refused_without_being_spelt_out(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]

    lines = lines_of(copy_content(tmp_path, {"knowledge/terms.yaml": "\n".join(rows).encode()}))

    assert "knowledge/terms.yaml:1:5: a1.0: 不支持锚点（& 和 *）；请把内容直接写出来" in lines


def test_the_version_changes_with_any_file_and_with_nothing_else(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    before = version_of(folder)
    (folder / "README").write_text("not content", encoding="utf-8")
    beside = version_of(folder)
    (folder / "knowledge/terms.yaml").write_text("terms: []\n", encoding="utf-8")

    assert re.fullmatch(r"[0-9a-f]{12}", before)
    assert beside == before
    assert version_of(folder) != before
    assert load_content(folder).version == version_of(folder)


def test_problems_are_sorted_by_place_and_each_is_told_once() -> None:
    late, early = Problem("b.yaml", 2, 1, "x", "什么"), Problem("a.yaml", 10, 3, "", "什么", "怎么办")

    raised = ContentProblems([late, early, late])

    assert raised.problems == (early, late)
    assert str(raised) == "a.yaml:10:3: 什么；怎么办\nb.yaml:2:1: x: 什么"
    assert isinstance(raised, ContentError)


def test_garbage_is_collected_again_after_a_load_that_fails(tmp_path: Path) -> None:
    folder = copy_content(tmp_path, {"knowledge/terms.yaml": b"terms: [\n"})

    lines_of(folder)

    assert gc.isenabled()


def test_a_place_is_told_of_a_file_that_has_been_read_without_a_problem(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("words:\n  - one\n  - {two: [three]}\n", encoding="utf-8")

    source = read_yaml(tmp_path, "words.yaml")

    assert source.problems == []
    assert source.place(("words", 1, "two", 0)) == (3, 12)


def test_made_up_content_of_the_benchmark_has_so_many_clauses_and_no_problem(tmp_path: Path) -> None:
    make_content(tmp_path, 400)

    assert len(load_content(tmp_path).guide.knowledge.clauses) == 400
