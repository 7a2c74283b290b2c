"""The simulated API of the app: tokens, and troubles on order."""

import asyncio

import aiohttp
import pytest

from tests.simulators.wecom_client import Met, send


async def test_tokens_are_the_same_while_alive_and_end(met: Met) -> None:
    wecom, client = met
    wecom.member("zhangsan")
    secret = wecom.platform.accounts.secret
    first = client.token
    again = (await client.get_token(secret))["access_token"]

    wecom.tokens.revoke()
    revoked = await send(met)
    await client.get_token(secret)
    wecom.clock.advance(7200)
    expired = await send(met)
    await client.get_token(secret)
    fine = await send(met)

    assert first == again != client.token
    assert (revoked["errcode"], expired["errcode"], fine["errcode"]) == (40014, 42001, 0)
    assert wecom.violations == []


@pytest.mark.parametrize(
    ("query", "errcode"),
    [({"corpid": "ww1", "corpsecret": "x"}, 40013), ({"corpid": "ww00000000000000ab", "corpsecret": "x"}, 40001)],
)
async def test_wrong_credentials_get_no_token(met: Met, query: dict[str, str], errcode: int) -> None:
    wecom, _ = met
    url = f"{wecom.url}/cgi-bin/gettoken"

    async with aiohttp.ClientSession() as session, session.get(url, params=query) as response:
        answer = await response.json()

    assert answer["errcode"] == errcode


async def test_asking_for_tokens_without_keeping_them_is_a_violation(met: Met) -> None:
    wecom, client = met

    codes = [(await client.get_token())["errcode"] for _ in range(21)]

    assert codes[-1] == 45009
    assert wecom.violations


async def test_an_untrusted_address_is_refused(met: Met) -> None:
    wecom, _ = met
    wecom.member("zhangsan")
    wecom.platform.is_trusted_ip = False

    assert (await send(met))["errcode"] == 60020


async def test_errcodes_come_on_order(met: Met) -> None:
    wecom, _ = met
    wecom.member("zhangsan")
    wecom.faults.fail(-1, 2, "message/send")

    codes = [(await send(met))["errcode"] for _ in range(3)]

    assert codes == [-1, -1, 0]


@pytest.mark.parametrize("trouble", ["close", "lose_answer", "hang", "garble", "answer_status", "go_down"])
async def test_connections_fail_on_order(met: Met, trouble: str) -> None:
    wecom, _ = met
    zhang = wecom.member("zhangsan")
    orders = {"hang": lambda: wecom.faults.hang(30), "go_down": lambda: wecom.faults.go_down(600)}
    orders.get(trouble, getattr(wecom.faults, trouble))()

    with pytest.raises((aiohttp.ClientError, ValueError, TimeoutError)):
        await asyncio.wait_for(send(met), 0.1 if trouble == "hang" else 5)
    wecom.clock.advance(601)
    after = await send(met)

    assert after["errcode"] == 0
    assert len(zhang.inbox) == (2 if trouble == "lose_answer" else 1)
