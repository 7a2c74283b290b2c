"""A real git repository with content in it, made in a folder of the test."""

import subprocess
from pathlib import Path

from tests.content.folders import copy_content

CLAUSES = "knowledge/clauses/bda-data-industry.yaml"
WHO = ("-c", "user.name=clerk", "-c", "user.email=clerk@example.org", "-c", "commit.gpgsign=false")
CASES = """- name: 采购额过上限
  on: 2026-06-01
  given: {region: 经开区, last_major_penalty: none, criminal_record: false, dishonest_listed: false, \
purchase_amount: 1347万, purchase_venue: compliant_platform}
  expect: {bda-data-industry/8/data-voucher: {exact: 100万}}
- name: 丰台的企业
  on: 2026-06-01
  given: {region: 丰台区}
  expect: {bda-data-industry/8/data-voucher: not_eligible}
"""


def git(folder: Path, *words: str) -> str:
    """Run git in a folder; what it prints."""
    command = ["git", "-C", str(folder), *WHO, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def make_repository(folder: Path, inner: str = ".") -> Path:
    """A repository with one commit of the shipped content and two cases; the folder of the content."""
    content = folder / inner
    content.mkdir(parents=True, exist_ok=True)
    copy_content(content)
    (content / "tests" / "cases").mkdir(parents=True)
    (content / "tests" / "cases" / "own.yaml").write_text(CASES, encoding="utf-8")
    git(folder, "init", "-q")
    commit(folder, "first")
    return content


def commit(folder: Path, message: str) -> None:
    """Everything in the folder as a commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def replace_in(content: Path, name: str, *pairs: tuple[str, str]) -> None:
    """Put words in place of others in a file of the content; all of them have to be there."""
    text = (content / name).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (content / name).write_text(text, encoding="utf-8")


def raise_cap(content: Path) -> None:
    """A clerk's edit: the cap of the data voucher becomes 120万."""
    replace_in(
        content,
        CLAUSES,
        ("of: purchase_amount, cap: 100万", "of: purchase_amount, cap: 120万"),
        ("年度补贴最高不超过100万元", "年度补贴最高不超过120万元"),
    )
