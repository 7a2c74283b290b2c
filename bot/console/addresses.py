"""Who asks, and how: what a proxy in front says of the visitor's address, and of the encryption."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import web

UNKNOWN = "unknown"
_NETWORK_BITS = 64


def address_of(request: web.Request) -> str:
    """The visitor's network address, as budgets count it: of IPv6 the network, for one visitor has all of it.

    Only a proxy in our own network is believed, and only what it added itself, the last one: a visitor may write
    anything before it.
    """
    peer = _read(request.remote or "")
    if peer is None:
        return UNKNOWN
    told = _read(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()) if not peer.is_global else None
    return _counted(told or peer)


def is_encrypted(request: web.Request) -> bool:
    """Whether the visitor came by HTTPS; without a proxy this server speaks HTTP only."""
    return request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip().lower() == "https"


def is_from_here(request: web.Request) -> bool:
    """Whether a form was sent from a page of this site; every browser says so in one of two headers."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    # the port is not compared: a proxy may leave it out of Host, and the form has a token besides
    return _host(request.headers.get("Origin", "")) == _host(f"//{request.host}") != ""


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _counted(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, _NETWORK_BITS), strict=False))
