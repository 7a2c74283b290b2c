"""Whole conversations with the simulated DingTalk, by HTTP and by Stream."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.sessions.base import SessionKey
from tests.channels.dingtalk.running import QUICK, Running, running
from tests.simulators.dingtalk import DingTalk, Mode, QuotaExhausted, RichText, audio, file, picture, video
from tests.simulators.dingtalk.contents import Content
from tests.simulators.dingtalk.robots import GROUP_PATH, SINGLE_PATH


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


async def test_a_group_gets_an_answer_that_mentions_who_asked(dingtalk: DingTalk, bot: Running) -> None:
    group = dingtalk.group("数据要素群")
    asker = group.member("0150", "小李")

    await asker.says("@policybot 数据入表有补贴吗")
    answer = await group.hears()

    assert answer.mentions == ("0150",)
    assert answer.title.startswith("数据资产首次入表")
    assert "50 万元" in answer.text
    assert "第 1.1-2 项" in answer.text
    assert "010-62564159" in answer.text
    await bot.settles()
    assert len(group.replies) == 1


async def test_each_member_of_a_group_has_a_conversation_of_their_own(dingtalk: DingTalk, bot: Running) -> None:
    group = dingtalk.group("数据要素群")
    first, second = group.member("0150", "小李"), group.member("0151", "老王")

    await asyncio.gather(first.says("@policybot 你好"), second.says("@policybot 你好"))
    await bot.settles()
    await asyncio.gather(first.says("@policybot 亦庄"), second.says("@policybot 海淀"))
    await bot.settles()
    await first.says("@policybot 我的资料")
    await second.says("@policybot 我的资料")
    await bot.settles()

    assert "经开区" in dingtalk.member("0150").sees.text
    assert "海淀区" in dingtalk.member("0151").sees.text
    assert not any("注册地：" in message.text for message in group.replies)


async def test_a_result_asked_for_in_a_group_goes_to_the_single_chat(dingtalk: DingTalk, bot: Running) -> None:
    group = dingtalk.group("数据要素群")
    asker = group.member("0150", "小李")

    await asker.says("@policybot 亦庄")
    await asker.says("@policybot 看结果")
    await bot.settles()

    whispered = dingtalk.member("0150").sees
    assert "我在单聊里发给您" in group.replies[-1].text
    assert "经开区数据产业措施第" in whispered.text
    assert not any("经开区数据产业措施第" in message.text for message in group.replies)
    assert whispered.via == SINGLE_PATH


async def test_somebody_from_outside_is_answered_by_name_and_gets_nothing_alone(
    dingtalk: DingTalk, bot: Running
) -> None:
    group = dingtalk.group("伙伴群")
    guest = group.member("x9", "客户<@all>", outside=True)

    await guest.says("@policybot 亦庄")
    await guest.says("@policybot 看结果")
    await bot.settles()

    assert group.replies[-1].text.startswith("客户＜＠all＞：")
    assert group.replies[-1].mentions == ()
    assert [*dingtalk.calls(SINGLE_PATH), *dingtalk.calls(GROUP_PATH)] == []


async def test_what_does_not_mention_the_robot_is_nobodys_business(dingtalk: DingTalk, bot: Running) -> None:
    group = dingtalk.group("数据要素群")

    await group.member("0150").says("今天中午吃什么")
    await bot.settles()

    assert group.replies == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (RichText(("数据入表", "有补贴吗")), "首次入表"),
        (audio("数据入表有补贴吗"), "首次入表"),
        (picture(), "图片"),
        (video(), "视频"),
        (file("执照.pdf"), "文件"),
        (QuotaExhausted(), "调用量"),
    ],
    ids=["rich text", "voice", "picture", "video", "file", "quota"],
)
async def test_every_kind_of_message_gets_an_answer(
    dingtalk: DingTalk, bot: Running, content: Content, expected: str
) -> None:
    user = dingtalk.member("0147")

    await user.sends(content)

    assert expected in (await user.hears()).text
    await bot.settles()
    assert len(user.inbox) == 1


async def test_a_message_that_comes_again_is_answered_once(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")
    delivery = await user.says("你好")
    assert delivery
    await bot.settles()

    await dingtalk.repeats(delivery)
    await dingtalk.repeats(delivery)
    await bot.settles()

    assert len(user.inbox) == 1


async def test_what_is_kept_is_handed_out_sign_by_sign(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")
    await user.says("亦庄")
    await user.says("导出我的资料")
    await bot.settles()

    files = [message for message in user.inbox if message.kind == "text"]

    assert '"region": "经开区"' in "".join(message.text for message in files)


async def test_deleted_means_deleted(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")
    for text in ("亦庄", "删除我的资料", "确定"):
        await user.says(text)
        await bot.settles()

    kept = await bot.store.load(SessionKey("dingtalk", "single:0147"))

    assert kept.state is None
    assert "删" in user.sees.text
