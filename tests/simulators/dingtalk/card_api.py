"""The addresses for cards: create, deliver, update, stream, and the registration of callbacks."""

from aiohttp import web

from tests.simulators.dingtalk.callbacks import CARD_PATH, Route
from tests.simulators.dingtalk.card_spaces import (
    GROUP,
    ROBOT,
    Space,
    check_deliver_models,
    check_space_models,
    mentions,
    read_spaces,
    recipients,
)
from tests.simulators.dingtalk.cards import Card, CardTemplate, problems_of_values
from tests.simulators.dingtalk.chats import BOT, Chat, Message
from tests.simulators.dingtalk.platform import Platform
from tests.simulators.dingtalk.refusals import ApiRefusal, Json
from tests.simulators.dingtalk.requests import object_of, read_api_json, text_of, unknown_keys
from tests.simulators.dingtalk.tokens import Tokens

INSTANCES_PATH = "/v1.0/card/instances"
CREATE_AND_DELIVER_PATH = f"{INSTANCES_PATH}/createAndDeliver"
DELIVER_PATH = f"{INSTANCES_PATH}/deliver"
STREAMING_PATH = "/v1.0/card/streaming"
REGISTER_PATH = "/v1.0/card/callbacks/register"
MAX_PIECE, MAX_STREAMED = 1024, 3072
SPACES = [f"{space}Open{model}Model" for space in ("imGroup", "imRobot") for model in ("Space", "Deliver")]
CREATED = {"cardTemplateId", "outTrackId", "callbackType", "callbackRouteKey", "cardData", "privateData", "userId"}
CREATED |= {"userIdType", "cardAtUserIds", "openDynamicDataConfig", *SPACES}
DELIVERED = {"outTrackId", "openSpaceId", "userIdType", *SPACES}
UPDATED = {"outTrackId", "cardData", "privateData", "cardUpdateOptions", "userIdType"}
STREAMED = {"outTrackId", "guid", "key", "content", "isFull", "isFinalize", "isError"}
REGISTERED = {"callbackRouteKey", "callbackUrl", "apiSecret", "forceUpdate"}
OK: Json = {"success": True, "result": True}


class Cards:
    """All cards, the published templates, and where clicks by HTTP go."""

    def __init__(self, platform: Platform, tokens: Tokens) -> None:
        self.cards: dict[str, Card] = {}
        self.routes: dict[str, Route] = {}
        self._platform = platform
        self._tokens = tokens
        self._templates: dict[str, CardTemplate] = {}

    def publish(self, template: CardTemplate) -> None:
        """Publish a template; from then on only published ones can be used."""
        self._templates[template.template_id] = template

    def route(self, card: Card) -> Route | None:
        """Where a click on the card goes by HTTP: what was registered, or the way that the console was set up with."""
        app = self._platform.app
        if card.route_key == app.card_route_key and card.route_key not in self.routes:
            return Route(self._platform.bot_url + CARD_PATH, app.signing_card_secret)
        return self.routes.get(card.route_key)

    async def create_and_deliver(self, request: web.Request) -> web.StreamResponse:
        """POST /v1.0/card/instances/createAndDeliver."""
        body = await self._body(request, CREATED | DELIVERED)
        spaces = read_spaces(body)
        check_space_models(body, spaces)
        check_deliver_models(self._platform, body, spaces)
        card = self._create(body)
        result = {"outTrackId": card.out_track_id, "deliverResults": self._deliver(card, body, spaces)}
        return web.json_response({"success": True, "result": result})

    async def create(self, request: web.Request) -> web.StreamResponse:
        """POST /v1.0/card/instances."""
        card = self._create(await self._body(request, CREATED))
        return web.json_response({"success": True, "result": card.out_track_id})

    async def deliver(self, request: web.Request) -> web.StreamResponse:
        """POST /v1.0/card/instances/deliver."""
        body = await self._body(request, DELIVERED)
        card, spaces = self._card(body), read_spaces(body)
        check_deliver_models(self._platform, body, spaces)
        return web.json_response({"success": True, "result": self._deliver(card, body, spaces)})

    async def update(self, request: web.Request) -> web.StreamResponse:
        """PUT /v1.0/card/instances."""
        body = await self._body(request, UPDATED)
        card = self._card(body)
        if card.is_asking:
            self._blame(INSTANCES_PATH, "答复点击之前不要调用更新接口，新内容放在对点击的答复里")
        if "cardData" not in body and "privateData" not in body:
            raise ApiRefusal("param.cardDataAndPrivateDataBothEmpty", "cardData 和 privateData 同时为空")
        self.apply(card, body, INSTANCES_PATH)
        return web.json_response(OK)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """PUT /v1.0/card/streaming."""
        body = await self._body(request, STREAMED)
        card = self._streamed_card(body)
        content, guid = text_of(body, "content"), text_of(body, "guid")
        size = len(content.encode())
        if size > MAX_PIECE:
            raise ApiRefusal("param.stream.content", f"content is too large：{size} 字节，一次最多 {MAX_PIECE}")
        if guid in card.guids:
            return web.json_response(OK)
        card.guids.add(guid)
        key, is_full = text_of(body, "key"), body.get("isFull") is True
        card.values[key] = content if is_full else card.values.get(key, "") + content
        card.streamed = size if is_full else card.streamed + size
        if card.streamed > MAX_STREAMED:
            self._blame(STREAMING_PATH, f"总共写了 {card.streamed} 字节，建议不超过 {MAX_STREAMED}")
        card.is_final = body.get("isFinalize") is True or body.get("isError") is True
        return web.json_response(OK)

    async def register(self, request: web.Request) -> web.StreamResponse:
        """POST /v1.0/card/callbacks/register."""
        body = await self._body(request, REGISTERED)
        key, url = text_of(body, "callbackRouteKey"), text_of(body, "callbackUrl")
        if not key or not url:
            raise ApiRefusal("param.empty", "callbackRouteKey 和 callbackUrl 必填")
        if key not in self.routes or body.get("forceUpdate") is True:
            self.routes[key] = Route(url, text_of(body, "apiSecret"))
        known = self.routes[key]
        return web.json_response({"success": True, "result": {"callbackUrl": known.url, "apiSecret": known.secret}})

    def apply(self, card: Card, changes: Json, where: str, clicker: str = "") -> None:
        """Take the new values of an update, or of the answer to a click."""
        options = object_of(changes, "cardUpdateOptions")
        if "cardData" in changes:
            values = self._values(changes["cardData"], card.template)
            lost = card.update(values, by_key=options.get("updateCardDataByKey") is True)
            if lost:
                self._blame(where, f"没有 updateCardDataByKey，其他变量被清掉：{'、'.join(lost)}")
        by_key = options.get("updatePrivateDataByKey") is True
        private = object_of(changes, "privateData")
        private |= {clicker: changes["userPrivateData"]} if clicker and "userPrivateData" in changes else {}
        for staff_id, data in private.items():
            values = self._values(data, card.template)
            card.update_private(staff_id, values, by_key=by_key)

    async def _body(self, request: web.Request, known: set[str]) -> Json:
        self._tokens.check(request)
        body = await read_api_json(request)
        for key in unknown_keys(body, known):
            self._blame(request.path, f"不认识的字段 {key!r}")
        return body

    def _create(self, body: Json) -> Card:
        name, template_id = text_of(body, "outTrackId"), text_of(body, "cardTemplateId")
        if not name:
            raise ApiRefusal("param.outTrackIdEmpty", "业务标识outTrackId为空")
        if name in self.cards:
            raise ApiRefusal("param.cardAlreadyExist", "卡片已经存在", is_violation=False)
        if not template_id:
            raise ApiRefusal("param.cardTemplateIdEmpty", "卡片模板Id为空")
        if self._templates and template_id not in self._templates:
            raise ApiRefusal("param.templateNotExist", "模板不存在")
        template = self._templates.get(template_id)
        values = self._values(body.get("cardData", {}), template)
        card = Card(name, template, text_of(body, "callbackType"), text_of(body, "callbackRouteKey"), values)
        self._check_callback(card)
        self.cards[name] = card
        for staff_id, data in object_of(body, "privateData").items():
            card.update_private(staff_id, self._values(data, template), by_key=False)
        return card

    def _check_callback(self, card: Card) -> None:
        if card.callback_type not in {"", "STREAM", "HTTP"}:
            raise ApiRefusal("param.invalid", "callbackType 应是 STREAM 或 HTTP，大写")
        if card.callback_type == "HTTP" and self.route(card) is None:
            self._blame(CREATE_AND_DELIVER_PATH, f"callbackRouteKey {card.route_key!r} 没有注册，点击到不了机器人")

    def _values(self, data: object, template: CardTemplate | None) -> dict[str, str]:
        if not isinstance(data, dict):
            raise ApiRefusal("param.invalid", "cardData、privateData 里应是带 cardParamMap 的对象")
        values = data.get("cardParamMap", {})
        problems = problems_of_values(values, template)
        if problems:
            raise ApiRefusal("param.invalid", "；".join(problems))
        return dict(values)

    def _card(self, body: Json) -> Card:
        name = text_of(body, "outTrackId")
        if not name:
            raise ApiRefusal("param.outTrackIdEmpty", "业务标识outTrackId为空")
        if name not in self.cards:
            raise ApiRefusal("param.cardNotExist", "卡片不存在")
        return self.cards[name]

    def _streamed_card(self, body: Json) -> Card:
        for key in ("guid", "key", "content"):
            if not text_of(body, key):
                raise ApiRefusal(f"param.stream.{key}Empty", f"streaming更新{key}为空")
        card = self._card(body)
        if card.is_final:
            self._blame(STREAMING_PATH, "已经写过最后一段（isFinalize），又写")
        return card

    def _deliver(self, card: Card, body: Json, spaces: list[Space]) -> list[Json]:
        return [self._deliver_to(card, body, space) for space in spaces]

    def _deliver_to(self, card: Card, body: Json, space: Space) -> Json:
        chat = self._chat(space)
        result = {"spaceType": space.type, "spaceId": space.id, "success": chat is not None}
        if chat is None:
            return result | {"errorMsg": "场域不存在"}
        named = mentions(body) if chat.is_group else ()
        heard = tuple(one for one in named if one in chat.people)
        chat.show(
            Message(
                BOT,
                "card",
                "",
                mentions=heard,
                at_all="@ALL" in named,
                via=CREATE_AND_DELIVER_PATH,
                at=self._platform.clock.now(),
                card=card,
                recipients=recipients(body) if chat.is_group else (),
            )
        )
        return result | {"carrierId": self._platform.number("carrier")}

    def _chat(self, space: Space) -> Chat | None:
        if space.type == GROUP:
            return self._platform.group_of(space.id)
        person = self._platform.employee(space.id) if space.type == ROBOT else None
        return self._platform.single_chat(person) if person else None

    def _blame(self, where: str, what: str) -> None:
        self._platform.journal.blame(where, what)
