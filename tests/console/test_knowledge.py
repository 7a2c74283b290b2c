"""The content as staff see it: documents with their terms, what the check finds, clauses by their words."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.console.documents import document_line
from bot.console.findings import Checker
from bot.console.knowledge import clause_line, find_clauses
from bot.content.loading import load_content
from bot.content.problems import Weight
from bot.policy.clauses import Batch, Document, Draft, InForce, NoTerm, Status, TitleYears
from bot.sessions.memory import MemoryStore
from tests.console.serving import Content, Staff, console, create_app
from tests.content.folders import copy_content
from tests.content_fixture import shipped_bundle
from tests.contracts.stores import Clock

DAY = date(2026, 11, 22)
DOCUMENT = Document("d", "某措施", "某措施", "某局", "zone", NoTerm())


@pytest.mark.parametrize(
    ("status", "sign", "state", "term"),
    [
        pytest.param(
            InForce(date(2025, 1, 1), date(2027, 12, 31)), "open", "现在有效", "2025-01-01 起，到 2027-12-31", id="open"
        ),
        pytest.param(InForce(None, DAY + timedelta(90)), "soon", "还有 90 天截止", "到 2027-02-20", id="soon"),
        pytest.param(InForce(None, DAY + timedelta(91)), "open", "现在有效", "到 2027-02-21", id="not so soon"),
        pytest.param(InForce(None, DAY), "soon", "今天截止", "到 2026-11-22", id="today"),
        pytest.param(InForce(None, DAY - timedelta(1)), "closed", "已经截止", "到 2026-11-21", id="over"),
        pytest.param(InForce(date(2026, 1, 1)), "open", "现在有效", "2026-01-01 起", id="without an end"),
        pytest.param(Batch(2026), "soon", "还有 39 天截止", "2026 年这一批", id="a batch"),
        pytest.param(
            TitleYears(2022, 2025), "closed", "已经截止", "2022 到 2025 年（标题里写的）", id="years of a title"
        ),
        pytest.param(Draft(), "draft", "征求意见稿", "还没有生效", id="a draft"),
        pytest.param(NoTerm(), "unsure", "要核实", "没有写期限", id="no term"),
    ],
)
def test_a_document_is_told_with_its_term_and_state(status: Status, sign: str, state: str, term: str) -> None:
    line = document_line(replace(DOCUMENT, status=status), DAY, 3)

    assert (line.sign, line.state, line.term, line.clauses) == (sign, state, term, 3)


async def test_the_documents_stand_with_those_in_front_that_end_soon(member: Staff, clock: Clock) -> None:
    clock.now = datetime(2027, 12, 1, tzinfo=UTC).timestamp()
    await member.log_in()

    words = (await member.open("/knowledge")).words

    assert words.index("还有 30 天截止") < words.index("征求意见稿") < words.index("已经截止")
    assert "北京经济技术开发区关于加快推进数据产业高质量发展的若干措施" in words


async def test_mistakes_in_the_folder_are_told_with_file_and_line(
    tmp_path: Path, kept: MemoryStore, clock: Clock
) -> None:
    folder = copy_content(tmp_path)
    content = Content(load_content(folder))
    terms = folder / "knowledge" / "terms.yaml"
    terms.write_text(terms.read_text(encoding="utf-8") + "unknown: 1\n", encoding="utf-8")
    async with console(create_app(kept, clock, content=content)) as staff:
        await staff.log_in()
        words = (await staff.open("/knowledge")).words

    assert "有 1 处写错，改好才会启用" in words
    assert f"knowledge/terms.yaml 第 {len(terms.read_text(encoding='utf-8').splitlines())} 行" in words


async def test_the_check_is_made_again_only_for_other_files_or_another_day(tmp_path: Path) -> None:
    checker = Checker(copy_content(tmp_path))

    first, again = await checker.check(DAY), await checker.check(DAY)
    another = await checker.check(date(2020, 1, 1))

    assert first is again
    assert {one.weight for one in first} == {Weight.NOTICE}
    assert another != first


@pytest.mark.parametrize(
    ("query", "reference"),
    [
        ("数据券", "经开区数据产业措施第 8 条"),
        ("bda-data-industry/8/data-voucher", "经开区数据产业措施第 8 条"),
        ("保险 保费", "经开区数据产业措施第 1 条"),
        ("数据资产入表能补多少钱", "第 1.1-2 项"),
    ],
)
async def test_clauses_are_found_by_words_with_their_reference(member: Staff, query: str, reference: str) -> None:
    page = await member.open(f"/search?q={query}")

    assert reference in page.words
    assert "文件里的编号" in page.words


@pytest.mark.parametrize("query", ["红烧肉怎么做", "%00%ff", "x" * 5_000])
async def test_nothing_found_is_told(member: Staff, query: str) -> None:
    page = await member.open(f"/search?q={query}")

    assert page.status == 200
    assert "没有找到" in page.words


async def test_of_a_document_all_clauses_are_shown(member: Staff) -> None:
    page = await member.open("/knowledge")
    counts = re.findall(r'href="/console(/search\?q=[^"]+)">看它的 (\d+) 条条款', page.text)

    assert len(counts) > 10
    for path, count in counts:
        shown = await member.open(path)

        assert f"找到 {count} 条" in shown.words


async def test_no_question_is_no_search(member: Staff) -> None:
    assert "可以写用户会问的话" in (await member.open("/search?q=%20")).words


async def test_many_clauses_have_pages(member: Staff) -> None:
    first, second = await member.open("/search?q=的&"), await member.open("/search?q=的&page=2")

    assert "第 1 页，共" in first.words
    assert "第 2 页，共" in second.words
    assert 'href="/console/search?q=%E7%9A%84&amp;page=1"' in second.text


def test_every_clause_is_told_whole_and_found_by_its_id() -> None:
    guide = shipped_bundle().guide
    for clause in guide.knowledge.clauses:
        line = clause_line(clause, guide, DAY)

        assert clause in find_clauses(clause.id, guide)
        assert line.title
        assert line.article
        assert line.grant
        assert line.contacts
