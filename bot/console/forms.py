"""What a form of the console sends: small, in time, and read as text."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

MAX_BODY = 16 * 1024
MAX_FIELDS = 20
BODY_SECONDS = 10.0
KIND = "application/x-www-form-urlencoded"

Form = Mapping[str, str]


async def read_form(request: web.Request) -> Form:
    """The fields, each with its last value; raises an HTTP error with a sentence in Chinese."""
    if request.content_type != KIND:
        raise web.HTTPUnsupportedMediaType(text="请用这里的按钮提交。")
    if (request.content_length or 0) > MAX_BODY:
        raise _too_large(request.content_length or 0)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="网络太慢，没有收完整，请再试一次。") from None
    except (web.RequestPayloadError, ConnectionError):
        raise web.HTTPBadRequest(text="没有收完整，请再试一次。") from None
    if len(body) > MAX_BODY:
        raise _too_large(len(body))
    return parse_form(body)


def parse_form(body: bytes) -> Form:
    """The fields of a body; raises HTTPBadRequest where they are none."""
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        raise web.HTTPBadRequest(text="内容不对，请回到上一页再试一次。") from None


def _too_large(size: int) -> web.HTTPException:
    return web.HTTPRequestEntityTooLarge(max_size=MAX_BODY, actual_size=size, text="内容太长了。")
