"""What WeCom needs: keys, an API that can be reached, a token it takes, and callbacks that are answered."""

import time
from collections.abc import Mapping
from types import MappingProxyType

from aiohttp import ClientError, ClientSession, ClientWSTimeout
from pydantic import SecretStr

from bot.channel_settings import WecomApp, WecomBotCallback, WecomBotSocket
from bot.channels.tokens import SharedToken
from bot.channels.wecom import app_door, bot_door
from bot.channels.wecom.api import ApiError, TokenSource, WecomApi
from bot.channels.wecom.crypto import Cipher, make_nonce
from bot.channels.wecom.error_codes import NO_ANSWER, UNTRUSTED_ADDRESS, WRONG_AGENT
from bot.doctor.findings import Finding, Findings, Sign, right, skipped, wrong
from bot.doctor.server import OwnServer
from bot.sessions.memory import MemoryStore

SECONDS = 8.0
ECHO = "4618726341023987651"
_ADVICE: Mapping[int, str] = MappingProxyType(
    {
        NO_ANSWER: "连不上接口；看这台机器能不能上网、域名解析和代理对不对",
        40001: "Secret 不对；到管理后台这个应用的页面重新查看 Secret",
        40013: "企业 ID 不对；到管理后台“我的企业”最下面复制",
        40091: "Secret 是另一家企业的；换成这家企业的",
        UNTRUSTED_ADDRESS: "这台机器的出口 IP 不在“企业可信IP”里；到应用页面最下面加上",
        45009: "调用太频繁，过一分钟再查",
    }
)


async def check_app(app: WecomApp, client: ClientSession, server: OwnServer) -> Findings:
    """The self-built app and 微信客服."""
    cipher = Cipher(app.token.get_secret_value(), app.aes_key.get_secret_value(), app.corp_id)
    yield await _check_callback("企业微信自建应用的回调", app_door.PATH, cipher, server)
    if app.secret is None:
        yield skipped("企业微信自建应用的 Secret", "没有填：只能在回调里回一条文字，不能发卡片和长结果")
    else:
        api = _api_of(app, app.secret, client)
        known = await _check_secret("企业微信自建应用的 Secret", api)
        yield known
        if known.sign is Sign.RIGHT:
            yield await _check_agent(app.agent_id, api)
    if app.kf_secret is not None:
        yield await _check_secret("微信客服的 Secret", _api_of(app, app.kf_secret, client))


async def check_bot(bot: WecomBotCallback | WecomBotSocket, client: ClientSession, server: OwnServer) -> Findings:
    """The AI bot, in the way that is set."""
    if isinstance(bot, WecomBotSocket):
        yield await _check_socket(bot, client)
        return
    cipher = Cipher(bot.token.get_secret_value(), bot.aes_key.get_secret_value(), "")
    yield await _check_callback("企业微信智能机器人的回调", bot_door.PATH, cipher, server)


async def _check_callback(callback: str, path: str, cipher: Cipher, server: OwnServer) -> Finding:
    """What WeCom does when the address is saved in its console, done to the server on this machine."""
    sealed = cipher.seal(ECHO.encode(), int(time.time()), make_nonce())
    query = {
        "msg_signature": sealed.signature,
        "timestamp": str(sealed.timestamp),
        "nonce": sealed.nonce,
        "echostr": sealed.encrypt,
    }
    what, answer = f"{callback} {path}", await server.get(path, query)
    if answer.status == 0:
        return skipped(what, "服务没有开着，没有查")
    if answer.status == 200 and answer.text == ECHO:
        return right(what, "本机验证通过；后台里填 https://您的域名" + path)
    return wrong(what, "验证没有通过；开着的服务用的 Token、EncodingAESKey 和这里的不一样，改好设置后重新启动")


def _api_of(app: WecomApp, secret: SecretStr, client: ClientSession) -> WecomApi:
    """Calls with a token that is fetched now: the one in the store may be of another secret."""
    source = TokenSource(client, app.api_url, app.corp_id, secret.get_secret_value())
    return WecomApi(client, app.api_url, SharedToken(MemoryStore().board, "doctor", source.fetch))


async def _check_secret(what: str, api: WecomApi) -> Finding:
    """A token is fetched, and tried on a call that changes nothing."""
    try:
        await api.call("/cgi-bin/getcallbackip")
    except ApiError as error:
        advice = _ADVICE.get(error.code, "按这个数字查 docs/guides/wecom-errors.zh-CN.md")
        return wrong(what, advice if error.code == NO_ANSWER else f"错误码 {error.code}。{advice}")
    return right(what, "能取到凭证，接口也认")


async def _check_agent(agent_id: int, api: WecomApi) -> Finding:
    """Whether the number is that of the secret's own app, and the app is not stopped."""
    what = "企业微信自建应用的 AgentId"
    try:
        answer = await api.call(f"/cgi-bin/agent/get?agentid={agent_id}")
    except ApiError as error:
        if error.code in WRONG_AGENT:
            return wrong(what, f"错误码 {error.code}。和 Secret 不是同一个应用的；到应用页面上方复制")
        return skipped(what, f"没有查成，错误码 {error.code}")
    if answer.get("close") == 1:
        return wrong(what, "应用停用着；到管理后台的应用页面启用")
    return right(what, "和 Secret 是同一个应用的")


async def _check_socket(bot: WecomBotSocket, client: ClientSession) -> Finding:
    """The address is only reached: to subscribe would push out the connection of the server that runs."""
    what = "企业微信智能机器人的长连接"
    try:
        async with client.ws_connect(bot.url, timeout=ClientWSTimeout(ws_close=SECONDS)):
            return right(what, "连得上；BotID 和 Secret 对不对要等服务连上才知道，看日志里 wecom_bot 开头的几行")
    except (ClientError, OSError, TimeoutError):
        return wrong(what, f"连不上 {bot.url}；看这台机器能不能上网、防火墙放不放行")
