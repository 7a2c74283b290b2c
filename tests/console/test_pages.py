"""What holds for every page: its view, its headers, its doors, and that what it shows stays text."""

import re
from dataclasses import fields
from importlib.resources import files
from typing import get_args

import pytest
from jinja2 import Environment, meta

from bot.console.cookies import LOGIN_PATH
from bot.console.pages import STATIC, template_name
from bot.console.views import View
from bot.sessions.base import Parcel
from bot.sessions.memory import MemoryStore
from tests.console.serving import Staff, create_app
from tests.contracts.stores import Clock

VIEWS = get_args(View)
FOLDER = files("bot.console") / "pages"
OPEN = {("GET", LOGIN_PATH), ("POST", LOGIN_PATH), ("GET", "/console/static/{name}"), ("GET", "/console/")}
PAGES = (
    "",
    "/undelivered",
    "/undelivered/drop?all=1",
    "/handoffs",
    "/knowledge",
    "/search?q=数据券",
    "/none",
    "/login",
)
MARKUP = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


def template_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_template_uses_all_fields_of_its_view_and_no_others(view: type[View]) -> None:
    used = meta.find_undeclared_variables(Environment(autoescape=True).parse(template_of(template_name(view))))

    assert used - {"frame", "problems", "letter", "pager"} == {field.name for field in fields(view)}


def test_every_template_has_its_view() -> None:
    named = {entry.name for entry in FOLDER.iterdir()}

    assert named == {template_name(view) for view in VIEWS} | {"layout.html", "parts.html"}


@pytest.mark.parametrize("name", [entry.name for entry in FOLDER.iterdir()])
def test_no_template_has_a_script_a_style_or_anything_that_is_not_escaped(name: str) -> None:
    text = template_of(name)

    assert not re.search(r"<script|<style|style=|\son\w+=|javascript:|\|\s*safe|autoescape|https?://", text)


@pytest.mark.parametrize("name", [entry.name for entry in FOLDER.iterdir()])
def test_every_form_that_changes_something_carries_the_token(name: str) -> None:
    for form in re.findall(r"<form[^>]*>.*?</form>", template_of(name), re.DOTALL):
        assert ('method="get"' in form) != ('name="token"' in form), form


async def test_all_but_the_login_is_for_members_only(kept: MemoryStore, clock: Clock, staff: Staff) -> None:
    app = create_app(kept, clock)
    routes = {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource}
    of_console = {one for one in routes if one[1].startswith("/console") and one[0] != "HEAD"}

    assert of_console > OPEN
    for method, path in of_console - OPEN:
        address = f"{staff.address}{path.replace('{ref}', '1')}"
        async with staff.client.request(method, address, allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, LOGIN_PATH)


@pytest.mark.parametrize("path", [*PAGES, "/static/console.css"])
async def test_every_answer_has_the_security_headers(member: Staff, path: str) -> None:
    headers = (await member.open(path)).headers

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == ("no-cache" if path.startswith("/static") else "no-store")
    assert "Server" not in headers


async def test_pages_name_only_files_of_this_server_that_there_are(member: Staff) -> None:
    for path in PAGES:
        text = (await member.open(path)).text
        named = re.findall(r'(?:href|src|action)="([^"#]*)"', text)

        assert named
        assert all(one.startswith("/console") for one in named)
        for one in {one for one in named if "/static/" in one}:
            assert (await member.open(one.removeprefix("/console"))).status == 200


@pytest.mark.parametrize("name", STATIC)
async def test_a_file_is_not_sent_twice(staff: Staff, name: str) -> None:
    first = await staff.open(f"/static/{name}")
    second = await staff.open(f"/static/{name}", {"If-None-Match": first.headers["ETag"]})

    assert (first.status, second.status, second.text) == (200, 304, "")


async def test_what_others_wrote_stands_on_the_pages_as_text(member: Staff, kept: MemoryStore) -> None:
    await kept.outbox.post([Parcel(f"{MARKUP}:{n}", f"door{MARKUP}", MARKUP, b"") for n in range(2)])
    for stored in await kept.outbox.waiting():
        await kept.outbox.bury(stored.parcel.id, MARKUP)

    for path in ("", "/undelivered", "/undelivered/drop?all=1", f"/search?q={MARKUP}", f"/handoffs?done={MARKUP}"):
        page = await member.open(path)

        assert "<script" not in page.text
        assert "<img src=x" not in page.text


async def test_every_page_is_refused_to_a_frame_and_to_other_hosts(member: Staff) -> None:
    page = await member.open()

    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in page.headers
