"""The digest of a group: what it says, when it is due, and that it is said once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import aiohttp
import pytest

from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.digest import Told, compose, load_told
from bot.channels.dingtalk.digest_door import BEIJING, DIGEST, DigestDoor, DigestRobot, Timetable, read_timetable
from bot.outbox import Refused, Sent
from bot.policy.clauses import Knowledge
from bot.sessions.base import Parcel, Store
from bot.sessions.memory import MemoryStore
from tests.content_fixture import shipped_bundle
from tests.simulators.dingtalk import DingTalk, HandClock
from tests.simulators.dingtalk.webhooks import SEND_PATH, CustomRobot

DAY = date(2026, 11, 23)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)
SECRET = "SEC0001"
POLICY = "bda-data-industry"


def knowledge() -> Knowledge:
    return shipped_bundle().guide.knowledge


def all_told(knowledge: Knowledge) -> Told:
    return Told(frozenset(clause.id for clause in knowledge.clauses))


def without_one() -> tuple[Knowledge, Told]:
    """The knowledge, and a group that does not know all of one document."""
    full = knowledge()
    fresh = [clause.id for clause in full.clauses if clause.policy.id == POLICY and clause.is_claimable][:2]
    return full, Told(all_told(full).clauses - set(fresh))


def test_to_a_group_that_was_never_told_anything_nothing_is_new() -> None:
    digest = compose(knowledge(), None, DAY)

    assert digest.text == ""
    assert digest.told == all_told(knowledge())


def test_what_is_new_is_told_with_its_document_and_its_state() -> None:
    full, told = without_one()

    text = compose(full, told, DAY).text

    assert text.startswith("政策提醒，截至 2026-11-23")
    assert "【新收录】\n· 经开区数据产业措施，2 项：" in text
    assert "快到期" not in text


def test_a_draft_that_is_new_is_called_a_draft() -> None:
    full = knowledge()
    drafts = {clause.id for clause in full.clauses if clause.policy.id == "tongzhou-data-industry-draft"}

    text = compose(full, Told(all_told(full).clauses - drafts), DAY).text

    assert "征求意见" in text
    assert "截至 2026-11-23" in text


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2027, 10, 31), ""),
        (date(2027, 11, 1), "执行到 2027-12-31，还有 60 天"),
        (date(2027, 12, 31), "执行到 2027-12-31，今天是最后一天"),
        (date(2028, 1, 1), ""),
    ],
    ids=str,
)
def test_a_term_is_spoken_of_when_it_is_about_to_end(on: date, expected: str) -> None:
    text = compose(knowledge(), all_told(knowledge()), on).text

    assert expected in text
    assert bool(text) == bool(expected)


def test_a_term_is_spoken_of_once_at_each_horizon() -> None:
    told, spoken = all_told(knowledge()), []
    for days in range(70, -1, -1):
        on = date(2027, 12, 31) - timedelta(days=days)
        digest = compose(knowledge(), told, on)
        told = digest.told
        spoken += [days] if digest.text else []

    assert spoken == [60, 30, 7]


def test_what_a_group_was_told_is_kept() -> None:
    told = Told(frozenset({"a", "b"}), {"d": 30})

    assert load_told(told.dump()) == told
    assert load_told(None) is None
    assert load_told(b"{") is None


@pytest.mark.parametrize(
    ("when", "timetable"),
    [
        ("每天 09:00", Timetable(None, 9, 0)),
        ("每日8:05", Timetable(None, 8, 5)),
        ("每周一 09：30", Timetable(0, 9, 30)),
        ("每周日 23:59", Timetable(6, 23, 59)),
        ("每周天 00:00", Timetable(6, 0, 0)),
    ],
    ids=str,
)
def test_a_timetable_is_read_from_plain_words(when: str, timetable: Timetable) -> None:
    assert read_timetable(when) == timetable


@pytest.mark.parametrize("minutes", [0, 1, 60 * 24 * 7 - 1], ids=str)
def test_the_last_time_is_never_after_now(minutes: int) -> None:
    now = (MONDAY + timedelta(minutes=minutes)).astimezone(UTC)

    assert Timetable(0, 9, 0).last_before(now) == MONDAY
    assert timedelta() <= now - Timetable(None, 9, 0).last_before(now) < timedelta(days=1)


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(clock=HandClock(int(MONDAY.timestamp() * 1000))) as platform:
        yield platform
        assert platform.violations == []


@pytest.fixture
def robot(dingtalk: DingTalk) -> CustomRobot:
    return dingtalk.group("数据要素群").custom_robot(SECRET)


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def door(dingtalk: DingTalk, robot: CustomRobot, client: aiohttp.ClientSession, store: Store) -> DigestDoor:
    group = DigestRobot(robot.url, robot.secret, Timetable(0, 9, 0), dingtalk.url)
    clock = dingtalk.platform.clock
    return DigestDoor(group, store, Caller(client), knowledge, lambda: datetime.fromtimestamp(clock.now() / 1000, UTC))


async def told_already(store: Store) -> None:
    await store.board.write_note("dingtalk:digest:told", without_one()[1].dump(), 1_000)


async def test_the_digest_arrives_once_signed_and_under_its_own_name(
    dingtalk: DingTalk, robot: CustomRobot, client: aiohttp.ClientSession
) -> None:
    store = MemoryStore()
    await told_already(store)
    first, second = (door(dingtalk, robot, client, store) for _ in range(2))

    await first.look()
    await second.look()
    (parcel,) = [one.parcel for one in await store.outbox.waiting()]
    outcomes = [await first.send(parcel, attempt) for attempt in range(2)]
    dingtalk.platform.clock.advance(60)  # type: ignore[attr-defined]
    await first.look()

    (message,) = dingtalk.group("数据要素群").replies
    assert outcomes == [Sent(), Sent()]
    assert message.title == "政策提醒，截至 2026-11-23"
    assert "**【新收录】**" in message.text
    assert len(await store.outbox.waiting()) == 1
    assert robot.url not in parcel.content.decode()


async def test_nothing_is_sent_when_there_is_nothing_to_tell(
    dingtalk: DingTalk, robot: CustomRobot, client: aiohttp.ClientSession
) -> None:
    store = MemoryStore()

    await door(dingtalk, robot, client, store).look()
    dingtalk.platform.clock.advance(7 * 86_400)  # type: ignore[attr-defined]
    await door(dingtalk, robot, client, store).look()

    assert await store.outbox.waiting() == ()


async def test_a_time_that_was_missed_by_hours_is_left_out(
    dingtalk: DingTalk, robot: CustomRobot, client: aiohttp.ClientSession
) -> None:
    store = MemoryStore()
    await told_already(store)
    dingtalk.platform.clock.advance(7 * 3_600)  # type: ignore[attr-defined]

    await door(dingtalk, robot, client, store).look()

    assert await store.outbox.waiting() == ()


async def test_a_digest_keeps_within_twenty_a_minute_and_knows_its_own_address(
    dingtalk: DingTalk, robot: CustomRobot, client: aiohttp.ClientSession
) -> None:
    one = door(dingtalk, robot, client, MemoryStore())
    outcomes = [await one.send(Parcel(f"d{number}", DIGEST, "", b'{"text":"x"}'), 0) for number in range(22)]
    elsewhere = replace(robot, url="https://evil.example/robot/send?access_token=x")

    refused = await door(dingtalk, elsewhere, client, MemoryStore()).send(Parcel("d", DIGEST, "", b"{}"), 0)

    assert [type(outcome).__name__ for outcome in outcomes] == ["Sent"] * 20 + ["PutOff"] * 2
    assert isinstance(refused, Refused)
    assert len(dingtalk.calls(SEND_PATH)) == 20
