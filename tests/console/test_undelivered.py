"""Messages that were given up: read, sent again, dropped."""

import re
from pathlib import Path

import pytest

from bot.backup.sqlite import HELD_BACK
from bot.console.reasons import UNKNOWN, reason_of
from bot.sessions.base import Parcel
from bot.sessions.memory import MemoryStore
from tests.console.serving import Staff, ref

ROOT = Path(__file__).resolve().parents[2]
SECRET = "您可以申领"
ODD = 'x"<b>&?=+ 50%:0'


async def give_up(kept: MemoryStore, *ids: str, why: str = "receiver 60111", door: str = "wecom") -> None:
    for one in ids:
        await kept.outbox.post([Parcel(one, door, f"user of {one}", SECRET.encode())])
        await kept.outbox.bury(one, why)


async def left(kept: MemoryStore) -> dict[str, bool]:
    """What is kept, and whether it is dead."""
    return {one.parcel.id: one.is_dead for one in await kept.outbox.waiting()}


async def test_nothing_undelivered_is_told(member: Staff) -> None:
    assert "没有没送到的消息。" in (await member.open("/undelivered")).words


async def test_a_message_is_told_with_its_reason_and_nothing_of_what_it_says(member: Staff, kept: MemoryStore) -> None:
    await give_up(kept, "m1:0")
    await kept.outbox.post([Parcel("m2:0", "wecom", "lisi", SECRET.encode())])

    page = await member.open("/undelivered")

    for expected in ("找不到这个人", "加进应用的可见范围", "企业微信应用", "user of m1:0", "m1:0", "receiver 60111"):
        assert expected in page.words
    assert "另有 1 条正等着发" in page.words
    assert "lisi" not in page.text
    assert SECRET not in page.text


@pytest.mark.parametrize("name", ["m1:0", ODD])
async def test_a_message_is_sent_again(member: Staff, kept: MemoryStore, name: str) -> None:
    await give_up(kept, name, "m2:0")
    page = await member.open("/undelivered")

    done = await member.send("/undelivered/retry", token=page.token, ref=ref(name))

    assert "马上再发" in done.words
    assert await left(kept) == {name: False, "m2:0": True}


@pytest.mark.parametrize("name", ["m1:0", ODD])
async def test_a_message_is_dropped_once_the_loss_was_shown(member: Staff, kept: MemoryStore, name: str) -> None:
    await give_up(kept, name, "m2:0")
    page = await member.open("/undelivered")
    link = re.findall(r'href="/console(/undelivered/drop\?ref=[^"]*)"', page.text)[0]

    asked = await member.open(link)
    before = await left(kept)
    hidden = dict(re.findall(r'name="(ref|token)" value="([^"]*)"', asked.text))
    done = await member.send("/undelivered/drop", token=hidden["token"], ref=hidden["ref"])

    assert "对方永远收不到，也找不回来" in asked.words
    assert name in before
    assert "已经放弃" in done.words
    assert await left(kept) == {"m2:0": True}


async def test_what_still_waits_is_not_touched(member: Staff, kept: MemoryStore) -> None:
    await kept.outbox.post([Parcel("m1:0", "wecom", "lisi", b"")])
    token = (await member.open()).token

    for path in ("/undelivered/retry", "/undelivered/drop"):
        assert "已经不在这里了" in (await member.send(path, token=token, ref=ref("m1:0"))).words
    assert "已经不在这里了" in (await member.open(f"/undelivered/drop?ref={ref('m1:0')}")).words
    assert await left(kept) == {"m1:0": False}


async def test_all_are_sent_again_together(member: Staff, kept: MemoryStore) -> None:
    await give_up(kept, "m1:0", "m2:0", "m3:0")
    page = await member.open("/undelivered")

    await member.send("/undelivered/retry", token=page.token, all="1")

    assert await left(kept) == {"m1:0": False, "m2:0": False, "m3:0": False}


async def test_all_are_dropped_only_as_many_as_were_shown(member: Staff, kept: MemoryStore) -> None:
    await give_up(kept, "m1:0", "m2:0")
    asked = await member.open("/undelivered/drop?all=1")
    await give_up(kept, "m3:0")

    again = await member.send("/undelivered/drop", token=asked.token, all="2")
    before = await left(kept)
    done = await member.send("/undelivered/drop", token=again.token, all="3")

    assert "放弃全部 3 条消息？" in again.words
    assert len(before) == 3
    assert "已经放弃" in done.words
    assert await left(kept) == {}


@pytest.mark.parametrize(
    ("wanted", "number"), [("1", 1), ("3", 3), ("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("9" * 5_000, 1)]
)
async def test_a_long_list_has_pages(member: Staff, kept: MemoryStore, wanted: str, number: int) -> None:
    await give_up(kept, *(f"m{n:02}:0" for n in range(45)))

    page = await member.open(f"/undelivered?page={wanted}")

    assert f"第 {number} 页，共 3 页" in page.words
    shown = re.findall(r">(m\d\d:0)<", page.text)
    assert shown == [f"m{n:02}:0" for n in range(45)][20 * (number - 1) : 20 * number]


async def test_a_page_stays_open_after_one_of_it_was_sent_again(member: Staff, kept: MemoryStore) -> None:
    await give_up(kept, *(f"m{n:02}:0" for n in range(45)))
    page = await member.open("/undelivered?page=2")

    done = await member.send("/undelivered/retry", token=page.token, ref=ref("m25:0"), page="2")

    assert "第 2 页，共 3 页" in done.words


def refusals() -> set[str]:
    """Every reason for which the code of a channel gives a message up, as far as it stands there in full."""
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot/channels").rglob("*.py")))
    return set(re.findall(r'(?:(?<!Callback)Refused|PutOff)\("([^"]+)"', code))


@pytest.mark.parametrize(
    "why",
    sorted(
        refusals()
        | {
            HELD_BACK,
            "no answer in time",
            "TimeoutError",
            "ClientConnectorError",
            "retry -2",
            "config 60020",
            "bug 40058",
        }
        | {
            "status 503",
            "status 401 code x",
            "code 130101",
            "banned",
            "sealed with a key that is not set",
            "stale 42001",
        }
        | {"expired 60140", "limit 95001", "rate 45009", "unlicenseduser", "invaliduser"}
    ),
)
def test_every_reason_that_the_program_gives_has_words(why: str) -> None:
    assert reason_of(why) != UNKNOWN


@pytest.mark.parametrize("why", ["", "permanent 99999", "KeyError", "<b>"])
def test_a_reason_that_nobody_knows_is_to_be_looked_up(why: str) -> None:
    assert reason_of(why) == UNKNOWN
