"""What every address reads from a request, and checks of it."""

import json
from collections.abc import Iterable

from aiohttp import web

from tests.simulators.dingtalk.refusals import ApiRefusal, Json, OapiRefusal


async def read_api_json(request: web.Request) -> Json:
    """The body of a call of the new API."""
    body = await _read(request)
    if body is None:
        raise ApiRefusal(
            "invalidParameter.msgBody.invalid", "请求体必须是 JSON 对象，Content-Type 必须是 application/json"
        )
    return body


async def read_oapi_json(request: web.Request) -> Json:
    """The body of a call of a webhook."""
    body = await _read(request)
    if body is None:
        raise OapiRefusal(43004, "无效的HTTP HEADER Content-Type，或请求体不是 JSON 对象")
    return body


async def _read(request: web.Request) -> Json | None:
    if request.content_type != "application/json":
        return None
    try:
        body = json.loads(await request.text())
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def text_of(body: Json, key: str) -> str:
    """The text under a key; empty where there is none, or something else."""
    value = body.get(key)
    return value if isinstance(value, str) else ""


def object_of(body: Json, key: str) -> Json:
    """The object under a key; empty where there is none, or something else."""
    value = body.get(key)
    return value if isinstance(value, dict) else {}


def unknown_keys(body: Json, known: Iterable[str]) -> list[str]:
    """The keys that nobody reads."""
    return sorted(set(body) - set(known))
