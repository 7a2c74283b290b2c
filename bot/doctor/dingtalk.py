"""What DingTalk needs: an API that can be reached, a client that it knows, and a callback or a connection."""

import json
from collections.abc import Mapping

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channel_settings import Dingtalk, DingtalkDigest
from bot.channels.dingtalk.webhooks import is_own
from bot.doctor.findings import Finding, Findings, right, skipped, wrong
from bot.doctor.server import OwnServer

SECONDS = 8.0
_TOKEN_PATH = "/v1.0/oauth2/accessToken"  # noqa: S105 - an address
_OPEN_PATH = "/v1.0/gateway/connections/open"
_UNREACHABLE = "连不上接口；看这台机器能不能上网、域名解析和代理对不对"
_REFUSED = "钉钉不认；到开放平台这个应用的“凭证与基础信息”重新复制 Client ID 和 Client Secret"


async def check_robot(robot: Dingtalk, client: ClientSession, server: OwnServer) -> Findings:
    """The credentials, then the way by which messages come in."""
    secret = robot.client_secret.get_secret_value()
    known = await _post(client, robot.api_url + _TOKEN_PATH, {"appKey": robot.client_id, "appSecret": secret})
    yield _say("钉钉机器人的 Client ID 和 Client Secret", known, "accessToken", "能取到凭证")
    if robot.is_stream:
        topics = [{"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}]
        wanted = {"clientId": robot.client_id, "clientSecret": secret, "subscriptions": topics, "ua": "policybot"}
        opened = await _post(client, robot.api_url + _OPEN_PATH, wanted)
        yield _say("钉钉 Stream 连接", opened, "ticket", "网关同意连接")
    else:
        yield await _check_callback(
            "钉钉机器人的回调 /dingtalk/robot", server, "后台里填 https://您的域名/dingtalk/robot"
        )
        if robot.card_template:
            once = "没登记过，就打 policybot dingtalk-cards https://您的域名"
            yield await _check_callback("钉钉互动卡片的回调 /dingtalk/card", server, once)


def check_digest(digest: DingtalkDigest) -> Finding:
    """The address of the group; whether it is taken is seen when there is something to tell."""
    what = "钉钉群提醒"
    if not is_own(digest.webhook.get_secret_value(), digest.api_url):
        return wrong(what, "Webhook 不是钉钉的地址，不会发；从群里的自定义机器人重新复制")
    return right(what, f"{digest.when} 发；通不通要等有新政策或快到期的政策、真发一次才知道")


async def _check_callback(what: str, server: OwnServer, says: str) -> Finding:
    answer = await server.post(what.rpartition(" ")[2])
    if answer.status == 0:
        return skipped(what, "服务没有开着，没有查")
    if 400 <= answer.status < 500 and answer.status != 404:
        return right(what, f"本机开着，没有签名的请求会被拒绝；{says}")
    return wrong(what, "开着的服务没有这个地址；改好设置后重新启动服务")


def _say(what: str, answer: Mapping[str, object] | None, wanted: str, says: str) -> Finding:
    if answer is None:
        return wrong(what, _UNREACHABLE)
    return right(what, says) if answer.get(wanted) else wrong(what, _REFUSED)


async def _post(client: ClientSession, url: str, body: Mapping[str, object]) -> Mapping[str, object] | None:
    """What is answered, as far as it can be read; None when nothing came back."""
    headers = {"Accept": "application/json"}  # else the gateway answers in XML
    try:
        async with client.post(url, json=body, headers=headers, timeout=ClientTimeout(total=SECONDS)) as response:
            raw = await response.read()
    except (ClientError, OSError, TimeoutError):
        return None
    try:
        answer = json.loads(raw)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else {}
