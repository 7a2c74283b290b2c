"""Interactive cards: sent where a template is set up, answered within the call-back, and never told to others."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

import pytest

from bot.channels.dingtalk.clicks import ANSWERED, EXPIRED, NOT_YOURS, PASSED, Click, read_click
from bot.channels.dingtalk.speaking import Speech
from bot.errors import RequestError
from bot.sessions.base import StoreUnavailable
from tests.channels.dingtalk.echoing import FullStore
from tests.channels.dingtalk.running import QUICK, TEMPLATE, Running, running
from tests.simulators.dingtalk import CardTemplate, DingTalk, Mode
from tests.simulators.dingtalk.card_api import CREATE_AND_DELIVER_PATH
from tests.simulators.dingtalk.cards import Card
from tests.simulators.dingtalk.chats import Message

PUBLISHED = CardTemplate(TEMPLATE, frozenset({"title", "markdown", "options", "state", "notice", "mine"}))


@pytest.fixture(params=[Mode.HTTP, Mode.STREAM], ids=str)
async def dingtalk(request: pytest.FixtureRequest) -> AsyncIterator[DingTalk]:
    async with DingTalk(mode=request.param, timing=QUICK) as platform:
        platform.cards.publish(PUBLISHED)
        yield platform
        assert platform.violations == []


@pytest.fixture
async def bot(dingtalk: DingTalk) -> AsyncIterator[Running]:
    async with running(dingtalk, template=TEMPLATE) as run:
        yield run
        assert run.troubles == []


def card_of(dingtalk: DingTalk, message: Message) -> Card:
    assert message.card
    return dingtalk.cards.cards[message.card.out_track_id]


def shown_by(message: Message) -> str:
    return message.card.values["markdown"] if message.card else message.text


async def test_a_click_answers_the_question_and_changes_the_card(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147", "小钉")
    await user.says("亦庄")
    await bot.settles()
    asked = card_of(dingtalk, user.sees)
    shown = dict(asked.values)

    clicked = await user.clicks("国家级专精特新“小巨人”")
    await bot.settles()
    await user.says("我的资料")
    await bot.settles()

    assert clicked.is_answered
    assert "4 国家级专精特新“小巨人”" in shown["markdown"]
    assert (asked.values["state"], asked.values["notice"]) == ("done", "已选：国家级专精特新“小巨人”")
    assert asked.buttons_for("0147") == ()
    assert any("专精特新梯度：国家级" in shown_by(message) for message in user.inbox)


async def test_a_click_that_comes_twice_counts_once(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147", "小钉")
    await user.says("亦庄")
    await bot.settles()

    asked = card_of(dingtalk, user.sees)

    await asyncio.gather(user.clicks("创新型中小企业"), user.clicks("都没有"), user.clicks("创新型中小企业"))
    await bot.settles()
    await user.says("我的资料")
    await bot.settles()

    chosen = asked.values["notice"].removeprefix("已选：")
    assert chosen in {"创新型中小企业", "都没有"}
    assert len(user.inbox) == 3
    assert ("没有专精特新类认定" in shown_by(user.sees)) is (chosen == "都没有")


async def test_a_card_in_a_group_hides_the_answer_from_the_others(dingtalk: DingTalk, bot: Running) -> None:
    group = dingtalk.group("数据要素群")
    asker, other = group.member("0150", "小李"), group.member("0151", "老王")
    await asker.says("@policybot 亦庄")
    await bot.settles()
    message = group.replies[-1]
    asked = card_of(dingtalk, message)

    await other.clicks("都没有")
    untouched = dict(asked.values)
    await asker.clicks("国家级专精特新“小巨人”")
    await bot.settles()

    assert message.mentions == ("0150",)
    assert untouched["state"] == "open"
    assert asked.private["0151"]["mine"] == NOT_YOURS
    assert asked.values["notice"] == ANSWERED
    assert "小巨人" not in asked.values["notice"]
    assert asked.private["0150"]["mine"] == "已选：国家级专精特新“小巨人”"
    assert not any("专精特新梯度：" in shown_by(one) for one in group.replies)


async def test_a_click_that_can_not_be_kept_counts_when_it_comes_again(dingtalk: DingTalk) -> None:
    store, user = FullStore(time.time), dingtalk.member("0147", "小钉")
    async with running(dingtalk, store, template=TEMPLATE) as bot:
        await user.says("亦庄")
        await bot.settles()
        asked = card_of(dingtalk, user.sees)
        body = {
            "outTrackId": asked.out_track_id,
            "userId": "0147",
            "content": '{"cardPrivateData":{"actionIds":["4"]}}',
        }

        store.full.is_full = True
        with pytest.raises(StoreUnavailable):
            await bot.door.click(body)
        store.full.is_full = False
        changed = await bot.door.click(body)
        await bot.settles()

    assert "已选：国家级专精特新“小巨人”" in str(changed)
    assert len(user.inbox) == 2


async def test_a_card_of_a_question_that_is_over_answers_nothing(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147", "小钉")
    await user.says("亦庄")
    await bot.settles()
    old = card_of(dingtalk, user.sees)
    await user.says("国家级小巨人")
    await bot.settles()

    await user.clicks("都没有")
    await bot.settles()
    await user.says("我的资料")
    await bot.settles()

    assert old.values["notice"] == PASSED
    assert old.buttons_for("0147") == ()
    assert any("专精特新梯度：国家级" in shown_by(message) for message in user.inbox)


async def test_a_card_that_is_refused_becomes_an_ordinary_message(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")
    dingtalk.faults.fail(CREATE_AND_DELIVER_PATH, 1, status=400, body={"code": "param.templateNotExist"})

    await user.says("亦庄")
    await bot.settles()

    assert [message.kind for message in user.inbox] == ["actionCard"]
    assert len(user.options) == 5


async def test_a_card_whose_answer_got_lost_is_not_sent_twice(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")
    await user.says("亦庄")
    await bot.settles()
    (name,) = dingtalk.cards.cards

    card = await bot.door._mailer._cards.find(name)  # type: ignore[union-attr]
    assert card
    again = await bot.door._mailer._cards.deliver(name, card.to, _speech(user.sees, card.options))  # type: ignore[union-attr]

    assert type(again).__name__ == "Sent"
    assert len(user.inbox) == 1
    dingtalk.violations.clear()  # the platform names it a fault; that it was lost on the way is what is tried here


def _speech(message: Message, options: tuple[str, ...]) -> Speech:
    assert message.card
    return Speech(message.card.values["markdown"], options, "specialized_tier")


async def test_many_options_and_long_texts_stay_ordinary_messages(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")

    await user.says("你好")
    await user.says("亦庄")
    await user.says("看结果")
    await bot.settles()

    assert [message.kind for message in user.inbox] == ["markdown", "card", "markdown", "card"]


async def test_a_card_that_nobody_remembers_says_so(dingtalk: DingTalk, bot: Running) -> None:
    user = dingtalk.member("0147")
    await user.says("亦庄")
    await bot.settles()
    asked = card_of(dingtalk, user.sees)
    await bot.store.board.write_note(f"dingtalk:card:{asked.out_track_id}", b"", -1)

    await user.clicks("都没有")
    await bot.settles()

    assert asked.private["0147"]["mine"] == EXPIRED
    assert len(user.inbox) == 1


@pytest.mark.parametrize(
    ("content", "number"),
    [
        ({"cardPrivateData": {"actionIds": ["3"], "params": {}}}, 3),
        ({"cardPrivateData": {"actionIds": ["x"], "params": {"option": "2"}}}, 2),
        ({"cardPrivateData": {"actionIds": ["option_12"]}}, 12),
        ({"cardPrivateData": {"params": {"id": 4}}}, 4),
        ({"actionId": "5"}, 5),
        ({"actionData": {"cardPrivateData": {"actionIds": ["6"]}}}, 6),
        ({"cardPrivateData": {"actionIds": "7"}}, 0),
        ({}, 0),
        ([], 0),
        ("{", 0),
    ],
    ids=str,
)
@pytest.mark.parametrize("is_text", [True, False], ids=["text", "object"])
def test_the_button_is_found_wherever_it_stands(content: object, number: int, *, is_text: bool) -> None:
    body = {"outTrackId": "o1", "userId": "0147", "content": json.dumps(content) if is_text else content}

    assert read_click(body) == Click("o1", "0147", number)


@pytest.mark.parametrize("body", [{}, {"outTrackId": "o1"}, {"userId": "0147", "outTrackId": "o" * 600}], ids=len)
def test_a_click_of_nobody_on_nothing_is_refused(body: dict[str, str]) -> None:
    with pytest.raises(RequestError):
        read_click(body)
