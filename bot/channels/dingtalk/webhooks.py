"""Where a message may be answered: an address from a body that no signature covers, so its host is looked at."""

from urllib.parse import urlsplit

from bot.channels.dingtalk.calls import CALL_SECONDS
from bot.sessions.base import Allowance

_HOSTS = frozenset({"oapi.dingtalk.com", "api.dingtalk.com"})
EARLY = 10_000
"""So many milliseconds before its end an address is no longer used."""
BUDGET = (Allowance(20, 60.0 + CALL_SECONDS),)
"""What one webhook takes in a minute; documented for custom robots (D:0717), supposed for the others.

A call may reach the platform as late as its time-out allows, and those after it at once.
"""


def is_own(url: str, api_url: str) -> bool:
    """Whether the address is DingTalk's over TLS, or that of the API that is set."""
    try:
        given, base = urlsplit(url), urlsplit(api_url)
        host, port = given.hostname or "", given.port
        own = (base.scheme, base.hostname, base.port)
    except ValueError:
        return False
    if given.username is not None or given.password is not None:
        return False
    return (given.scheme, host, port) == own or (given.scheme == "https" and host in _HOSTS and port in {None, 443})


def is_alive(until: int, now: int) -> bool:
    """Whether an address still answers; `until` and `now` in milliseconds."""
    return now + EARLY < until
