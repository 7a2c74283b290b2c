"""The API server: troubles first, then the token, then the body as strictly as the platform reads it."""

import json
import re
from collections.abc import Callable

from aiohttp import web

from tests.simulators.wecom.callbacks import DETAIL
from tests.simulators.wecom.faults import Faults
from tests.simulators.wecom.platform import Answered, Call, Json, Platform, Refused
from tests.simulators.wecom.tokens import Tokens

Handler = Callable[[Call], Json]
ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")
MAX_BODY = 30 * 1024 * 1024


class ApiServer:
    """Routes under /cgi-bin/, each a plain function from a call to its answer."""

    def __init__(self, platform: Platform, tokens: Tokens, faults: Faults) -> None:
        self._platform = platform
        self._tokens = tokens
        self._faults = faults
        self.app = web.Application(client_max_size=MAX_BODY)

    def offer(self, method: str, path: str, handler: Handler, *, app: str = "app") -> None:
        """Serve a handler; `app`: whose token it takes, "any", or "" for a call without token."""

        async def serve(request: web.Request) -> web.StreamResponse:
            return await self._faults.serve(request, lambda: self._answer(request, handler, app))

        self.app.router.add_route(method, path, serve)

    async def _answer(self, request: web.Request, handler: Handler, app: str) -> web.Response:
        """What the handler says, or why it was not asked; both are kept."""
        call = Call(request.path, dict(request.query), await request.read(), {}, self._platform.clock.now())
        try:
            if not self._platform.is_trusted_ip and app:
                raise Refused(60020, "not allow to access from your ip", is_wrong=False)
            owner = self._tokens.owner_of(call.query.get("access_token", ""), app) if app else ""
            call = Call(call.path, call.query, call.raw, body_of(request, call.raw), call.at, owner)
            answer = {"errcode": 0, "errmsg": "ok", **handler(call)}
        except Refused as refused:
            answer = self._refuse(call, refused)
        self._platform.calls.append(Answered(call, answer))
        self._platform.note(f"接口 {call.path} → {answer['errcode']} {answer['errmsg']}{detail_of(call)}")
        return web.json_response(answer)

    def _refuse(self, call: Call, refused: Refused) -> Json:
        """The errcode, and a note if the bot should have known."""
        if refused.is_wrong:
            self._platform.violated(f"{call.path}：{refused}")
        return {"errcode": refused.errcode, "errmsg": refused.errmsg}


def detail_of(call: Call) -> str:
    """The beginning of a body, for the developer's page."""
    return "\n" + json.dumps(call.body, ensure_ascii=False)[:DETAIL] if call.body else ""


def body_of(request: web.Request, raw: bytes) -> Json:
    """The JSON object of a POST; strictly UTF-8 and without \\u escapes."""
    if request.method == "GET":
        return {}
    if ESCAPE.search(raw):
        raise Refused(40033, "invalid charset: \\uxxxx is not supported")
    try:
        body = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique)
    except ValueError as error:
        raise Refused(47001, f"data format error: {error}") from error
    if not isinstance(body, dict):
        raise Refused(47001, "data format error: not an object")
    return body


def _unique(pairs: list[tuple[str, object]]) -> Json:
    """An object, each of whose names stands once."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(f"repeated name in {[name for name, _ in pairs]}")
    return made
