"""微信客服 and people: handed over in the right order, silent while a person serves, back afterwards."""

import asyncio

from tests.channels.wecom.kf_world import PACE, World, ask, opened
from tests.simulators.wecom import State


def order_of_calls(world: World) -> list[str]:
    paths = (answered.call.path.rpartition("/")[2] for answered in world.wecom.platform.calls)
    return [path for path in paths if path in {"send_msg", "trans", "send_msg_on_event"}]


async def test_the_notice_goes_before_the_transfer_and_the_waiting_line_after_it(world: World) -> None:
    world.wecom.agent("xiaoli")
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")

    shown = await ask(world, customer, "转人工", 2)

    assert "记录号" in shown[0]
    assert "请稍等" in shown[1]
    assert "刚才的问题" not in "".join(shown)
    assert order_of_calls(world)[-3:] == ["send_msg", "trans", "send_msg_on_event"]
    assert customer.session.state is State.POOL


async def test_while_somebody_waits_or_a_person_serves_the_bot_is_silent(world: World) -> None:
    agent, customer = world.wecom.agent("xiaoli"), world.wecom.customer()
    await ask(world, customer, "转人工", 2)

    await customer.says("有人吗")
    await agent.takes(customer)
    await customer.says("我想问保费")
    await agent.says(customer, "您好，我来帮您")
    await customer.says("亦庄")
    await world.settled()

    assert [shown.kind for shown in customer.inbox.unread] == ["human"]


async def test_after_the_person_has_ended_the_bot_says_so_and_answers_again(world: World) -> None:
    agent, customer = world.wecom.agent("xiaoli"), world.wecom.customer()
    await ask(world, customer, "亦庄")
    await ask(world, customer, "转人工", 2)
    await agent.takes(customer)
    await customer.says("在吗")

    world.clock.advance(60)
    await agent.ends(customer)
    [told] = await world.answers(customer)
    world.clock.advance(5)
    [shown] = await ask(world, customer, "小巨人")

    assert "人工服务结束" in told.text
    assert "国家级专精特新“小巨人”" in shown


async def test_hours_after_a_person_the_bot_takes_up_where_it_stood(world: World) -> None:
    agent, customer = world.wecom.agent("xiaoli"), world.wecom.customer()
    await ask(world, customer, "亦庄")
    await ask(world, customer, "转人工", 2)
    await agent.takes(customer)
    await agent.ends(customer)
    await world.answers(customer)

    world.clock.advance(24 * 3600)
    [shown] = await ask(world, customer, "你好")

    assert "又见面了" in shown


async def test_where_nobody_is_on_duty_the_customer_hears_so_and_the_bot_goes_on(world: World) -> None:
    world.wecom.agent("xiaoli").servicer.is_receiving = False
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")

    shown = await ask(world, customer, "转人工", 2)
    after = await ask(world, customer, "小巨人")

    assert "没有工作人员在线" in shown[1]
    assert "国家级专精特新“小巨人”" in after[0]
    assert "trans" not in order_of_calls(world)


async def test_a_person_who_takes_over_by_himself_silences_the_bot(world: World) -> None:
    agent, customer = world.wecom.agent("xiaoli"), world.wecom.customer()
    await ask(world, customer, "亦庄")

    customer.session.state = State.ENDED
    await agent.says(customer, "您好，我是小李")
    await customer.says("你好")
    await world.settled()

    assert [shown.kind for shown in customer.inbox.unread] == ["human"]


async def test_an_answer_that_a_person_has_overtaken_is_not_sent(world: World) -> None:
    world.wecom.agent("xiaoli")
    customer = world.wecom.customer()
    await ask(world, customer, "亦庄")
    world.wecom.kf_bell.is_muted = True
    await customer.says("转人工")
    world.wecom.kf_bell.is_muted = False

    shown = await ask(world, customer, "小巨人", 2)

    assert "请稍等" in shown[1]
    assert len(shown) == 2


async def test_an_end_that_was_never_told_does_not_silence_the_bot_for_good(world: World) -> None:
    agent, customer = world.wecom.agent("xiaoli"), world.wecom.customer()
    await ask(world, customer, "转人工", 2)
    await agent.takes(customer)

    customer.session.state = State.ENDED
    [shown] = await ask(world, customer, "亦庄")

    assert "经开区" in shown


async def test_while_the_platform_cannot_say_who_serves_the_person_counts(world: World) -> None:
    agent, customer = world.wecom.agent("xiaoli"), world.wecom.customer()
    await ask(world, customer, "转人工", 2)
    await agent.takes(customer)

    world.wecom.faults.answer_status(500, 4, "service_state/get")
    await customer.says("亦庄")
    await world.settled()

    assert customer.inbox.unread == []


async def test_a_session_that_is_passed_on_stays_with_people(world: World) -> None:
    agent, other, customer = world.wecom.agent("xiaoli"), world.wecom.agent("xiaowang"), world.wecom.customer()
    await ask(world, customer, "转人工", 2)
    await agent.takes(customer)
    await agent.hands_to(other, customer)

    await customer.says("亦庄")
    await world.settled()

    assert customer.inbox.unread == []


async def test_asking_again_while_waiting_changes_nothing(world: World) -> None:
    world.wecom.agent("xiaoli")
    customer = world.wecom.customer()
    world.wecom.kf_bell.is_muted = True
    await customer.says("转人工")
    world.wecom.kf_bell.is_muted = False

    shown = await ask(world, customer, "转人工", 2)

    assert order_of_calls(world).count("trans") == 1
    assert sum("请稍等" in text for text in shown) == 1


async def test_the_person_whom_the_settings_name_is_called() -> None:
    async with opened() as other:
        other.wecom.agent("xiaoli")
        async with other.running(other.build_door(PACE, "xiaoli")):
            customer = other.wecom.customer()
            shown = await ask(other, customer, "转人工", 2)

    assert "请稍等" in shown[1]
    assert customer.session.servicer == "xiaoli"


async def test_a_named_person_who_is_not_receiving_is_said_not_to_be_there() -> None:
    async with opened() as other:
        other.wecom.agent("xiaoli").servicer.is_receiving = False
        async with other.running(other.build_door(PACE, "xiaoli")):
            shown = await ask(other, other.wecom.customer(), "转人工", 2)

    assert "没有工作人员在线" in shown[1]
    assert other.wecom.violations == []


async def test_a_transfer_whose_answer_was_lost_is_not_made_twice(world: World) -> None:
    world.wecom.agent("xiaoli")
    customer = world.wecom.customer()
    world.wecom.faults.lose_answer(1, "service_state/trans")

    await customer.says("转人工")
    await customer.inbox.take()
    await asyncio.sleep(0.1)
    world.clock.advance(70)
    await world.settled()

    assert customer.session.state is State.POOL
    assert order_of_calls(world).count("trans") == 1
