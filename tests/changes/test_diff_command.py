"""`policybot diff` as a clerk runs it: on folders, and on revisions of a real repository."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.changes.repositories import CLAUSES, commit, git, make_repository, raise_cap, replace_in
from tests.commands import Done, run
from tests.content.folders import copy_content

VOUCHER = "bda-data-industry/8/data-voucher"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with content, which is the current folder."""
    content = make_repository(tmp_path)
    monkeypatch.chdir(content)
    return content


def diff(*words: str | Path) -> Done:
    done = run("diff", *words)
    assert done.err == ""
    return done


def test_a_raised_cap_is_told_as_old_and_new_and_by_whom_it_touches(here: Path) -> None:
    raise_cap(here)

    done = diff("HEAD", ".")

    assert done.status == 0
    rule = "按年度数据产品采购额的 10%，每家企业每年最高"
    assert f"      金额：{rule} 100 万元 → {rule} 120 万元" in done.lines
    assert "      原文短语：年度补贴最高不超过100万元 → 年度补贴最高不超过120万元" in done.lines
    assert "结果的变化：比了 2 个用例、0 份企业情况，1 个有变化" in done.lines
    assert "  金额 100 万元 → 120 万元：1 个" in done.lines
    assert "      tests/cases/own.yaml:1「采购额过上限」" in done.lines
    assert "  能算准的合计 100 万元 → 120 万元：1 个" in done.lines


def test_two_revisions_are_compared_and_the_checkout_stays_as_it_is(here: Path) -> None:
    raise_cap(here)
    commit(here, "second")
    before = git(here, "status", "--porcelain") + git(here, "rev-parse", "HEAD")

    done = diff("HEAD~1", "HEAD")

    assert "改了 1 处" in done.out
    assert git(here, "status", "--porcelain") + git(here, "rev-parse", "HEAD") == before


def test_content_in_a_folder_of_a_repository_is_read_from_its_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = make_repository(tmp_path, "staff/content")
    raise_cap(content)
    monkeypatch.chdir(tmp_path)

    done = diff("HEAD", "staff/content")

    assert "金额 100 万元 → 120 万元：1 个" in done.out


@pytest.mark.usefixtures("here")
def test_both_sides_say_where_they_are_from() -> None:
    lines = diff("HEAD", ".").lines

    assert re.fullmatch(r"旧：HEAD（git 版本 [0-9a-f]{10}，在 /.*，内容版本 [0-9a-f]{12}）", lines[0])
    assert re.fullmatch(r"新：.（文件夹 /.*，内容版本 [0-9a-f]{12}）", lines[1])


@pytest.mark.usefixtures("here")
def test_nothing_changed_is_said_in_one_line_each() -> None:
    done = diff("HEAD", ".", "--exit-code")

    assert done.status == 0
    assert "内容没有改动。" in done.lines
    assert "结果的变化：比了 2 个用例、0 份企业情况，没有一个有变化" in done.lines


def test_a_comment_alone_changes_nothing(here: Path) -> None:
    replace_in(here, CLAUSES, ("document: bda-data-industry", "# 说明\ndocument: bda-data-industry"))

    assert "内容没有改动。" in diff("HEAD", ".").lines


def test_the_exit_code_tells_of_a_change_when_it_is_asked_for(here: Path) -> None:
    raise_cap(here)

    assert diff("HEAD", ".").status == 0
    assert diff("HEAD", ".", "--exit-code").status == 1


def test_everything_that_staff_keep_is_told(here: Path) -> None:
    replace_in(here, "knowledge/contacts.yaml", ("name: 经开区信息技术局", "name: 经开区信息技术处"))
    replace_in(here, "knowledge/documents.yaml", ("until: 2027-12-31", "until: 2028-12-31"))
    replace_in(here, "knowledge/attributes.yaml", ("label: 国家高新技术企业", "label: 高新技术企业"))
    replace_in(here, "dialogs/questions.yaml", ("prompt: 贵单位的注册地", "prompt: 请问贵单位的注册地"))
    replace_in(here, "dialogs/flow.yaml", ("page_size: 5", "page_size: 6"))
    replace_in(here, "dialogs/notices.yaml", ("notices:", "# 改一下\nnotices:"))
    terms = (here / "knowledge" / "terms.yaml").read_text(encoding="utf-8")
    (here / "knowledge" / "terms.yaml").write_text(
        terms + "  - {name: 新词, meaning: 一个新的名词}\n", encoding="utf-8"
    )

    done = diff("HEAD", ".")

    for told in (
        "名称：经开区信息技术局 → 经开区信息技术处",
        "时效：执行期从 2025-01-01 到 2027-12-31 → 执行期从 2025-01-01 到 2028-12-31",
        "名字：国家高新技术企业 → 高新技术企业",
        "问法：贵单位的注册地在哪个区",
        "每页几项：5 → 6",
        "＋ 新增 新词（新词）",
        "～ 改了 dialogs/notices.yaml",
    ):
        assert told in done.out


def test_a_clause_that_is_gone_is_told_for_those_who_had_it(here: Path) -> None:
    text = (here / CLAUSES).read_text(encoding="utf-8")
    start = text.index("  - article: 8\n    part: data-voucher")
    end = text.index("\n  - article:", start + 1)
    (here / CLAUSES).write_text(text[:start] + text[end + 1 :], encoding="utf-8")
    replace_in(here, "knowledge/documents.yaml", (f"{VOUCHER}, ", ""))

    done = run("diff", "HEAD", ".")

    assert f"－ 删去 数据券（采购数据产品补贴）（经开区数据产业措施第 8 条）（{VOUCHER}）" in done.out, done.err
    assert "结论 符合 → 没有这一条：1 个" in done.out


def test_saved_profiles_are_compared_too(here: Path) -> None:
    raise_cap(here)
    zone = {"region": "经开区", "last_major_penalty": "none", "criminal_record": False, "dishonest_listed": False}
    profile = {**zone, "purchase_amount": 11000000, "purchase_venue": "compliant_platform"}
    lines = [{"as_of": "2026-07-15", "profile": profile}, {"as_of": "2026-07-15", "profile": {"region": "丰台区"}}]
    Path("p.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

    done = diff("HEAD", ".", "--profiles", "p.jsonl")

    assert "比了 2 个用例、2 份企业情况，2 个有变化" in done.out
    assert "  金额 100 万元 → 110 万元：1 个\n      p.jsonl:1\n" in done.out


def test_the_repository_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = make_repository(tmp_path, "staff/content")
    raise_cap(content)
    commit(tmp_path, "second")
    monkeypatch.chdir(tmp_path)

    assert "金额 100 万元 → 120 万元：1 个" in diff("HEAD~1", "HEAD", "--content", "staff/content").out


def test_many_different_changes_are_told_as_one_with_examples(here: Path) -> None:
    raise_cap(here)
    zone = {"region": "经开区", "last_major_penalty": "none", "criminal_record": False, "dishonest_listed": False}
    zone["purchase_venue"] = "compliant_platform"
    sums = [10_100_000 + 100_000 * number for number in range(8)]
    lines = [json.dumps({"as_of": "2026-07-15", "profile": {**zone, "purchase_amount": yuan}}) for yuan in sums]

    done = run("diff", "HEAD", here, "--profiles", "-", "--examples", "2", text="\n".join(lines))

    start = done.lines.index("  金额：9 个，变化各不相同")
    assert done.lines[start + 1 : start + 4] == [
        "      tests/cases/own.yaml:1「采购额过上限」：100 万元 → 120 万元",
        "      标准输入:1：100 万元 → 101 万元",
        "      ……另有 7 个",
    ]


def test_profiles_may_come_by_a_pipe(here: Path) -> None:
    done = run("diff", "HEAD", here, "--profiles", "-", text='{"as_of": "2026-07-15", "profile": {}}')

    assert "2 个用例、1 份企业情况" in done.out


def test_machines_get_json_as_one_object_or_line_by_line(here: Path) -> None:
    raise_cap(here)

    whole = json.loads(diff("HEAD", ".", "--json").out)
    lines: list[dict[str, Any]] = [json.loads(line) for line in diff("HEAD", ".", "--jsonl").lines]

    assert lines == [*whole["content"], *whole["files"], *whole["outcomes"]]
    assert whole["compared"] == {"cases": 2, "profiles": 0, "unreadable": 0}
    assert whole["content"][0]["id"] == VOUCHER
    amounts = [line for line in whole["outcomes"] if line["respect"] == "amount"]
    assert [(line["clause"], line["old"]["value"]["exact"], line["new"]["value"]["exact"]) for line in amounts] == [
        (VOUCHER, 1000000, 1200000)
    ]


@pytest.mark.parametrize("name", ["templates/text/welcome.txt", "dialogs/notices.yaml"])
def test_what_belongs_to_another_version_of_the_program_does_not_stop_it(here: Path, name: str) -> None:
    lines = (here / name).read_text(encoding="utf-8").splitlines(keepends=True)
    if name.startswith("templates"):
        (here / name).unlink()
    else:
        (here / name).write_text("".join(lines[:-1]), encoding="utf-8")
    raise_cap(here)

    done = diff("HEAD", ".")

    assert "注意：. 的模板或固定答复现在的程序读不了，只比知识和其余对话" in done.lines
    assert "金额 100 万元 → 120 万元：1 个" in done.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("HEAD~9", "."), "没有 HEAD~9 这个文件夹；git 仓库里也没有 HEAD~9 这个版本"),
        (("--", "-x", "."), "没有 -x 这个文件夹；git 仓库里也没有 -x 这个版本"),
        (("knowledge", "."), "文件夹 knowledge 里没有 dialogs、knowledge、templates；git 仓库里也没有"),
        (("HEAD", ".", "--profiles", "none.jsonl"), "读不了 none.jsonl"),
        (("HEAD", ".", "--cases", "nowhere"), "找不到 nowhere"),
    ],
    ids=["revision", "dash", "folder", "profiles", "cases"],
)
@pytest.mark.usefixtures("here")
def test_what_cannot_be_compared_is_said_with_status_2(words: tuple[str, ...], told: str) -> None:
    done = run("diff", *words)

    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_a_revision_outside_of_a_repository_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_content(tmp_path))

    done = run("diff", "HEAD", ".")

    assert done.status == 2
    assert "没有 HEAD 这个文件夹；也不能当作 git 版本，因为当前文件夹不在 git 仓库里" in done.err


def test_a_revision_without_content_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "note").touch()
    git(tmp_path, "init", "-q")
    commit(tmp_path, "only a note")
    copy_content(tmp_path)
    monkeypatch.chdir(tmp_path)

    done = run("diff", "HEAD", ".")

    assert done.status == 2
    assert "版本 HEAD 里没有 dialogs、knowledge、templates" in done.err


def test_content_that_does_not_load_gives_its_problems(here: Path) -> None:
    replace_in(here, CLAUSES, ("kind: voucher", "kind: vouchr"))

    done = run("diff", "HEAD", ".")

    assert done.status == 2
    assert ". 的内容有问题，读不进来" in done.err
    assert "不能是「vouchr」；是不是想写 voucher" in done.err


def test_profiles_that_are_not_valid_are_all_named(here: Path) -> None:
    Path("p.jsonl").write_text(
        '{"profile": {"regoin": "经开区"}}\n{\n[]\n{"as_of": "x", "profile": {}}', encoding="utf-8"
    )

    done = run("diff", "HEAD", str(here), "--profiles", "p.jsonl")

    assert done.status == 2
    assert done.err.splitlines() == [
        "p.jsonl:1:1: 没有属性 regoin；是不是想写 region",
        "p.jsonl:2:1: 这一行不是 JSON",
        'p.jsonl:3:1: 应写成 {"as_of": "2026-07-15", "profile": {"region": "经开区"}}',
        "p.jsonl:4:1: as_of 应为 YYYY-MM-DD 格式的日期",
    ]


def test_what_an_editor_leaves_aside_is_no_change(here: Path) -> None:
    (here / "dialogs/commands.yaml~").write_text("old")
    (here / "dialogs/~$notices.yaml").write_text("mark")

    assert "内容没有改动。" in diff("HEAD", ".").lines
