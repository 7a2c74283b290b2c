"""微信客服 against the simulated platform: whole conversations, as customers see them."""

from collections.abc import Awaitable, Callable

import pytest

from tests.channels.wecom.kf_world import World, ask
from tests.simulators.wecom.customers import Customer


async def test_who_opens_the_chat_is_welcomed_by_its_code_in_one_message(world: World) -> None:
    customer = world.wecom.customer()

    await customer.enters()
    [shown] = await world.answers(customer)

    assert "政策小助手" in shown.text
    assert "1 经开区（亦庄）" in shown.text
    assert len(world.wecom.calls_of("kf/send_msg_on_event")) == 1
    assert world.wecom.calls_of("kf/send_msg") == []


async def test_who_opens_the_chat_days_later_gets_the_open_question_as_a_menu(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")

    world.clock.advance(3 * 24 * 3600)
    await customer.enters()
    [shown] = await world.answers(customer)
    await customer.clicks_menu("4 国家级专精特新“小巨人”")
    [after] = await world.answers(customer)

    assert "又见面了" in shown.text
    assert len(world.wecom.calls_of("kf/send_msg_on_event")) == 1
    assert "记下了：专精特新梯度" in after.text


async def test_who_is_back_within_hours_is_not_greeted_again(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")

    world.clock.advance(3600)
    await customer.enters()
    await world.settled()

    assert customer.inbox.unread == []


async def test_who_comes_back_after_a_day_is_greeted_once(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")

    world.clock.advance(24 * 3600)
    await customer.enters()
    await customer.enters()
    [shown] = await world.answers(customer)

    assert "又见面了" in shown.text


async def test_who_was_away_for_days_and_writes_gets_where_it_stood(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")

    world.clock.advance(5 * 24 * 3600)
    [shown] = await ask(world, customer, "你好")

    assert "又见面了" in shown


async def test_a_click_on_the_menu_answers_the_question(world: World) -> None:
    customer = world.wecom.customer()
    await customer.says("亦庄")
    [asked] = await world.answers(customer)

    await customer.clicks_menu("4 国家级专精特新“小巨人”")
    [shown] = await world.answers(customer)

    assert asked.kind == "msgmenu"
    assert asked.text.count("2 创新型中小企业") == 1
    assert "记下了：专精特新梯度：国家级专精特新“小巨人”" in shown.text


async def test_a_typed_number_answers_the_question_as_well(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")

    [shown] = await ask(world, customer, "４")

    assert "国家级专精特新“小巨人”" in shown


async def test_a_click_on_a_menu_of_before_changes_nothing_and_puts_the_open_question(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")
    await ask(world, customer, "4")

    await customer.clicks_menu("1 都没有")
    [shown] = await world.answers(customer)

    assert "记下了" not in shown.text
    assert "首次办数据资产登记" in shown.text


@pytest.mark.parametrize(
    ("send", "expected"),
    [
        pytest.param(Customer.sends_voice, "语音", id="voice"),
        pytest.param(Customer.sends_image, "图片", id="image"),
        pytest.param(Customer.sends_file, "文件", id="file"),
        pytest.param(lambda customer: customer.sends_link("标题"), "链接", id="link"),
        pytest.param(lambda customer: customer.sends_location("某大厦", "北京市通州区"), "通州", id="location"),
        pytest.param(lambda customer: customer._sends("business_card", {"userid": "x"}), "文字", id="card"),
    ],
)
async def test_what_is_no_text_is_answered_with_what_to_do(
    world: World, send: Callable[[Customer], Awaitable[object]], expected: str
) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "你好")

    await send(customer)
    shown = await world.answers(customer)

    assert expected in shown[0].text


async def test_result_and_its_pages_come_in_order(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄，小巨人")

    shown = await ask(world, customer, "看结果", 2)
    after = await ask(world, customer, "更多", 2)

    assert "第 1 页" in shown[0]
    assert "刚才的问题" in shown[-1]
    assert "第 2 页" in after[0]


async def test_what_was_recalled_before_it_was_read_is_not_answered(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "你好")
    world.wecom.kf_bell.is_muted = True
    said = await customer.says("亦庄")
    await customer.recalls(said["msgid"])
    world.wecom.kf_bell.is_muted = False

    [shown] = await ask(world, customer, "通州")

    assert "通州" in shown


async def test_customers_do_not_hear_of_each_other(world: World) -> None:
    one, other = world.wecom.customer("wm1"), world.wecom.customer("wm2")
    await ask(world, one, "亦庄")

    shown = await ask(world, other, "我的资料")

    assert "记下了：注册地" not in "".join(shown)
    assert "注册地：经开区" not in "".join(shown)


async def test_deletion_removes_what_waited_to_be_said(world: World) -> None:
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")
    world.wecom.kf_bell.is_muted = True
    for text in ("看结果", "更多", "更多"):
        await customer.says(text)
    world.wecom.kf_bell.is_muted = False
    await ask(world, customer, "删除我的资料")

    await ask(world, customer, "确定")
    shown = await ask(world, customer, "继续")

    assert "第 2 页" not in "".join(shown)
