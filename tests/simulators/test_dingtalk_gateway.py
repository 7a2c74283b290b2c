"""The gateway of the simulated DingTalk: credentials, subscriptions and tickets."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.simulators.dingtalk import DingTalk, HandClock, Mode
from tests.simulators.dingtalk.frames import BOT_TOPIC
from tests.simulators.dingtalk_partners import QUICK, SUBSCRIPTIONS, VECTORS, address, open_gateway

GATEWAY = "/v1.0/gateway/connections/open"


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=Mode.STREAM, timing=QUICK) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def test_the_gateway_takes_the_request_of_the_vector(dingtalk: DingTalk, session: aiohttp.ClientSession) -> None:
    app, vector = dingtalk.platform.app, VECTORS["stream"]["open_request"]
    body = vector["body"] | {"clientId": app.client_id, "clientSecret": app.client_secret}

    async with session.post(dingtalk.url + vector["path"], json=body, headers=vector["headers"]) as response:
        answer = await response.json()

    assert set(answer) == set(VECTORS["stream"]["open_response"])
    assert dingtalk.violations == []


async def test_the_gateway_answers_in_xml_unless_asked_for_json(
    dingtalk: DingTalk, session: aiohttp.ClientSession
) -> None:
    app = dingtalk.platform.app
    body = {"clientId": app.client_id, "clientSecret": app.client_secret, "subscriptions": SUBSCRIPTIONS}

    async with session.post(dingtalk.url + GATEWAY, json=body) as response:
        text = await response.text()

    assert response.content_type == "application/xml"
    assert text.startswith("<OpenConnectionResponse>")
    assert "Accept" in dingtalk.violations[0]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"clientSecret": "wrong"}, 401),
        ({"clientId": ""}, 401),
        ({"subscriptions": []}, 400),
        ({"subscriptions": [{"type": "BOT", "topic": BOT_TOPIC}]}, 400),
    ],
    ids=["secret", "id", "none", "type"],
)
async def test_the_gateway_refuses_what_is_wrong(
    dingtalk: DingTalk, session: aiohttp.ClientSession, changes: dict[str, Any], status: int
) -> None:
    answer = await open_gateway(session, dingtalk, **changes)

    assert answer["status"] == status
    assert len(dingtalk.violations) == 1


async def test_a_ticket_opens_one_connection(dingtalk: DingTalk, session: aiohttp.ClientSession) -> None:
    opened = await open_gateway(session, dingtalk)
    async with session.ws_connect(address(opened)):
        assert dingtalk.violations == []

    with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
        await session.ws_connect(address(opened))
    assert "只能用一次" in dingtalk.violations[0]


async def test_a_ticket_must_be_encoded_in_the_address(dingtalk: DingTalk, session: aiohttp.ClientSession) -> None:
    opened = await open_gateway(session, dingtalk)

    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(f"{opened['endpoint']}?ticket={opened['ticket']}")
    assert "URL 编码" in dingtalk.violations[0]


async def test_a_ticket_gets_old() -> None:
    clock = HandClock()
    async with DingTalk(mode=Mode.STREAM, timing=QUICK, clock=clock) as dingtalk, aiohttp.ClientSession() as session:
        opened = await open_gateway(session, dingtalk)
        clock.advance(QUICK.ticket_life)

        with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
            await session.ws_connect(address(opened))
        assert dingtalk.violations == []
