"""The cookies of the console: who is logged in, who is about to, and which browsers have logged in before."""

from collections.abc import Callable

from aiohttp import web

from bot.console.addresses import is_encrypted
from bot.console.tickets import Role, Seal, Ticket, new_ticket

PATH = "/console"
LOGIN_PATH = f"{PATH}/login"
_NAMES = {Role.MEMBER: "policybot_console", Role.GUEST: "policybot_visit", Role.KNOWN: "policybot_known"}
_PATHS = {Role.MEMBER: PATH, Role.GUEST: LOGIN_PATH, Role.KNOWN: LOGIN_PATH}
RENEWED_AFTER = 60


class Cookies:
    """Reads tickets from requests and writes them into answers."""

    def __init__(self, seal: Seal, clock: Callable[[], float]) -> None:
        self._seal = seal
        self._clock = clock

    def read(self, request: web.Request, role: Role) -> Ticket | None:
        """The ticket of this role that still counts; None where there is none, or none of ours."""
        found = self._seal.read(request.cookies.get(_NAMES[role], ""))
        return None if found is None or found.role is not role or found.is_over(self._clock()) else found

    def is_there(self, request: web.Request, role: Role) -> bool:
        """Whether there is anything in the place of this ticket."""
        return _NAMES[role] in request.cookies

    def fresh(self, role: Role) -> Ticket:
        """A new ticket."""
        return new_ticket(role, self._clock())

    def renew(self, request: web.Request, response: web.StreamResponse, ticket: Ticket) -> None:
        """Take note that the ticket was seen, now and then."""
        if self._clock() - ticket.seen >= RENEWED_AFTER:
            self.write(request, response, ticket.renewed(self._clock()))

    def remove(self, response: web.StreamResponse, role: Role) -> None:
        """Take the ticket away."""
        response.del_cookie(_NAMES[role], path=_PATHS[role], httponly=True, samesite="Strict")

    def write(self, request: web.Request, response: web.StreamResponse, ticket: Ticket) -> None:
        """Give the browser the ticket."""
        response.set_cookie(
            _NAMES[ticket.role],
            self._seal.write(ticket),
            path=_PATHS[ticket.role],
            httponly=True,
            samesite="Strict",
            secure=is_encrypted(request),
            # that of a member ends with the browser
            max_age=int(ticket.seconds_left(self._clock())) if ticket.role is Role.KNOWN else None,
        )
