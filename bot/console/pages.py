"""The pages put together, and the files that they are made of."""

import re
from collections.abc import Mapping
from dataclasses import fields
from http import HTTPStatus
from importlib.resources import files
from types import MappingProxyType

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.web.page import answer_part, read_part
from bot.console.views import Frame, View

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing runs on these pages: there is no script at all."""
STATIC: Mapping[str, str] = MappingProxyType(
    {"colors.css": "bot.channels.web", "icon.svg": "bot.channels.web", "console.css": "bot.console"}
)
"""Where each file comes from: colours and mark are those of the chat page."""


class Pages:
    """Puts views into the templates; whatever they hold stands there as text."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("bot.console", "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        folders = {name: files(package) / "static" for name, package in STATIC.items()}
        self._files = {name: read_part(name, (folder / name).read_bytes()) for name, folder in folders.items()}

    def show(self, view: View, frame: Frame, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
        """The page of a view."""
        values = {field.name: getattr(view, field.name) for field in fields(view)}
        text = self._environment.get_template(template_name(type(view))).render(values, frame=frame)
        return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)

    async def get_file(self, request: web.Request) -> web.Response:
        """One of the files that the pages are made of."""
        part = self._files.get(request.match_info["name"])
        if part is None:
            raise web.HTTPNotFound
        return answer_part(request, part)


def template_name(view: type[View]) -> str:
    """`HandOffView` → hand_off.html."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", view.__name__.removesuffix("View")).lower() + ".html"


async def protect(_request: web.BaseRequest, response: web.StreamResponse) -> None:
    """The headers in which the console differs from the chat page, whose guards set all others."""
    response.headers["Content-Security-Policy"] = POLICY
    # with no-referrer a browser sends forms with `Origin: null`, and over plain HTTP nothing else says where from
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
