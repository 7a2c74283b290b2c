"""A simulated WeCom, and a client that may use its API."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.simulators.scripted_bot import meet
from tests.simulators.wecom_client import Client, Met


@pytest.fixture
async def met() -> AsyncIterator[Met]:
    async with meet() as (wecom, _), aiohttp.ClientSession() as session:
        client = Client(wecom, session)
        await client.get_token(wecom.platform.accounts.secret)
        yield wecom, client
