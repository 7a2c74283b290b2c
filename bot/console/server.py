"""The addresses of the console, put together."""

from collections.abc import Mapping

from aiohttp import web

from bot.console.cookies import PATH
from bot.console.gate import Answer
from bot.console.ground import Ground
from bot.console.knowledge import KnowledgePages
from bot.console.login import Lock, Login
from bot.console.overview import Overview
from bot.console.pages import Pages, protect
from bot.console.refusals import answer_refusals
from bot.console.tallying import Tallies
from bot.console.tickets import Seal
from bot.console.undelivered import Undelivered
from bot.console.waiting import Waiting


def open_console(app: web.Application, ground: Ground, password: str) -> None:
    """Add the console to the server's addresses."""
    pages = Pages()
    lock = Lock(password, Seal(password), ground.store.board, lambda: ground.clock().timestamp())
    login = Login(lock, pages, ground.metrics)
    console = web.Application(middlewares=[answer_refusals(pages, ground.metrics)])
    console.on_response_prepare.append(protect)
    console.router.add_get("/login", login.show)
    console.router.add_post("/login", login.log_in)
    console.router.add_get("/static/{name}", pages.get_file)
    console.router.add_get("/", _lead_on)
    tallies = Tallies(ground.store.board, ground.metrics, ground.clock)
    console.cleanup_ctx.append(tallies.attend)
    overview = Overview(ground, pages, tallies)
    console.router.add_get("", login.gate.members(overview.show))
    for (method, path), answer in _members_only(ground, pages, lock.seal, login).items():
        console.router.add_route(method, path, login.gate.members(answer))
    app.add_subapp(PATH, console)


def _members_only(ground: Ground, pages: Pages, seal: Seal, login: Login) -> Mapping[tuple[str, str], Answer]:
    """What only those see and do who are logged in."""
    undelivered, waiting = Undelivered(ground, pages, seal), Waiting(ground, pages, seal)
    knowledge = KnowledgePages(ground, pages)
    return {
        ("GET", "/undelivered"): undelivered.show,
        ("POST", "/undelivered/retry"): undelivered.retry,
        ("GET", "/undelivered/drop"): undelivered.ask,
        ("POST", "/undelivered/drop"): undelivered.drop,
        ("GET", "/handoffs"): waiting.show,
        ("GET", "/handoffs/{ref}"): waiting.show_one,
        ("POST", "/handoffs/{ref}/done"): waiting.close,
        ("GET", "/knowledge"): knowledge.show,
        ("GET", "/search"): knowledge.search,
        ("POST", "/logout"): login.log_out,
    }


async def _lead_on(_request: web.Request) -> web.Response:
    """From /console/ to /console."""
    raise web.HTTPSeeOther(PATH)
