"""What can go wrong around the self-built app: no reply lost or doubled, nothing unhandled in the log."""

import asyncio
from collections import Counter

import pytest

from tests.channels.wecom.app_stage import app_stage
from tests.simulators.wecom import Timing

SEND = "/cgi-bin/message/send"


async def test_the_address_is_verified_within_its_second() -> None:
    async with app_stage() as stage:
        await stage.wecom.app_door.verify()

        assert stage.wecom.violations == []


async def test_what_waits_while_the_platform_is_down_arrives_once_and_in_order() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("亦庄")
        await stage.settled()
        stage.wecom.faults.go_down(600)
        for text in ("小巨人", "不清楚", "不清楚"):
            await member.says(text)
            await stage.tried()
            stage.clock.advance(180)
        assert len(member.inbox) == 2

        stage.clock.advance(300)
        await stage.settled()

        told = [text.split("\n", 1)[0] for text in member.inbox.texts[2:] if text.startswith(("记下了", "首次"))]
        assert told == [
            "记下了：专精特新梯度：国家级专精特新“小巨人”。",
            "首次数据资产登记先空着，想起来随时说。",
            "首次数据资产入表先空着，想起来随时说。",
        ]
        assert max(Counter(member.inbox.texts).values()) == 1
        assert stage.wecom.violations == []


async def test_a_token_revoked_in_mid_send_is_renewed_and_nothing_is_lost() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("亦庄")
        await member.inbox.take(1)
        stage.wecom.tokens.revoke()
        await stage.settled()
        stage.wecom.tokens.revoke()

        await member.says("小巨人")
        await stage.settled()

        assert len(member.inbox) == 4
        assert stage.wecom.violations == []


async def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_is_doubled() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.faults.lose_answer(1, SEND)

        await member.says("再见")
        await stage.tried()
        stage.clock.advance(120)
        await stage.settled()

        assert Counter(member.inbox.texts).most_common(1)[0][1] == 1
        assert len(stage.wecom.messages.duplicates) == 1
        assert stage.wecom.violations == []


async def test_the_same_words_twice_are_both_sent() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        for _ in range(3):
            await member.says("再见")
        await stage.settled()

        assert Counter(member.inbox.texts).most_common(1)[0][1] >= 2
        assert stage.wecom.messages.duplicates == []


@pytest.mark.parametrize("has_secret", [True, False], ids=["active", "passive"])
async def test_a_message_that_is_delivered_again_is_answered_once(has_secret: bool) -> None:  # noqa: FBT001
    async with app_stage(has_secret=has_secret) as stage:
        member = stage.wecom.member("zhangsan")
        await asyncio.gather(*(member.says("亦庄", message_id=77) for _ in range(5)))
        await stage.settled()

        assert len(set(member.inbox.texts)) == (2 if has_secret else 1)
        assert len(member.inbox) == (2 if has_secret else 5)
        assert stage.wecom.violations == []


async def test_messages_out_of_order_are_all_answered() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        await member.says("小巨人", message_id=9)
        await member.says("亦庄", message_id=8)
        await member.says("小巨人", message_id=9)
        await stage.settled()
        await member.says("我的资料")
        await stage.settled()

        kept = await member.inbox.find("注册地")
        assert "小巨人" in kept.text
        assert stage.wecom.violations == []


async def test_two_hundred_callbacks_in_a_second_are_all_answered_once() -> None:
    async with app_stage(timing=Timing(answer=30)) as stage:  # how fast is measured in benchmarks/wecom.py
        members = [stage.wecom.member(f"user{number}") for number in range(50)]
        deliveries = await asyncio.gather(*(member.says("亦庄") for member in members for _ in range(4)))

        assert {one for delivery in deliveries for one in delivery.attempts} == {"200"}
        await stage.settled()
        assert all(any("记下了" in text for text in member.inbox.texts) for member in members)
        assert all(sum("记下了：注册地" in text for text in member.inbox.texts) == 1 for member in members)
        assert stage.wecom.violations == []
        assert stage.troubles == []


async def test_a_member_who_can_not_be_reached_is_noticed_though_the_code_is_0() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.messages.unlicensed.add("zhangsan")

        await member.says("你好")
        await stage.settled()

        dead = [one.why for one in await stage.store.outbox.waiting()]
        assert dead
        assert stage.has_figure('kind="wecom_receiver"')


async def test_an_address_that_is_not_trusted_is_told_and_the_reply_waits_for_it() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.platform.is_trusted_ip = False
        await member.says("你好")
        await stage.tried()
        assert stage.has_figure('policybot_errors_total{kind="wecom_config"}')

        stage.wecom.platform.is_trusted_ip = True
        stage.clock.advance(301)
        await stage.settled()

        assert len(member.inbox) == 2


async def test_without_a_callback_address_the_texts_go_on_alone() -> None:
    async with app_stage() as stage:
        stage.wecom.platform.has_callback = False
        member = stage.wecom.member("zhangsan")

        await member.says("亦庄")
        await member.says("小巨人")
        await stage.settled()

        assert [shown.kind for shown in member.inbox] == ["text", "text"]


@pytest.mark.parametrize("code", [45009, 45033, 45035])
async def test_too_many_calls_are_followed_by_a_minute_of_quiet(code: int) -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.faults.fail(code, 1, SEND)
        await member.says("再见")
        await stage.tried()
        stage.clock.advance(50)
        await asyncio.sleep(0.03)
        assert len(member.inbox) == 0

        await stage.settled_in_time()

        assert len(member.inbox) >= 1


async def test_one_who_is_told_of_too_many_calls_keeps_quiet_for_all() -> None:
    async with app_stage() as stage:
        members = [stage.wecom.member(f"user{number}") for number in range(8)]
        stage.wecom.faults.fail(45009, 1, SEND)
        await members[0].says("再见")
        await stage.tried()
        for member in members[1:]:
            await member.says("再见")
        await asyncio.sleep(0.05)
        assert len(stage.wecom.calls_of("message/send")) <= 1
        assert sum(len(member.inbox) for member in members) == 0

        await stage.settled_in_time()

        assert all(member.inbox for member in members)
        assert stage.wecom.violations == []


async def test_a_wrong_secret_is_told_and_asked_for_rarely() -> None:
    async with app_stage(secret="wrong") as stage:
        for number in range(5):
            await stage.wecom.member(f"user{number}").says("你好")
        await stage.tried()
        await asyncio.sleep(0.03)

        assert stage.wecom.tokens.asked == 1
        assert stage.has_figure('policybot_errors_total{kind="wecom_config"}')


async def test_a_card_whose_first_sending_was_done_counts_as_sent() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.faults.delay(0.0, 1, SEND)
        stage.wecom.faults.lose_answer(1, SEND)
        await member.says("亦庄")
        await stage.tried()
        stage.clock.advance(120)

        await stage.settled()

        assert [shown.kind for shown in member.inbox] == ["text", "template_card"]
        assert await stage.store.outbox.waiting() == ()


async def test_who_answers_fast_gets_texts_alone_rather_than_having_to_wait() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        for _ in range(16):
            await member.says("再说一遍")
        await stage.settled()

        kinds = Counter(shown.kind for shown in member.inbox)
        assert kinds == {"text": 16, "template_card": 12}
        assert stage.wecom.violations == []


async def test_nothing_goes_over_the_budget_of_a_member() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        for _ in range(40):
            await member.says("再见")
        await stage.tried()
        assert len(member.inbox) == 30

        await stage.settled_in_time()

        assert len(member.inbox) == 40 + sum(shown.kind == "template_card" for shown in member.inbox)
        assert stage.wecom.messages.dropped == []
        assert stage.wecom.violations == []


async def test_a_call_that_reaches_the_platform_late_leaves_room_for_those_after_it() -> None:
    async with app_stage() as stage:
        member = stage.wecom.member("zhangsan")
        stage.wecom.faults.delay(0.3, 1, SEND)
        await member.says("再见")
        await asyncio.sleep(0.1)
        stage.clock.advance(8)  # it is counted here now, and there 8 seconds later
        await asyncio.sleep(0.4)
        for _ in range(40):
            await member.says("再见")
        await stage.tried()
        for _ in range(30):
            stage.clock.advance(4)
            await asyncio.sleep(0.01)

        await stage.settled_in_time()

        assert stage.wecom.messages.dropped == []
        assert stage.wecom.violations == []
