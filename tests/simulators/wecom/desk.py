"""The developer's page: choose a door, talk and click, and see what the bot did."""

import asyncio
import traceback
from collections.abc import Coroutine
from importlib.resources import files
from typing import Any

from aiohttp import web

from tests.simulators.wecom import cards
from tests.simulators.wecom.bot_users import BotUser
from tests.simulators.wecom.customers import Customer
from tests.simulators.wecom.inbox import Shown
from tests.simulators.wecom.members import Member
from tests.simulators.wecom.platform import Json
from tests.simulators.wecom.simulator import WeCom

Person = Member | BotUser | Customer
TYPES = {"index.html": "text/html", "desk.css": "text/css", "desk.js": "text/javascript"}
AGENT = "kefu1"
LOG_LINES = 200


class Desk:
    """Serves the page and does what is clicked on it."""

    def __init__(self, wecom: WeCom) -> None:
        self._wecom = wecom
        self._tasks: set[asyncio.Task[Any]] = set()
        router = wecom.server.app.router
        router.add_get("/", self._part)
        router.add_get("/desk/{name}", self._part)
        router.add_get("/ui/state", self._state)
        router.add_post("/ui/do", self._do)

    async def _part(self, request: web.Request) -> web.Response:
        """One file of the page."""
        name = request.match_info.get("name", "index.html")
        if name not in TYPES:
            raise web.HTTPNotFound
        text = (files("tests.simulators.wecom") / "page" / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=TYPES[name], headers={"Cache-Control": "no-store"})

    async def _state(self, request: web.Request) -> web.Response:
        """Everything the page shows."""
        person = self._person(request.query["door"], request.query["who"])
        name = person.user_id if isinstance(person, BotUser) else person.name
        platform = self._wecom.platform
        return web.json_response(
            {
                "items": [item_of(shown, name) for shown in person.inbox.history],
                "note": self._note(person),
                "log": platform.log[-LOG_LINES:],
                "violations": platform.violations,
                "bot": platform.bot_url,
                "connection": self._wecom.connection_state,
            }
        )

    def _note(self, person: Person) -> str:
        """What is known of the conversation besides its messages."""
        if not isinstance(person, Customer):
            return ""
        states = ("未处理", "智能助手接待", "排队中", "人工接待", "已结束")
        return f"会话状态：{states[person.session.state]}；机器人还能发 {person.session.left} 条"

    async def _do(self, request: web.Request) -> web.Response:
        """Begin what was clicked; the page asks for the state later."""
        order: Json = await request.json()
        person = self._person(str(order["door"]), str(order["who"]))
        task = asyncio.create_task(self._guard(self._work(person, order)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return web.json_response({})

    async def _guard(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do it; what fails stands in the log."""
        try:
            await work
        except Exception:  # noqa: BLE001 the developer shall see it on the page
            self._wecom.platform.note(f"模拟器出错：{traceback.format_exc(limit=3)}")

    def _person(self, door: str, who: str) -> Person:
        if door == "app":
            return self._wecom.member(who)
        if door == "kf":
            return self._wecom.customer(who)
        return self._wecom.bot_user(who) if door == "single" else self._wecom.group().member(who)

    def _work(self, person: Person, order: Json) -> Coroutine[Any, Any, Any]:
        """What an order means for this person."""
        text = str(order.get("text", ""))
        if order["action"] == "says":
            return person.says(text)
        if order["action"] == "clicks":
            return self._click(person, order)
        if order["action"] == "verify":
            return self._verify()
        if isinstance(person, Customer) and order["action"].startswith("agent_"):
            return self._serve(person, str(order["action"]), text)
        simple = {"enters": person.enters, "image": person.sends_image}
        if order["action"] in simple:
            return simple[order["action"]]()
        if order["action"] == "voice":
            return person.sends_voice(text or "有什么政策") if isinstance(person, BotUser) else person.sends_voice()
        assert not isinstance(person, BotUser), "智能机器人收不到位置"
        return person.sends_location(text or "北京市通州区")

    def _click(self, person: Person, order: Json) -> Coroutine[Any, Any, Any]:
        shown, label = person.inbox.history[order["index"]], str(order["label"])
        if isinstance(person, Customer):
            return person.clicks_menu(label, on=shown)
        choices = {key: tuple(ids) for key, ids in order.get("choices", {}).items()}
        return person.clicks(label, choices, on=shown)

    async def _verify(self) -> None:
        """Verify both callback addresses, as saving them in the admin console does."""
        for door in (self._wecom.app_door, self._wecom.bot_door):
            await door.verify()
            self._wecom.platform.note("验证回调地址：已完成")

    def _serve(self, person: Customer, action: str, text: str) -> Coroutine[Any, Any, Any]:
        agent = self._wecom.agent(AGENT)
        if action == "agent_says":
            return agent.says(person, text or "您好，我是客服小李")
        return agent.takes(person) if action == "agent_takes" else agent.ends(person)


def text_without_entries(shown: Shown) -> str:
    """The text of an item; of a menu without the entries that stand as buttons below."""
    if shown.kind != "msgmenu":
        return shown.text
    lines = [shown.body.get("head_content", "")]
    lines += [item["text"]["content"] for item in shown.body.get("list", []) if item["type"] == "text"]
    return "\n".join(line for line in [*lines, shown.body.get("tail_content", "")] if line)


def item_of(shown: Shown, name: str) -> Json:
    """One item as the page wants it."""
    card = shown.card_for(name)
    is_card = shown.kind == "template_card"
    return {
        "kind": shown.kind,
        "text": cards.text_of(card) if is_card else text_without_entries(shown),
        "who": str(shown.body.get("from", "")) if shown.kind == "user" else "",
        "at": shown.at,
        "labels": list(shown.labels_for(name)),
        "replaced": shown.replaced or str(card.get("replace_text", "")),
        "finished": shown.is_finished,
        "links": [jump.get("title", "") for jump in cards.items_of(card, "jump_list")] if is_card else [],
        "selectors": cards.selectors_of(card) if is_card else [],
    }
