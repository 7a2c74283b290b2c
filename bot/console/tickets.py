"""The cookie by which a visitor is known again: signed, so that every replica reads it and nobody else makes one.

The key is worked out from the password, slowly, so that a stolen cookie is of little use for guessing it. Replicas with
the same password have the same key; with a new password no earlier ticket is one any more.
"""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from enum import StrEnum

HOUR, DAY = 3_600, 86_400
_FORM = re.compile(
    r"(?P<body>(?P<role>[gmk])\.(?P<id>[\w-]{22})\.(?P<began>\d{1,11})\.(?P<seen>\d{1,11}))\.(?P<mac>[\w-]{43})",
    re.ASCII,
)
_SALT = b"policybot console 1"
_COST, _BLOCK, _LANES = 2**14, 8, 1
_MEMORY = 64 * 1024 * 1024


class Role(StrEnum):
    """What a ticket lets its holder do."""

    GUEST = "g"
    """Log in, and nothing else."""
    MEMBER = "m"
    """See and do everything."""
    KNOWN = "k"
    """Try the password, whatever strangers do: this browser has logged in before."""


_IDLE_SECONDS = {Role.GUEST: 12 * HOUR, Role.MEMBER: HOUR, Role.KNOWN: 90 * DAY}
_LONGEST_SECONDS = {Role.GUEST: 12 * HOUR, Role.MEMBER: 12 * HOUR, Role.KNOWN: 90 * DAY}


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who holds it: any id, since when (seconds), and when it was last seen."""

    role: Role
    id: str
    began: int
    seen: int

    def is_over(self, now: float) -> bool:
        """Whether it was silent for too long, or is too old."""
        return now - self.seen > _IDLE_SECONDS[self.role] or self.seconds_left(now) <= 0

    def seconds_left(self, now: float) -> float:
        """For how long it counts at most."""
        return self.began + _LONGEST_SECONDS[self.role] - now

    def renewed(self, now: float) -> "Ticket":
        """The same one, seen now."""
        return replace(self, seen=int(now))


def new_ticket(role: Role, now: float) -> Ticket:
    """A ticket with an id that was never given to anybody."""
    return Ticket(role, secrets.token_urlsafe(16), int(now), int(now))


class Seal:
    """Signs tickets and what belongs to them, and knows what it signed."""

    def __init__(self, password: str) -> None:
        self._key = hashlib.scrypt(password.encode(), salt=_SALT, n=_COST, r=_BLOCK, p=_LANES, maxmem=_MEMORY, dklen=32)

    def write(self, ticket: Ticket) -> str:
        """The ticket as a cookie has it."""
        body = f"{ticket.role.value}.{ticket.id}.{ticket.began}.{ticket.seen}"
        return f"{body}.{self._sign('ticket', body)}"

    def read(self, cookie: str) -> Ticket | None:
        """The ticket; None where it was not signed here, whatever it is."""
        found = _FORM.fullmatch(cookie)
        if found is None or not hmac.compare_digest(found["mac"], self._sign("ticket", found["body"])):
            return None
        return Ticket(Role(found["role"]), found["id"], int(found["began"]), int(found["seen"]))

    def token_of(self, ticket: Ticket) -> str:
        """What a form of this ticket's pages carries, so that no other site can send it."""
        return self._sign("token", ticket.id)

    def is_token_of(self, ticket: Ticket, token: str) -> bool:
        """Whether a form came from a page of this ticket."""
        return hmac.compare_digest(token.encode(), self.token_of(ticket).encode())

    def name_of(self, what: str, text: str) -> str:
        """A name for the store from which the text can't be guessed."""
        return f"console:{what}:{self._sign(what, text)}"

    def ref_of(self, text: str) -> str:
        """What stands for the text in an address: addresses are logged by proxies, and kept by browsers."""
        return self._sign("ref", text)

    def _sign(self, what: str, text: str) -> str:
        digest = hmac.new(self._key, f"{what}\0{text}".encode("utf-8", "replace"), hashlib.sha256).digest()
        return urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_same(given: str, password: str) -> bool:
    """Whether the password is right; it takes as long for any other one of this length."""
    one, other = (hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (given, password))
    return hmac.compare_digest(one, other)
