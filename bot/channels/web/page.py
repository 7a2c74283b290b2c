"""The chat page and its parts, read once from the package."""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from mimetypes import types_map

from aiohttp import web

_EXTRA_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the page."""

    body: bytes
    content_type: str
    tag: str


class Page:
    """Serves index.html and /static/; a browser asks each time, and gets a file again only when it has changed."""

    def __init__(self) -> None:
        folder = files("bot.channels.web") / "static"
        self._parts = {entry.name: read_part(entry.name, entry.read_bytes()) for entry in folder.iterdir()}

    async def get_index(self, request: web.Request) -> web.Response:
        """The page itself."""
        return answer_part(request, self._parts["index.html"])

    async def get_report(self, request: web.Request) -> web.Response:
        """The page to print, without any data."""
        return answer_part(request, self._parts["report.html"])

    async def get_part(self, request: web.Request) -> web.Response:
        """One of the files that the page is made of."""
        part = self._parts.get(request.match_info["name"])
        if part is None:
            raise web.HTTPNotFound
        return answer_part(request, part)


def read_part(name: str, body: bytes) -> Part:
    """The file as it is served."""
    suffix = "." + name.rpartition(".")[2]
    return Part(body, _EXTRA_TYPES.get(suffix) or types_map[suffix], sha256(body).hexdigest()[:16])


def answer_part(request: web.Request, part: Part) -> web.Response:
    """The file, or that the browser has it already."""
    headers = {"ETag": f'"{part.tag}"', "Cache-Control": "no-cache"}
    if part.tag in [tag.value for tag in request.if_none_match or ()]:
        return web.Response(status=304, headers=headers)
    return web.Response(body=part.body, content_type=part.content_type, charset="utf-8", headers=headers)
