"""Reminders on what no single bad file can show: something left over, or two things that don't go together."""

from pathlib import Path

import pytest

from tests.content.folders import copy_content
from tests.content.reviewing import DAY, all_lines, say_of

FILES = {
    "attributes": "knowledge/attributes.yaml",
    "contacts": "knowledge/contacts.yaml",
    "documents": "knowledge/documents.yaml",
    "flow": "dialogs/flow.yaml",
    "notices": "dialogs/notices.yaml",
    "questions": "dialogs/questions.yaml",
}
NEW_ATTRIBUTE = "attributes:\n  listed_company:\n    type: bool\n    label: 上市公司\n"
NEW_TOPIC = "topics:\n  - {id: listing, label: 上市, attributes: [listed_company]}\n"
NEW_QUESTION = "questions:\n  listed_company: {prompt: 上市了吗？, why: 有用。}\n"
NEW_DOCUMENT = """documents:
  - {id: new, title: 新文件, short_title: 新文件, issuer: 某局, level: zone, status: draft, contacts: [bda-it]}
"""
LONELY_RULE = """  exclusions:
    - {id: lonely, clauses: [bda-data-industry/8/data-voucher], say: 只有一项, source: 第 8 条}
"""


def edited(folder: Path, *edits: tuple[str, str, str]) -> Path:
    """The shipped content with passages of its files replaced."""
    content = copy_content(folder)
    for file, old, new in edits:
        path = content / FILES[file]
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return content


ATTRIBUTE = ("attributes", "attributes:\n", NEW_ATTRIBUTE)
TOPIC = ("flow", "topics:\n", NEW_TOPIC)
QUESTION = ("questions", "questions:\n", NEW_QUESTION)
CASES = {
    "attribute that no clause uses": ([ATTRIBUTE], "提醒：attributes.listed_company: 没有条款用到 listed_company"),
    "topic that no clause needs": ([ATTRIBUTE, TOPIC, QUESTION], "提醒：topics.0: 话题「上市」没有条款用到"),
    "attribute of the flow that no clause uses": (
        [ATTRIBUTE, QUESTION, ("flow", "direct: [", "direct: [listed_company, ")],
        "提醒：direct.0: 流程里有 listed_company，但没有条款用到它",
    ),
    "question that nothing needs": ([ATTRIBUTE, QUESTION], "提醒：questions.listed_company: 没有地方会问"),
    "limit whose words say another sum": (
        [("documents", "每家企业每年合计最高 50 万元", "每家企业每年合计最高 60 万元")],
        "提醒：combining.limits.0.say: 这里的话没有说 cap 的 50 万元",
    ),
    "contact that nothing uses": (
        [("contacts", "contacts:\n", "contacts:\n  - {id: new, name: 某局, source: 某文}\n")],
        "提醒：contacts.0.id: 没有条款或文件用到 new（某局）",
    ),
    "contact without a source": (
        [("contacts", "contacts:\n", "contacts:\n  - {id: new, name: 某局}\n")],
        "提醒：contacts.0: 某局 没有写出处",
    ),
    "document without a clause": (
        [("documents", "documents:\n", NEW_DOCUMENT)],
        "提醒：documents.0.id: 新文件 没有条款",
    ),
    "rule over a single clause": (
        [("documents", "  exclusions:\n", LONELY_RULE)],
        "提醒：combining.exclusions.0.clauses: 规则 lonely 只管一项",
    ),
    "question asked in two places": (
        [("flow", "direct: [", "direct: [region, ")],
        "提醒：direct.0: region 前面已经写过",
    ),
    "two topics of one name": (
        [("flow", "label: 采购数据产品", "label: 买了科技保险")],
        "提醒：topics.1.label: 话题「买了科技保险」有两个",
    ),
    "two options of one value": (
        [("questions", "{value: 通州区,", "{value: 经开区,")],
        "提醒：questions.region.choices.1: 选项「通州区（城市副中心）」和前面的重复",
    ),
    "two options of one name": (
        [("questions", "label: 通州区（城市副中心）", "label: 经开区（亦庄）")],
        "提醒：questions.region.choices.1: 选项「经开区（亦庄）」和前面的重复",
    ),
    "value without an option": (
        [("questions", "      - {value: 通州区, label: 通州区（城市副中心）}\n", "")],
        "提醒：questions.region.choices: 没有选项能选通州区",
    ),
    "limit of nought": (
        [("documents", "cap: 50万\n      say: 科技", "cap: 0\n      say: 科技")],
        "combining.limits.0.cap: 不能小于 1",
    ),
    "scope that contradicts itself": (
        [
            (
                "documents",
                "    scope:\n      - any:\n",
                "    scope:\n      - region: 海淀区\n      - region: 通州区\n      - any:\n",
            )
        ],
        "scope.1.region: 互相矛盾，没有企业能同时满足「注册地为海淀区」和「注册地为通州区」",
    ),
    "telephone after its word": (
        [("notices", "  greet: 您好！", "  greet: 您好！电话：87654321。")],
        "notices.greet: 「87654321」像是电话",
    ),
    "telephone in a notice": (
        [("notices", "  greet: 您好！", "  greet: 您好！打 010-87654321。")],
        "notices.greet: 「010-87654321」像是电话",
    ),
}


@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_what_is_left_over_or_out_of_place_is_said(
    edits: list[tuple[str, str, str]], expected: str, tmp_path: Path
) -> None:
    lines = say_of(edited(tmp_path, *edits))

    assert [line for line in lines if expected in line], lines


def test_an_attribute_that_is_kept_on_purpose_is_no_reminder(tmp_path: Path) -> None:
    kept = ("attributes", "attributes:\n", NEW_ATTRIBUTE + "    kept_for: 以后要用\n")

    assert [line for line in say_of(edited(tmp_path, kept, TOPIC, QUESTION)) if "listed_company" in line] == []


def test_the_shipped_content_has_nothing_to_be_reminded_of(tmp_path: Path) -> None:
    assert say_of(copy_content(tmp_path)) == []


def test_a_document_that_is_over_is_only_a_notice(tmp_path: Path) -> None:
    lines = all_lines(copy_content(tmp_path), DAY.replace(year=2028))

    over = [line for line in lines if "已经过期" in line]
    assert any("经开区数据产业措施 到 2028-07-15 已经过期" in line for line in over)
    assert all("提示：" in line for line in over)
