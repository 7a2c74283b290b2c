"""微信客服 against the simulated platform: whole conversations, as customers see them."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.channels.wecom.kf_world import World, living


@pytest_asyncio.fixture
async def world() -> AsyncIterator[World]:
    async with living() as world:
        yield world


async def test_who_writes_is_welcomed_and_asked(world: World) -> None:
    customer = world.wecom.customer()

    await customer.says("你好")
    shown = await world.answers(customer)

    assert "政策小助手" in shown[0].text
    assert "1 经开区（亦庄）" in shown[-1].text


async def test_a_click_on_the_menu_answers_the_question(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("亦庄")
    [asked] = await world.answers(customer)

    await customer.clicks_menu("4 国家级专精特新“小巨人”")
    [shown] = await world.answers(customer)

    assert asked.kind == "msgmenu"
    assert asked.text.count("2 创新型中小企业") == 1
    assert "小巨人" in shown.text
