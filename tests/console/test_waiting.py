"""Who waits for a person: the list, one record, and its end."""

import re

import pytest

from bot.dialog.state import Exchange, State
from bot.policy.attributes import Profile
from bot.sessions.base import Parcel, SessionKey
from bot.sessions.codec import encode_state
from bot.sessions.memory import MemoryStore
from tests.console.serving import Staff, ref
from tests.contracts.stores import asking
from tests.fakes import NOW

NUMBER = "1234-5678"
SAID = "小巨人能拿多少 <b>钱</b>"
STATE = State(profile=Profile({"region": "经开区"}), exchanges=(Exchange(NOW, SAID, "最高 50 万元\n依据第 1 条"),))


async def hand_over(
    kept: MemoryStore, content: bytes = b"", channel: str = "wecom_single", number: str = NUMBER
) -> None:
    key = SessionKey(channel, "zhangsan")
    version = (await kept.load(key)).version
    await kept.commit(asking(version, number, content or encode_state(STATE), key))


async def test_nobody_waits(member: Staff) -> None:
    assert "现在没有等着转人工的" in (await member.open("/handoffs")).words


async def test_who_waits_is_listed_and_a_record_tells_all_that_is_needed(member: Staff, kept: MemoryStore) -> None:
    await hand_over(kept)

    listed = await member.open("/handoffs")
    record = await member.open(f"/handoffs/{ref(NUMBER)}")

    assert f"{NUMBER} 没有说到哪一项；记下 1 项情况" in listed.words
    for expected in (
        "企业微信账号 zhangsan",
        "注册地 经开区",
        SAID,
        "最高 50 万元 依据第 1 条",
        "30 天不说话",
        "2026-03-01 17:30",
    ):
        assert expected in record.words
    assert "<b>" not in record.text


async def test_what_is_done_is_gone_and_the_conversation_goes_on(member: Staff, kept: MemoryStore) -> None:
    await hand_over(kept)
    record = await member.open(f"/handoffs/{ref(NUMBER)}")

    done = await member.send(f"/handoffs/{ref(NUMBER)}/done", token=record.token)
    again = await member.send(f"/handoffs/{ref(NUMBER)}/done", token=record.token)

    assert "办完，已经删除" in done.words
    assert "已经不在了" in again.words
    assert await kept.hand_offs() == ()
    assert (await kept.load(SessionKey("wecom_single", "zhangsan"))).state is not None


async def test_a_record_that_can_not_be_read_is_told(member: Staff, kept: MemoryStore) -> None:
    await hand_over(kept, b"damaged", "web")

    assert "读不出来了" in (await member.open("/handoffs")).words
    record = await member.open(f"/handoffs/{ref(NUMBER)}")
    assert "没有留账号" in record.words
    assert "读不出来了" in record.words


async def test_no_address_has_a_number_or_an_id(member: Staff, kept: MemoryStore) -> None:
    await hand_over(kept)
    await kept.outbox.post([Parcel("wecom:zhangsan:1", "wecom", "zhangsan", b"")])
    await kept.outbox.bury("wecom:zhangsan:1", "why")
    for path in (
        "/handoffs",
        f"/handoffs/{ref(NUMBER)}",
        "/undelivered",
        f"/undelivered/drop?ref={ref('wecom:zhangsan:1')}",
    ):
        page = await member.open(path)

        assert page.status == 200
        named = re.findall(r'(?:href|action)="([^"]*)"', page.text)
        assert not [one for one in named if NUMBER in one or "zhangsan" in one]


@pytest.mark.parametrize("number", ["0000-0000", NUMBER, "x", "<b>", "%00"])
async def test_a_number_that_there_is_not_leads_to_the_list(member: Staff, number: str) -> None:
    page = await member.open(f"/handoffs/{number}")

    assert page.path == "/console/handoffs"
    assert "已经不在了" in page.words
