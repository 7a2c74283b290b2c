"""The way in and out: the password is taken, and a ticket given for it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from aiohttp import web

from bot.console.addresses import address_of
from bot.console.attempts import Attempts
from bot.console.cookies import LOGIN_PATH, PATH, Cookies
from bot.console.gate import Gate, Visit
from bot.console.pages import Pages
from bot.console.tickets import Role, Seal, is_same
from bot.console.views import Frame, LoginView
from bot.metrics import Metrics
from bot.sessions.base import Board, StoreUnavailable

PUT_OFF = "console_login_put_off"
REFUSED = "console_login_refused"
OVER = "登录的时间到了，请再登录一次。如果刚才点了按钮，那一步没有做。"
NO_LOGIN = "保存对话的地方现在用不了，暂时不能登录。过一会儿再试；一直这样，请告诉管服务器的同事。"
WRONG = "密码不对，请再试一次。"
TOO_OFTEN = "试的次数太多了，请过 {wait}再试。着急的话，请找管服务器的同事。"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Lock:
    """What opens the console, and what keeps to it."""

    password: str
    seal: Seal
    board: Board
    clock: Callable[[], float]


class Login:
    """Takes the password; every replica with the same password and store counts the attempts together."""

    def __init__(self, lock: Lock, pages: Pages, metrics: Metrics) -> None:
        self._password = lock.password
        self._seal = lock.seal
        self._cookies = Cookies(lock.seal, lock.clock)
        self._attempts = Attempts(lock.board, lock.seal, lock.clock)
        self._pages = pages
        self._metrics = metrics
        metrics.expect_errors((PUT_OFF, REFUSED))
        self.gate = Gate(lock.seal, self._cookies, lock.board, lock.clock)

    async def show(self, request: web.Request) -> web.Response:
        """The form; who is logged in goes on to the pages."""
        if await self.gate.find_member(request) is not None:
            raise web.HTTPSeeOther(PATH)
        return self._ask(request, OVER if "over" in request.query else "", HTTPStatus.OK)

    async def log_in(self, request: web.Request) -> web.Response:
        """On to the pages with the right password; else the form again, and why."""
        form = await self.gate.take_form(request, self._cookies.read(request, Role.GUEST))
        if wait := await self._begin(request):
            self._note(request, PUT_OFF)
            return self._put_off(request, wait)
        if not is_same(form.get("password", ""), self._password):
            self._note(request, REFUSED)
            return self._ask(request, WRONG, HTTPStatus.FORBIDDEN)
        _log.info("console_login", user=address_of(request))
        response = web.HTTPSeeOther(PATH)
        for role in (Role.MEMBER, Role.KNOWN):
            self._cookies.write(request, response, self._cookies.fresh(role))
        self._cookies.remove(response, Role.GUEST)
        raise response

    async def log_out(self, visit: Visit) -> web.Response:
        """The ticket is none any more, and the browser has lost it."""
        try:
            await self.gate.let_out(visit.ticket)
        except StoreUnavailable as error:
            _log.warning("console_without_store", error=type(error).__name__)
        _log.info("console_logout", user=address_of(visit.request))
        response = web.HTTPSeeOther(LOGIN_PATH)
        self._cookies.remove(response, Role.MEMBER)
        raise response

    async def _begin(self, request: web.Request) -> float:
        """Take one attempt; the seconds to wait for it. A stranger is not told what is wrong with the store."""
        try:
            return await self._attempts.begin(address_of(request), self._cookies.read(request, Role.KNOWN))
        except StoreUnavailable as error:
            self._metrics.count_store_error("console")
            _log.warning("console_without_store", error=type(error).__name__)
            raise web.HTTPServiceUnavailable(text=NO_LOGIN, headers={"Retry-After": "30"}) from error

    def _put_off(self, request: web.Request, seconds: float) -> web.Response:
        minutes = max(1, math.ceil((seconds - 1) / 60))
        wait = f"{minutes} 分钟" if minutes < 120 else f"{math.ceil(minutes / 60)} 小时"
        response = self._ask(request, TOO_OFTEN.format(wait=wait), HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(math.ceil(seconds))
        return response

    def _ask(self, request: web.Request, trouble: str, status: HTTPStatus) -> web.Response:
        """The form, for the ticket that this browser has, or for a new one."""
        ticket = self._cookies.read(request, Role.GUEST) or self._cookies.fresh(Role.GUEST)
        response = self._pages.show(LoginView(self._seal.token_of(ticket), trouble), Frame("登录"), status)
        self._cookies.write(request, response, ticket)
        return response

    def _note(self, request: web.Request, event: str) -> None:
        self._metrics.count_error(event)
        _log.warning(event, user=address_of(request))
