"""Who may see the pages, and which forms count."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.console.addresses import is_from_here
from bot.console.cookies import LOGIN_PATH, Cookies
from bot.console.forms import Form, read_form
from bot.console.tickets import Role, Seal, Ticket
from bot.sessions.base import Board, StoreUnavailable

TOKEN = "token"  # noqa: S105 - the name of a field
FOREIGN = "这一步不是从后台的页面里点的，没有做。请从后台重新进去再点。"
NO_TICKET = "登录页放得太久了，或者浏览器不让这个网站用 Cookie。请允许 Cookie，再打开登录页试一次。"
STALE = "页面放得太久了，这一步没有做。请回到上一页，刷新以后再点一次。"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is logged in; the form is empty where nothing was sent."""

    request: web.Request
    ticket: Ticket
    form: Form
    token: str
    """For the forms of the page that answers."""


Answer = Callable[[Visit], Awaitable[web.Response]]


class Gate:
    """Lets members in, and sends everybody else to the login."""

    def __init__(self, seal: Seal, cookies: Cookies, board: Board, clock: Callable[[], float]) -> None:
        self._seal = seal
        self._cookies = cookies
        self._board = board
        self._clock = clock

    def members(self, answer: Answer) -> Handler:
        """The handler that answers members only, and forms only where they come from one of their pages."""

        async def handle(request: web.Request) -> web.StreamResponse:
            if (ticket := await self.find_member(request)) is None:
                was_there = self._cookies.is_there(request, Role.MEMBER)
                raise web.HTTPSeeOther(f"{LOGIN_PATH}?over=1" if was_there else LOGIN_PATH)
            form = await self.take_form(request, ticket) if request.method == "POST" else {}
            response = await answer(Visit(request, ticket, form, self._seal.token_of(ticket)))
            self._cookies.renew(request, response, ticket)
            return response

        return handle

    async def find_member(self, request: web.Request) -> Ticket | None:
        """The ticket of who is logged in."""
        ticket = self._cookies.read(request, Role.MEMBER)
        return None if ticket is None or await self._has_left(ticket) else ticket

    async def take_form(self, request: web.Request, ticket: Ticket | None) -> Form:
        """What was sent from a page of this ticket; raises HTTPForbidden when it was not."""
        if not is_from_here(request):
            raise web.HTTPForbidden(text=FOREIGN)
        form = await read_form(request)
        if ticket is None:
            raise web.HTTPForbidden(text=NO_TICKET)
        if not self._seal.is_token_of(ticket, form.get(TOKEN, "")):
            raise web.HTTPForbidden(text=STALE)
        return form

    async def let_out(self, ticket: Ticket) -> None:
        """From now on the ticket is none, on any replica; raises StoreUnavailable."""
        await self._board.write_note(self._name_of(ticket), b"left", max(1.0, ticket.seconds_left(self._clock())))

    async def _has_left(self, ticket: Ticket) -> bool:
        try:
            return await self._board.read_note(self._name_of(ticket)) is not None
        except StoreUnavailable as error:
            # just then the pages are wanted, to see what is wrong; those that show or change more need the store too
            _log.warning("console_without_store", error=type(error).__name__)
            return False

    def _name_of(self, ticket: Ticket) -> str:
        return self._seal.name_of("left", ticket.id)
