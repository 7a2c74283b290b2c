"""One bad file a kind of mistake; its first line is the message expected, and names the file that it stands for."""

from pathlib import Path

import pytest

from tests.content.folders import copy_content, lines_of, problems_of
from tests.content.reviewing import all_lines

BAD = sorted((Path(__file__).parent / "bad").iterdir())
ENGLISH = ("Input should", "valid", "error", "expected", " found")


def expected_of(bad: Path) -> str:
    first = bad.read_bytes().split(b"\n", 1)[0].decode()
    return first.removeprefix("# expect: ").removeprefix("{# expect: ").removesuffix(" #}")


def target_of(bad: Path) -> str:
    return expected_of(bad).partition(":")[0]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.stem)
def test_each_mistake_is_reported_at_its_place_in_plain_words(bad: Path, tmp_path: Path) -> None:
    folder = copy_content(tmp_path, {target_of(bad): bad.read_bytes()})

    lines = all_lines(folder)

    assert expected_of(bad) in lines
    assert not [line for line in lines if any(word in line for word in ENGLISH)]


def test_all_mistakes_of_a_folder_come_at_once_and_sorted(tmp_path: Path) -> None:
    names = ("phone-without-a-source", "missing-notice", "template-with-an-unused-field", "place-in-an-unknown-region")
    bad = [path for path in BAD if path.stem in names]
    folder = copy_content(tmp_path, {target_of(path): path.read_bytes() for path in bad})

    problems = problems_of(folder)

    assert {expected_of(path) for path in bad} <= {str(problem) for problem in problems}
    assert list(problems) == sorted(set(problems))


def test_several_mistakes_of_one_clause_come_at_once(tmp_path: Path) -> None:
    clause = """document: digest-2024
clauses:
  - article: bad
    titel: 测试
    summary: 测试
    kind: awrad
    conditions: [{regoin: 经开区}]
    benefit: {rate: 30}
  - article: worse
    title: 测试
    summary: 测试
    kind: award
    contacts: nobody
"""

    lines = lines_of(copy_content(tmp_path, {"knowledge/clauses/bad.yaml": clause.encode()}))

    assert lines == [
        "knowledge/clauses/bad.yaml:3:5: clauses.0: 缺少 title",
        "knowledge/clauses/bad.yaml:4:5: clauses.0.titel: 不认识的键；是不是想写 title",
        "knowledge/clauses/bad.yaml:6:5: clauses.0.kind: 不能是「awrad」；是不是想写 award",
        "knowledge/clauses/bad.yaml:7:19: clauses.0.conditions.0.regoin: 没有属性 regoin；是不是想写 region",
        "knowledge/clauses/bad.yaml:8:15: clauses.0.benefit.rate: 比例应写成百分数，如 30%",
        "knowledge/clauses/bad.yaml:13:5: clauses.1.contacts.0: 没有联系方式 nobody",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "knowledge/attributes.yaml",
        "knowledge/contacts.yaml",
        "knowledge/documents.yaml",
        "knowledge/clauses/digest-2024.yaml",
    ],
    ids=lambda name: Path(name).stem,
)
def test_a_file_that_cannot_be_read_is_the_only_problem_reported(name: str, tmp_path: Path) -> None:
    lines = lines_of(copy_content(tmp_path, {name: b"documents: [\n"}))

    assert lines == [
        f"{name}:2:1: 方括号或花括号没有写完；看看括号是否成对、逗号有没有漏、是不是写成了中文的逗号或冒号"
    ]
