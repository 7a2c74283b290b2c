"""`POST /api/chat`: one message in, one reply out."""

import asyncio

import structlog
from aiohttp import web

from bot.channels.base import Clock, Turns
from bot.channels.web.payloads import ChatRequest, dump_reply, parse_chat, to_inbound
from bot.turns import UNAVAILABLE, SentTooFast, TurnFailed

MAX_BODY = 64 * 1024
BODY_SECONDS = 10.0
TURN_SECONDS = 15.0

_log = structlog.get_logger(__name__)


class ChatEndpoint:
    """Takes the messages of the chat page and of anyone who speaks its JSON."""

    def __init__(self, turns: Turns, clock: Clock) -> None:
        self._turns = turns
        self._clock = clock

    async def post(self, request: web.Request) -> web.Response:
        """The reply as JSON; every refusal is an HTTP error whose text is a sentence in Chinese."""
        chat = parse_chat(await read_body(request))
        return web.Response(body=await self._answer(chat), content_type="application/json", charset="utf-8")

    async def _answer(self, chat: ChatRequest) -> bytes:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                reply = await self._turns.handle(to_inbound(chat, self._clock))
        except SentTooFast as error:
            raise web.HTTPTooManyRequests(text=str(error), headers={"Retry-After": "10"}) from error
        except TurnFailed as error:
            raise refuse(str(error), is_temporary=error.is_temporary) from error
        except TimeoutError as error:
            _log.warning("turn_timed_out", session=chat.session)
            raise refuse(UNAVAILABLE, is_temporary=True) from error
        return dump_reply(reply)


async def read_body(request: web.Request) -> bytes:
    """The JSON that was sent, as bytes; raises an HTTP error with a sentence in Chinese."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="请用 application/json 发送。")
    if (request.content_length or 0) > MAX_BODY:
        raise web.HTTPRequestEntityTooLarge(max_size=MAX_BODY, actual_size=request.content_length or 0)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="请求太慢，没有收完整，请再发一次。") from None
    except (web.RequestPayloadError, ConnectionError):
        raise web.HTTPBadRequest(text="请求内容没有收完整，或者压缩得不对。") from None


def refuse(sentence: str, *, is_temporary: bool) -> web.HTTPException:
    """The HTTP error of a failure on this side."""
    if is_temporary:
        return web.HTTPServiceUnavailable(text=sentence, headers={"Retry-After": "5"})
    return web.HTTPInternalServerError(text=sentence)
