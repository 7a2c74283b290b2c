"""What every answer passes: errors become JSON with a Chinese sentence, and headers keep the page safe."""

from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.channels.web.payloads import dump_error
from bot.errors import RequestError
from bot.metrics import Metrics

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SENTENCES = {
    HTTPStatus.NOT_FOUND: "没有这个地址。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不支持这种请求方法。",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容太长，一次最多 64 KB。",
}


async def protect(_request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Add the security headers; say nothing of the server's make; keep nothing in caches unless the answer says so."""
    response.headers.update(_HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.pop("Server", None)


def guard_errors(metrics: Metrics) -> Middleware:
    """A middleware that answers each refusal with `{"error": sentence}` and counts it."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except RequestError as error:
            return _refuse(metrics, HTTPStatus.BAD_REQUEST, str(error))
        except web.HTTPError as error:
            status = HTTPStatus(error.status)
            kept = {name: error.headers[name] for name in ("Allow", "Retry-After") if name in error.headers}
            return _refuse(metrics, status, _SENTENCES.get(status) or error.text or "", kept)

    return guard


def _refuse(metrics: Metrics, status: HTTPStatus, sentence: str, headers: dict[str, str] | None = None) -> web.Response:
    metrics.count_error(f"http_{status.value}")
    return web.Response(
        status=status, body=dump_error(sentence), content_type="application/json", charset="utf-8", headers=headers
    )
