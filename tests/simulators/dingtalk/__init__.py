"""DingTalk (钉钉) on loopback, from the vendor's pages: HTTP callbacks, Stream, robot API, webhooks and cards."""

from tests.simulators.dingtalk.application import Application, Mode, Timing
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
