"""What looks like a mistake and is none: nothing is said of it."""

from pathlib import Path

import pytest

from tests.content.folders import copy_content
from tests.content.reviewing import say_of

BAD = "knowledge/clauses/bad.yaml"
HEAD = """    summary: 测试
    kind: award
    contacts: digest-publisher
"""


def clause(part: str, body: str) -> str:
    return f"  - article: bad\n    part: {part}\n    title: 测试 {part} 项\n{HEAD}{body}"


CASES = {
    "tiers of which the better is known": clause(
        "a",
        "    conditions: [{insurance_premium: '> 10万'}]\n"
        "    benefit: {tiers: [{when: [{insurance_premium: '> 10万'}], fixed: 1万},"
        " {when: [{insurance_premium: '> 20万'}], fixed: 2万}]}\n    evidence: [10万元，20万元，1万元，2万元]\n",
    ),
    "tiers that meet at a value": clause(
        "a",
        "    benefit: {tiers: [{when: [{insurance_premium: '< 10万'}], fixed: 1万},"
        " {when: [{insurance_premium: '>= 10万'}], fixed: 2万}]}\n    evidence: [10万元，1万元，2万元]\n",
    ),
    "clauses of an article for different enterprises": clause(
        "a", "    conditions: [{insurance_premium: '> 10万'}, {high_tech: true}]\n    evidence: [10万元]\n"
    )
    + clause("b", "    conditions: [{insurance_premium: '< 10万'}, {high_tech: false}]\n    evidence: [10万元]\n"),
    "clauses of an article for ranks that follow each other": clause(
        "a", "    conditions: [{specialized_tier: specialized}]\n"
    )
    + clause("b", "    conditions: [{specialized_tier: little_giant}]\n"),
    "a bound taken in by its words": clause(
        "a",
        "    conditions: [{insurance_premium: '>= 1亿', say: 突破 1 亿元（含）}]\n    evidence: [突破1亿元（含）]\n",
    ),
    "years that are not full": clause(
        "a", "    conditions: [{facility_years_supported: '< 3', say: 还不满三年}]\n    evidence: [不超过三年]\n"
    ),
    "a ceiling as large as the threshold": clause(
        "a",
        "    conditions: [{insurance_premium: '> 10万', say: 超过 10 万元}]\n    benefit: {ceiling: 10万}\n"
        "    evidence: [最高不超过10万元]\n",
    ),
    "alternatives of which two may hold": clause(
        "a", "    conditions: [{any: [{high_tech: true}, {specialized_tier: '>= specialized'}]}]\n"
    ),
    "a contrary beside its alternative": clause(
        "a",
        "    conditions: [{any: [{high_tech: true}, {specialized_tier: little_giant}]},"
        " {not: {specialized_tier: innovative}}]\n",
    ),
    "titles that differ in a word": clause("国际", "") + clause("国内", ""),
}


@pytest.mark.parametrize("clauses", CASES.values(), ids=CASES)
def test_nothing_is_said(clauses: str, tmp_path: Path) -> None:
    text = "document: digest-2024\nclauses:\n" + clauses

    assert say_of(copy_content(tmp_path, {BAD: text.encode()})) == []
