"""The addresses of the platform, and what each request goes through before it is carried out."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.simulators.dingtalk.faults import Faults
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import Refusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HOST = "127.0.0.1"
MAX_BODY = 1 << 19
SHUTDOWN = 0.2
DESK = "/-"
TROUBLES = {404: "平台没有这个地址", 405: "这个地址不用这种方法", 413: "请求体太大"}


class Server:
    """A listening server; it can go away and come back under the same port."""

    def __init__(self, platform: Platform, faults: Faults, routes: list[web.RouteDef], port: int) -> None:
        self._platform = platform
        self._faults = faults
        self._port = port
        app = web.Application(middlewares=[self._guard], client_max_size=MAX_BODY)
        app.add_routes(routes)
        self._runner = web.AppRunner(app, shutdown_timeout=SHUTDOWN, access_log=None)
        self._site: web.TCPSite | None = None

    async def start(self) -> str:
        """Listen, and say under which address."""
        await self._runner.setup()
        await self.listen()
        return self._platform.url

    async def listen(self) -> None:
        """Take connections, under the port of the last time."""
        self._site = web.TCPSite(self._runner, HOST, self._port, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[0][1]
        self._platform.url = f"http://{HOST}:{self._port}"

    async def vanish(self) -> None:
        """Refuse connections, and cut those that there are."""
        if self._site is not None:
            await self._site.stop()
        server = self._runner.server
        for connection in list(server.connections) if server else []:
            if connection.transport is not None:
                connection.transport.abort()

    async def stop(self) -> None:
        """Stop for good."""
        self._faults.release()
        await self._runner.cleanup()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Carry a request out, unless a fault is due; turn refusals into answers, and note it all."""
        if request.path == "/" or request.path.startswith(DESK):
            return await handler(request)
        answer: web.StreamResponse | None = await self._faults.answer(request)
        if answer is None:
            answer = await self._carry_out(request, handler)
            answer = await self._faults.answer_afterwards(request) or answer
        self._note(request, answer)
        return answer

    async def _carry_out(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refusal as refusal:
            if refusal.is_violation:
                self._platform.journal.blame(request.path, refusal.what)
            return web.json_response(refusal.body, status=refusal.status)
        except web.HTTPException as error:
            what = TROUBLES.get(error.status, f"平台不接受（{error.status}）")
            self._platform.journal.blame(request.path, f"{what}（{request.method}）")
            return web.json_response({"code": f"InvalidAction.{error.reason}", "message": what}, status=error.status)

    def _note(self, request: web.Request, answer: web.StreamResponse) -> None:
        written = (request._read_bytes or b"").decode("utf-8", "replace")
        said = answer.text or "" if isinstance(answer, web.Response) else ""
        self._platform.journal.note(request.path, written, answer.status, said)
