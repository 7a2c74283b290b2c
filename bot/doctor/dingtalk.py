"""What DingTalk needs: an API that can be reached, a client that it knows, and a callback or a connection."""

from aiohttp import ClientSession

from bot.channel_settings import Dingtalk, DingtalkDigest
from bot.channels.dingtalk.api import Credentials, TokenRefused, fetch_token
from bot.channels.dingtalk.callbacks import CARD_PATH, ROBOT_PATH
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.gateway import Gateway, Opened
from bot.channels.dingtalk.webhooks import is_own
from bot.doctor.findings import Finding, Findings, right, skipped, wrong
from bot.doctor.server import OwnServer
from bot.doors.dingtalk import credentials_of

SECONDS = 8.0
_UNREACHABLE = "连不上接口；看这台机器能不能上网、域名解析和代理对不对"
_REFUSED = "钉钉不认；到开放平台这个应用的“凭证与基础信息”重新复制 Client ID 和 Client Secret"


async def check_robot(robot: Dingtalk, client: ClientSession, server: OwnServer) -> Findings:
    """The credentials, then the way by which messages come in."""
    caller, credentials = Caller(client, SECONDS), credentials_of(robot)
    yield await _check_credentials(caller, credentials)
    if robot.is_stream:
        yield await _check_stream(caller, credentials)
    else:
        yield await _check_callback("钉钉机器人的回调", ROBOT_PATH, server, f"后台里填 https://您的域名{ROBOT_PATH}")
        if robot.card_template:
            once = "没登记过，就打 policybot dingtalk-cards https://您的域名"
            yield await _check_callback("钉钉互动卡片的回调", CARD_PATH, server, once)


def check_digest(digest: DingtalkDigest) -> Finding:
    """The address of the group; whether it is taken is seen when there is something to tell."""
    what = "钉钉群提醒"
    if not is_own(digest.webhook.get_secret_value(), digest.api_url):
        return wrong(what, "Webhook 不是钉钉的地址，不会发；从群里的自定义机器人重新复制")
    return right(what, f"{digest.when} 发；通不通要等有新政策或快到期的政策、真发一次才知道")


async def _check_credentials(caller: Caller, credentials: Credentials) -> Finding:
    what = "钉钉机器人的 Client ID 和 Client Secret"
    try:
        await fetch_token(caller, credentials)
    except TokenRefused as refused:
        return wrong(what, _REFUSED if refused.answer.is_json else _UNREACHABLE)
    return right(what, "能取到凭证")


async def _check_stream(caller: Caller, credentials: Credentials) -> Finding:
    what = "钉钉 Stream 连接"
    if isinstance(await Gateway(caller, credentials).open(), Opened):
        return right(what, "网关同意连接")
    return wrong(what, "网关没有同意连接；先把上一条弄对，还不行就看这台机器能不能上网、代理对不对")


async def _check_callback(callback: str, path: str, server: OwnServer, says: str) -> Finding:
    what, answer = f"{callback} {path}", await server.post(path)
    if answer.status == 0:
        return skipped(what, "服务没有开着，没有查")
    if 400 <= answer.status < 500 and answer.status != 404:
        return right(what, f"本机开着，没有签名的请求会被拒绝；{says}")
    return wrong(what, "开着的服务没有这个地址；改好设置后重新启动服务")
