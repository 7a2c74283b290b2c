"""Whatever is refused under /console is answered by a page with a plain sentence."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.console.cookies import PATH
from bot.console.pages import Pages
from bot.console.views import Frame, RefusalView
from bot.errors import RequestError
from bot.metrics import Metrics
from bot.sessions.base import StoreUnavailable

STORE_AWAY = "保存对话的地方现在用不了，所以这一页打不开。过一会儿再试；一直这样，请管服务器的同事看看：{what}。"
_HEADINGS: Mapping[int, str] = MappingProxyType(
    {
        HTTPStatus.FORBIDDEN: "这一步没有做",
        HTTPStatus.NOT_FOUND: "没有这一页",
        HTTPStatus.METHOD_NOT_ALLOWED: "不能这样打开",
        HTTPStatus.SERVICE_UNAVAILABLE: "现在打不开",
    }
)
_SENTENCES: Mapping[int, str] = MappingProxyType(
    {
        HTTPStatus.NOT_FOUND: "地址可能写错了，或者这一条已经不在了。",
        HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不能直接打开，请从页面里的按钮进去。",
    }
)
_KEPT = ("Allow", "Retry-After")

_log = structlog.get_logger(__name__)


def answer_refusals(pages: Pages, metrics: Metrics) -> Middleware:
    """A middleware that makes a page of each refusal and counts it."""

    def refuse(status: HTTPStatus, sentence: str, headers: Mapping[str, str] | None = None) -> web.Response:
        metrics.count_error(f"http_{status.value}")
        heading = _HEADINGS.get(status, "没有做成")
        response = pages.show(RefusalView(heading, sentence, PATH), Frame(heading), status)
        response.headers.update(headers or {})
        return response

    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except RequestError as error:
            return refuse(HTTPStatus.BAD_REQUEST, str(error))
        except StoreUnavailable as error:
            metrics.count_store_error("console")
            _log.warning("console_without_store", error=type(error).__name__)
            away = STORE_AWAY.format(what=error.what)
            return refuse(HTTPStatus.SERVICE_UNAVAILABLE, away, {"Retry-After": "30"})
        except web.HTTPError as error:
            status = HTTPStatus(error.status)
            kept = {name: error.headers[name] for name in _KEPT if name in error.headers}
            return refuse(status, _SENTENCES.get(status) or error.text or "", kept)

    return answer
