"""The settings of the messaging platforms: flat names from the environment, put together for each way in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings

WECOM_API = "https://qyapi.weixin.qq.com"
WECOM_SOCKET = "wss://openws.work.weixin.qq.com"
DINGTALK_API = "https://api.dingtalk.com"
DIGEST_TIME = re.compile(r"每(?:天|日|周(?P<day>[一二三四五六日天]))\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})")


def _check_http(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        raise ValueError("应以 https:// 开头")
    return address.rstrip("/")


def _check_socket(address: str) -> str:
    if not address.startswith(("wss://", "ws://")):
        raise ValueError("应以 wss:// 开头")
    return address


def _check_token(token: SecretStr) -> SecretStr:
    value = token.get_secret_value()
    if not (value.isascii() and value.isalnum() and len(value) <= 32):
        raise ValueError("应是管理后台里的 Token：至多 32 个英文字母或数字")
    return token


def _check_aes_key(key: SecretStr) -> SecretStr:
    value = key.get_secret_value()
    if not (value.isascii() and value.isalnum() and len(value) == 43):
        raise ValueError("应是管理后台里的 EncodingAESKey：正好 43 个英文字母或数字")
    return key


def _check_webhook(address: SecretStr) -> SecretStr:
    if not re.fullmatch(r"https?://[^/?#]+/robot/send\?access_token=\S+", address.get_secret_value()):
        raise ValueError("应是自定义机器人的 Webhook 地址，以 https://oapi.dingtalk.com/robot/send?access_token= 开头")
    return address


def _check_digest_time(when: str) -> str:
    found = DIGEST_TIME.fullmatch(when.replace("：", ":").strip())
    if not found or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise ValueError("应写成“每天 09:00”或“每周一 09:00”")
    return when


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Secret = Annotated[SecretStr, Field(min_length=1)]
Token = Annotated[SecretStr, AfterValidator(_check_token)]
AesKey = Annotated[SecretStr, AfterValidator(_check_aes_key)]
HttpAddress = Annotated[str, AfterValidator(_check_http)]
Webhook = Annotated[SecretStr, AfterValidator(_check_webhook)]
DigestTime = Annotated[str, AfterValidator(_check_digest_time)]
SocketAddress = Annotated[str, AfterValidator(_check_socket)]


@dataclass(frozen=True, slots=True)
class WecomApp:
    """The self-built app; without a secret it can only answer in the response to a callback.

    `kf_secret` turns 微信客服 on, whose events come to the same address; `kf_servicer` is who serves there, if it is
    to be a certain person.
    """

    corp_id: str
    agent_id: int
    token: SecretStr
    aes_key: SecretStr
    secret: SecretStr | None
    kf_secret: SecretStr | None
    api_url: str
    kf_servicer: str = ""


@dataclass(frozen=True, slots=True)
class WecomBotCallback:
    """The AI bot by callback."""

    token: SecretStr
    aes_key: SecretStr


@dataclass(frozen=True, slots=True)
class WecomBotSocket:
    """The AI bot by a long connection."""

    bot_id: str
    secret: SecretStr
    url: str


@dataclass(frozen=True, slots=True)
class Dingtalk:
    """The robot, by HTTP or by Stream; without a template it sends no interactive cards."""

    client_id: str
    client_secret: SecretStr
    is_stream: bool
    api_url: str
    card_template: str
    card_secret: SecretStr


@dataclass(frozen=True, slots=True)
class DingtalkDigest:
    """What tells a group of new and expiring policies; without a secret it does not sign."""

    webhook: SecretStr
    secret: SecretStr
    when: str
    api_url: str


class ChannelSettings(BaseSettings):
    """The flat settings; those of one way in are given together or not at all (`find_gaps`)."""

    wecom_corp_id: Name | None = Field(None, description="企业微信自建应用：企业 ID，在“我的企业”最下面")
    wecom_agent_id: int | None = Field(None, ge=1, description="企业微信自建应用：AgentId")
    wecom_token: Token | None = Field(None, description="企业微信自建应用：接收消息的 Token")
    wecom_aes_key: AesKey | None = Field(None, description="企业微信自建应用：接收消息的 EncodingAESKey")
    wecom_secret: Secret | None = Field(None, description="企业微信自建应用：Secret；填了才能主动发消息和卡片")
    wecom_api_url: HttpAddress = Field(WECOM_API, description="企业微信接口的地址；私有部署或测试时才改")
    wecom_kf_secret: Secret | None = Field(
        None, description="微信客服：Secret；要先填好自建应用的四项，事件从同一个地址收"
    )
    wecom_kf_servicer: Name | None = Field(
        None, description="微信客服：转人工交给哪一位，填他的企业微信账号；不填就放进待接入池，谁有空谁接"
    )
    wecom_bot_token: Token | None = Field(None, description="企业微信智能机器人（回调方式）：Token")
    wecom_bot_aes_key: AesKey | None = Field(None, description="企业微信智能机器人（回调方式）：EncodingAESKey")
    wecom_bot_id: Name | None = Field(None, description="企业微信智能机器人（长连接方式）：BotID")
    wecom_bot_secret: Secret | None = Field(None, description="企业微信智能机器人（长连接方式）：Secret")
    wecom_bot_url: SocketAddress = Field(WECOM_SOCKET, description="长连接的地址；私有部署或测试时才改")
    dingtalk_client_id: Name | None = Field(None, description="钉钉机器人：Client ID")
    dingtalk_client_secret: Secret | None = Field(None, description="钉钉机器人：Client Secret")
    dingtalk_stream: bool = Field(default=False, description="1 用 Stream 方式收消息，不用公网地址；0 用 HTTP 方式")
    dingtalk_api_url: HttpAddress = Field(DINGTALK_API, description="钉钉接口的地址；测试时才改")
    dingtalk_card_template: Name | None = Field(
        None, description="钉钉互动卡片：卡片模板的 ID；不填就用普通消息里的按钮和序号"
    )
    dingtalk_card_secret: Secret | None = Field(
        None, description="钉钉互动卡片：注册回调地址时填的 apiSecret；只有 HTTP 方式要填"
    )
    dingtalk_digest_webhook: Webhook | None = Field(
        None, description="钉钉群提醒：群里自定义机器人的 Webhook 地址；填了就定时发新增和快到期的政策"
    )
    dingtalk_digest_secret: Secret | None = Field(None, description="钉钉群提醒：自定义机器人“加签”的密钥，SEC 开头")
    dingtalk_digest_when: DigestTime = Field(
        "每周一 09:00", description="钉钉群提醒：什么时候发，写成“每天 09:00”或“每周一 09:00”；没有可说的就不发"
    )

    @property
    def wecom_app(self) -> WecomApp | None:
        """The self-built app, if it is on."""
        if not (self.wecom_corp_id and self.wecom_agent_id and self.wecom_token and self.wecom_aes_key):
            return None
        return WecomApp(
            self.wecom_corp_id,
            self.wecom_agent_id,
            self.wecom_token,
            self.wecom_aes_key,
            self.wecom_secret,
            self.wecom_kf_secret,
            self.wecom_api_url,
            self.wecom_kf_servicer or "",
        )

    @property
    def wecom_bot(self) -> WecomBotCallback | WecomBotSocket | None:
        """The AI bot, if it is on, in the one way that is set."""
        if self.wecom_bot_token and self.wecom_bot_aes_key:
            return WecomBotCallback(self.wecom_bot_token, self.wecom_bot_aes_key)
        if self.wecom_bot_id and self.wecom_bot_secret:
            return WecomBotSocket(self.wecom_bot_id, self.wecom_bot_secret, self.wecom_bot_url)
        return None

    @property
    def dingtalk(self) -> Dingtalk | None:
        """The robot, if it is on."""
        if not (self.dingtalk_client_id and self.dingtalk_client_secret):
            return None
        return Dingtalk(
            self.dingtalk_client_id,
            self.dingtalk_client_secret,
            self.dingtalk_stream,
            self.dingtalk_api_url,
            self.dingtalk_card_template or "",
            self.dingtalk_card_secret or SecretStr(""),
        )

    @property
    def dingtalk_digest(self) -> DingtalkDigest | None:
        """The digest for a group, if it is on."""
        if not self.dingtalk_digest_webhook:
            return None
        secret = self.dingtalk_digest_secret or SecretStr("")
        return DingtalkDigest(self.dingtalk_digest_webhook, secret, self.dingtalk_digest_when, self.dingtalk_api_url)


_APP = ("wecom_corp_id", "wecom_agent_id", "wecom_token", "wecom_aes_key")
_BOT_BY_CALLBACK = ("wecom_bot_token", "wecom_bot_aes_key")
_BOT_BY_SOCKET = ("wecom_bot_id", "wecom_bot_secret")
_ROBOT = ("dingtalk_client_id", "dingtalk_client_secret")
_TOGETHER: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "企业微信自建应用": (_APP, (*_APP, "wecom_secret")),
        "微信客服": ((*_APP, "wecom_kf_secret"), ("wecom_kf_secret", "wecom_kf_servicer")),
        "企业微信智能机器人（回调方式）": (_BOT_BY_CALLBACK, _BOT_BY_CALLBACK),
        "企业微信智能机器人（长连接方式）": (_BOT_BY_SOCKET, _BOT_BY_SOCKET),
        "钉钉机器人": (_ROBOT, (*_ROBOT, "dingtalk_card_template")),
        "钉钉群提醒": (("dingtalk_digest_webhook",), ("dingtalk_digest_webhook", "dingtalk_digest_secret")),
    }
)
"""Of each way in: what it needs, and what shows that it is wanted."""


def find_gaps(given: Mapping[str, bool]) -> Iterator[str]:
    """What is missing or contradicts itself, in Chinese; `given` tells of each setting whether it is there."""
    yield from _begun(given)
    can_be_clicked = given["dingtalk_stream"] or given["dingtalk_card_secret"]
    if given["dingtalk_card_template"] and not can_be_clicked:
        yield "钉钉互动卡片在 HTTP 方式下还缺 POLICYBOT_DINGTALK_CARD_SECRET；不用卡片就去掉它的几项"
    if all(given[name] for name in (*_BOT_BY_CALLBACK, *_BOT_BY_SOCKET)):
        yield "企业微信智能机器人只能用一种方式：POLICYBOT_WECOM_BOT_TOKEN 和 POLICYBOT_WECOM_BOT_ID 各两项，请留一组"


def _begun(given: Mapping[str, bool]) -> Iterator[str]:
    """What is missing of each way in that is wanted."""
    for what, (needed, signs) in _TOGETHER.items():
        missing = [f"POLICYBOT_{name.upper()}" for name in needed if not given[name]]
        if missing and any(given[name] for name in signs):
            yield f"{what}还缺 {'、'.join(missing)}；不用它就把它的几项都去掉"
