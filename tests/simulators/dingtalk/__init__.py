"""DingTalk (钉钉) on loopback, from the vendor's pages: HTTP callbacks, Stream, robot API, webhooks and cards.

async with DingTalk(mode=Mode.STREAM) as dingtalk:
    ...  # start the bot with dingtalk.settings; for HTTP mode also set dingtalk.bot_url
    user = dingtalk.member("0147", "小钉")
    answer = await user.asks("数据入表有补贴吗")
    await user.clicks(user.options[0])
    group = dingtalk.group("政策咨询群")
    await group.member("0148").says("@policybot 有补贴吗")
    assert (await group.hears()).mentions == ("0148",)
    assert dingtalk.violations == []
"""

from tests.simulators.dingtalk.application import Application, Limits, Mode, Timing
from tests.simulators.dingtalk.cards import CardTemplate, TemplateButton
from tests.simulators.dingtalk.chats import Button, Message, Silence
from tests.simulators.dingtalk.clock import Clock, HandClock, SystemClock
from tests.simulators.dingtalk.contents import QuotaExhausted, Raw, RichText, Text, audio, file, picture, video
from tests.simulators.dingtalk.simulator import DingTalk

__all__ = [
    "Application",
    "Button",
    "CardTemplate",
    "Clock",
    "DingTalk",
    "HandClock",
    "Limits",
    "Message",
    "Mode",
    "QuotaExhausted",
    "Raw",
    "RichText",
    "Silence",
    "SystemClock",
    "TemplateButton",
    "Text",
    "Timing",
    "audio",
    "file",
    "picture",
    "video",
]
