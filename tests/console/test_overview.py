"""The first page: what staff see of how things stand."""

from datetime import UTC, datetime
from pathlib import Path

from bot.content.problems import Problem
from bot.content.status import ContentStatus, Refused
from bot.metrics import Metrics
from bot.observing import Ending, Mark, TurnEvent
from bot.sessions.base import Parcel
from bot.sessions.memory import MemoryStore
from tests.console.serving import Content, Staff, console, create_app
from tests.contracts.stores import KEY, Clock, asking, create_store, turn

THEN = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def event(channel: str, ending: Ending, *marks: Mark) -> TurnEvent:
    return TurnEvent(channel, "c1", ending, 0.1, (), frozenset(marks), "v1")


async def test_the_content_in_use_is_named_with_its_time(member: Staff) -> None:
    words = (await member.open()).words

    assert "份文件" in words
    assert "改好文件会自动启用" in words
    assert "开着：网页聊天。" in words
    assert "能读能写" in words


async def test_what_ends_soon_is_told_on_the_first_page(member: Staff, clock: Clock) -> None:
    assert "还有" not in (await member.open()).words

    clock.now = datetime(2027, 12, 1, tzinfo=UTC).timestamp()
    await member.log_in()

    assert "还有 30 天截止 北京经济技术开发区关于加快推进数据产业高质量发展的若干措施" in (await member.open()).words


async def test_an_edit_that_was_refused_is_told_with_every_place(kept: MemoryStore, clock: Clock) -> None:
    content = Content()
    problems = tuple(Problem("knowledge/terms.yaml", n, 3, f"terms.{n}", f"写错了 {n}", "改一改") for n in range(1, 25))
    content.status = ContentStatus("abc", THEN, Refused("def", problems, THEN))
    async with console(create_app(kept, clock, content=content)) as staff:
        words = (await staff.log_in()).words

    assert "新改的内容有 24 处写错，没有启用" in words
    assert "2026-11-22 09:30 发现的" in words
    assert "knowledge/terms.yaml 第 20 行，terms.20" in words
    assert "第 21 行" not in words
    assert "还有 4 处" in words


async def test_conversations_messages_and_who_waits_are_counted(member: Staff, kept: MemoryStore, clock: Clock) -> None:
    await kept.commit(turn(0))
    clock.pass_days(3)
    await member.log_in()
    await kept.commit(asking(1, "1234-5678", b"x"))
    await kept.outbox.post([Parcel(f"m{n}:0", "wecom", f"user{n}", b"secret text") for n in range(3)])
    await kept.outbox.bury("m1:0", "receiver 60111")

    page = await member.open()

    assert "1 条没送到 1 人在等人工 1 段对话，最近一天 1 段对话，最近七天" in page.words
    assert "企业微信应用 2 1 2027-01-18" in page.words
    assert "secret text" not in page.text


async def test_what_answers_came_to_is_counted_over_all_channels(kept: MemoryStore, clock: Clock) -> None:
    metrics = Metrics()
    for channel in ("web", "wecom_single"):
        metrics.count_event(event(channel, Ending.ANSWERED, Mark.NOT_UNDERSTOOD))
        metrics.count_event(event(channel, Ending.ANSWERED))
    metrics.count_event(event("web", Ending.FAILED))
    async with console(create_app(kept, clock, metrics=metrics)) as staff:
        words = (await staff.log_in()).words

    assert "答了几句 4 4" in words
    assert "没听懂 2 2 50%" in words
    assert "没有答成 1 1" in words
    assert "问了，知识库里没有 0 0 多了" in words


async def test_a_store_that_is_gone_is_told_in_its_own_words(tmp_path: Path, clock: Clock) -> None:
    store, metrics = create_store("sqlite", tmp_path, clock), Metrics()
    await store.open()
    await store.commit(turn(0, key=KEY))
    async with console(create_app(store, clock, metrics=metrics)) as staff:
        await staff.log_in()
        await store.close()
        page = await staff.open()

    assert page.status == 200
    assert "保存对话的地方现在用不了：" in page.words
    assert "请马上告诉管服务器的同事" in page.words
    assert "正在用的内容" in page.words
    assert metrics.totals("policybot_store_errors_total", "part")["console"] == 1
