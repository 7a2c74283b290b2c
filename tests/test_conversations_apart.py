"""Each person of a group and each channel has a conversation of its own; nothing is carried over."""

from dataclasses import replace

import pytest

from bot.messages import InboundMessage, Reply
from bot.responder import ContentResponder
from bot.sessions.base import Store
from bot.turns import TurnHandler
from tests.content_fixture import shipped_bundle
from tests.fakes import message, texts


@pytest.fixture
def handler(store: Store) -> TurnHandler:
    responder = ContentResponder(shipped_bundle, "text", retention_days=30)
    return TurnHandler(store, responder, lambda: shipped_bundle().guide.knowledge.attributes, lambda _: None)


def _in_group(text: str, message_id: str, person: str) -> InboundMessage:
    return replace(message(text, message_id, conversation=f"group-7/{person}", channel="wecom"), is_group=True)


async def _said(handler: TurnHandler, *messages: InboundMessage) -> Reply:
    reply = Reply(())
    for one in messages:
        reply = await handler.handle(one)
    return reply


async def test_a_second_person_in_a_group_has_answers_of_their_own(handler: TurnHandler) -> None:
    await _said(handler, _in_group("亦庄，小巨人", "m1", "wang"))

    zhou = await _said(handler, _in_group("我们在通州", "m2", "zhou"))
    wang = await _said(handler, _in_group("保费26万", "m3", "wang"))

    assert dict(zhou.profile) == {"region": "通州区"}
    assert dict(wang.profile) == {"region": "经开区", "specialized_tier": "little_giant", "insurance_premium": 260000}


async def test_what_one_person_is_asked_the_other_does_not_answer(handler: TurnHandler) -> None:
    await _said(handler, _in_group("亦庄，小巨人，没有买科技保险", "m1", "wang"), _in_group("保费30万", "m2", "wang"))

    await _said(handler, _in_group("2", "m3", "zhou"))
    wang = await _said(handler, _in_group("2", "m4", "wang"))

    assert wang.profile["insurance_premium"] == 0


@pytest.mark.parametrize("text", ["我的资料", "看结果", "再说一遍"])
async def test_another_channel_knows_nothing_of_what_was_told_here(handler: TurnHandler, text: str) -> None:
    await _said(handler, message("亦庄，小巨人，保费26万", "m1"), message("看结果", "m2"))

    reply = await _said(handler, message(text, "m3", channel="dingtalk"))

    assert not reply.profile
    assert "26 万元" not in "".join(texts(reply))


async def test_a_company_kept_aside_outlives_the_turn_in_its_own_conversation_only(handler: TurnHandler) -> None:
    told = ("亦庄，小巨人，保费26万", "帮我朋友的公司看看，他们在通州", "1")
    await _said(handler, *(message(text, f"m{n}") for n, text in enumerate(told)))

    elsewhere = await _said(handler, message("回到第一家", "m7", channel="dingtalk"))
    here = await _said(handler, message("回到第一家", "m8"))

    assert not elsewhere.profile
    assert here.profile["insurance_premium"] == 260000
