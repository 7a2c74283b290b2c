"""Conversations as a clerk writes them: an answer that is not as written is told at the phrase."""

from pathlib import Path

import pytest

from bot.cases.running import Report, read_suite, run_suite
from tests.content_fixture import shipped_bundle


def report_of(folder: Path, *lines: str) -> Report:
    path = folder / "talk.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return run_suite(read_suite([path], shipped_bundle().guide), shipped_bundle())


def told(report: Report) -> list[str]:
    return [str(problem).split("talk.yaml:")[-1] for problem in (*report.suite.problems, *report.failures)]


def test_what_is_missing_or_should_not_be_there_is_told_at_the_phrase(tmp_path: Path) -> None:
    report = report_of(
        tmp_path,
        "- name: 试试",
        "  turns:",
        '    - {say: "亦庄", shows: [经开区, 火星], hides: [专精特新]}',
        "  knows: {region: 海淀区}",
        "  knows_not: [region]",
        "  waits_for: region",
    )

    lines = told(report)

    assert lines[0].startswith("1:3: 对话「试试」结束时: 不该知道注册地（region），实际是经开区")
    assert lines[1].startswith("1:3: 对话「试试」结束时: 应在等 region 的回答，实际在等 specialized_tier")
    assert lines[2].startswith("1:3: 对话「试试」结束时: 注册地（region）应为海淀区，实际是经开区")
    assert lines[3].startswith("3:32: 对话「试试」第 1 句: 答复里应有「火星」，实际没有；说「亦庄」，答的是「")
    assert lines[4].startswith("3:45: 对话「试试」第 1 句: 答复里不该有「专精特新」")
    assert report.summary() == "共 0 个用例、1 段对话，1 个没通过"


def test_a_conversation_that_goes_as_written_passes(tmp_path: Path) -> None:
    report = report_of(
        tmp_path,
        "- name: 一块儿说",
        "  on: 2026-10-12",
        '  turns: [{say: "我们在亦庄，国家级小巨人", shows: 经开区}, {say: 科技保险交了53万, shows: [53 万元]}]',
        "  knows: {region: 经开区, insurance_premium: 53万}",
        "  knows_not: [high_tech]",
        "  waits_for: first_registration",
    )

    assert told(report) == []


def test_everything_misspelt_in_a_conversation_is_told_at_once(tmp_path: Path) -> None:
    report = report_of(
        tmp_path,
        "- name: 写坏",
        "  channel: wecom_singel",
        "  turns: [{say: 你好, show: [经开区]}]",
        "- name: 再坏",
        "  channel: wecom_singel",
        "  turns: [{say: 你好}]",
        "  knows: {regoin: 经开区}",
        "  knows_not: [hightech]",
        "  waits_for: regin",
        "- {name: 空的, turns: []}",
    )

    assert told(report) == [
        "3:21: 0.turns.0.show: 不认识的键；是不是想写 shows",
        "5:3: 1.channel: 没有渠道 wecom_singel；是不是想写 wecom_single",
        "7:11: 1.knows.regoin: 没有属性 regoin；是不是想写 region",
        "8:15: 1.knows_not.0: 没有属性 hightech；是不是想写 high_tech",
        "9:3: 1.waits_for: 没有问题 regin；是不是想写 region",
        "10:14: 2.turns: 不能是空的；每一句写成「- say: 用户说的话」",
    ]


def test_a_turn_that_cannot_be_done_is_a_failure_of_its_conversation_only(tmp_path: Path) -> None:
    report = report_of(
        tmp_path,
        "- name: 甲",
        '  turns: [{say: 你好}, {say: "[[silence:999999999d]]"}]',
        "- name: 乙",
        "  turns: [{say: 你好, shows: 注册地}]",
    )

    assert told(report) == ["1:3: 对话「甲」: 时间超出了日历"]


@pytest.mark.parametrize("waits_for", ["topics", "premises", "none"])
def test_the_joint_questions_have_names_of_their_own(tmp_path: Path, waits_for: str) -> None:
    report = report_of(tmp_path, "- name: 甲", "  turns: [{say: 你好}]", f"  waits_for: {waits_for}")

    assert told(report) == [f"1:3: 对话「甲」结束时: 应在等 {waits_for} 的回答，实际在等 region"]
