"""Channels, states and times in words, as all pages have them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import assert_never

from bot.channel_settings import WecomBotCallback, WecomBotSocket
from bot.hand_overs import MINUTES
from bot.responder import BEIJING
from bot.settings import Settings

DOORS: Mapping[str, str] = MappingProxyType(
    {
        "wecom": "企业微信应用",
        "wecom_kf": "微信客服",
        "wecom_bot": "企业微信机器人",
        "dingtalk": "钉钉",
        "dingtalk_in": "钉钉（收到、还没答）",
        "dingtalk_digest": "钉钉群提醒",
    }
)


def say_door(door: str) -> str:
    """The channel that a message goes by; that of a later version by its own name."""
    return DOORS.get(door) or next((word for name, word in DOORS.items() if door.startswith(f"{name}_")), door)


def say_moment(moment: datetime) -> str:
    """The time in Beijing, to the minute."""
    return moment.astimezone(BEIJING).strftime(MINUTES)


def open_channels(settings: Settings) -> Iterator[str]:
    """The channels that the settings turn on."""
    if settings.web:
        yield "网页聊天"
    yield from _open_in_wecom(settings)
    if (robot := settings.dingtalk) is not None:
        yield f"钉钉机器人（{'Stream' if robot.is_stream else 'HTTP'}）"
    if (digest := settings.dingtalk_digest) is not None:
        yield f"钉钉群提醒（{digest.when}）"


def _open_in_wecom(settings: Settings) -> Iterator[str]:
    if (app := settings.wecom_app) is not None:
        yield "企业微信自建应用" + ("" if app.secret else "（没填 Secret，只能当场回一条文字）")
        if app.kf_secret is not None:
            yield "微信客服"
    match settings.wecom_bot:
        case WecomBotCallback():
            yield "企业微信智能机器人（回调）"
        case WecomBotSocket():
            yield "企业微信智能机器人（长连接）"
        case None:
            pass
        case _ as unreachable:
            assert_never(unreachable)
