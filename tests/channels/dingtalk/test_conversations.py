"""Whole conversations with the simulated DingTalk, by HTTP and by Stream."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.dingtalk.running import QUICK, Running, running
from tests.simulators.dingtalk import DingTalk, Mode


@pytest.fixture(params=[Mode.HTTP, Mode.STREAM], ids=str)
async def dingtalk(request: pytest.FixtureRequest) -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=request.param, timing=QUICK) as platform:
        yield platform
        assert platform.violations == []


@pytest.fixture
async def bot(dingtalk: DingTalk) -> AsyncIterator[Running]:
    async with running(dingtalk) as run:
        yield run
        assert run.troubles == []


async def test_a_single_chat_goes_from_the_greeting_to_the_result(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147", "小钉")

    await user.says("你好")
    greeting = await user.hears()
    await user.says("亦庄")
    tier = await user.hears()
    await user.clicks(user.options[3])
    first = await user.hears()
    await user.says("看结果")
    result = await user.hears()

    assert "注册地" in greeting.text
    assert "专精特新" in tier.title
    assert len(tier.buttons) == 5
    assert "国家级专精特新" in first.text
    assert "电话" in result.text
    await bot.settles()
