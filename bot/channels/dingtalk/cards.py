"""Interactive cards: the question with its buttons, changed once it is answered.

The template that is to be imported (`deploy/dingtalk/card-template.json`) has these variables: `title`, `markdown`,
`options` (a list of `id` and `label`), `state` (`open`, `done`), `notice` (public) and `mine` (private).
"""

import json
from dataclasses import asdict, dataclass

from bot.channels.dingtalk.api import CARD_PATH, REGISTER_PATH, RobotApi
from bot.channels.dingtalk.forms import markdown_of
from bot.channels.dingtalk.markdown import NAME, quiet, title_of
from bot.channels.dingtalk.outcomes import judge, judge_card
from bot.channels.dingtalk.speaking import Address, Speech, load_address
from bot.channels.trees import EMPTY, object_at, read_object, string_at, strings_at
from bot.outbox import Outcome
from bot.sessions.base import Board

ROUTE = "policybot"
"""Under this name the address of the call-back is registered (D:0786), where cards are answered over HTTP."""
LONGEST_VALUE = 1_024
"""Bytes that one variable may have (D:0783)."""
MOST_OPTIONS = 10
KEPT_SECONDS = 7 * 86_400.0
OPEN, DONE = "open", "done"


@dataclass(frozen=True, slots=True)
class Card:
    """What is kept of a card that was sent: whose it is, and what was asked with which options."""

    to: Address
    question: str
    options: tuple[str, ...]


class Cards:
    """Sends cards and remembers them until they are clicked."""

    def __init__(self, api: RobotApi, board: Board, template: str, *, is_stream: bool) -> None:
        self._api = api
        self._board = board
        self._template = template
        self._callback = (
            {"callbackType": "STREAM"} if is_stream else {"callbackType": "HTTP", "callbackRouteKey": ROUTE}
        )

    async def deliver(self, name: str, to: Address, speech: Speech) -> Outcome:
        """What became of the card of this name; StoreUnavailable when it can't be remembered."""
        card = Card(to.without_webhook(), speech.question, speech.options)
        await self._board.write_note(_note(name), _dump(card), KEPT_SECONDS)
        answer = await self._api.post(CARD_PATH, self._body(name, to, speech))
        return judge_card(answer)

    async def find(self, name: str) -> Card | None:
        """The card of this name; None when there is none, or no longer."""
        kept = await self._board.read_note(_note(name))
        return None if kept is None else _load(kept)

    async def settle(self, name: str, holder: str) -> bool:
        """Whether nothing was chosen on the card before; what is chosen is not kept here."""
        return await self._board.take_lease(_choice(name), holder, KEPT_SECONDS)

    async def reopen(self, name: str, holder: str) -> None:
        """Let something be chosen after all."""
        await self._board.drop_lease(_choice(name), holder)

    def _body(self, name: str, to: Address, speech: Speech) -> dict[str, object]:
        robot = to.robot or self._api.robot
        data = {"cardParamMap": params_of(to, speech)}
        body = {
            "cardTemplateId": self._template,
            "outTrackId": name,
            "cardData": data,
            "userIdType": 1,
            **self._callback,
        }
        if not to.is_group:
            return {
                **body,
                "openSpaceId": f"dtv1.card//IM_ROBOT.{to.staff}",
                "imRobotOpenSpaceModel": _space(speech),
                "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": robot},
            }
        asked = {to.staff: quiet(to.nick) or to.staff}
        return {
            **body,
            "openSpaceId": f"dtv1.card//IM_GROUP.{to.conversation}",
            "imGroupOpenSpaceModel": _space(speech),
            "imGroupOpenDeliverModel": {"robotCode": robot, "atUserIds": asked},
        }


async def register(api: RobotApi, address: str, secret: str) -> Outcome:
    """What became of naming the address to which clicks go over HTTP, in place of an earlier one (D:0786)."""
    route = {"callbackRouteKey": ROUTE, "callbackUrl": address, "apiSecret": secret, "forceUpdate": True}
    return judge(await api.post(REGISTER_PATH, route))


def fits(to: Address, speech: Speech) -> bool:
    """Whether the message can be a card: it offers something, is short enough, and goes to somebody known by an id."""
    if not 0 < len(speech.options) <= MOST_OPTIONS or speech.is_file or not to.staff:
        return False
    return all(len(value.encode()) <= LONGEST_VALUE for value in params_of(to, speech).values())


def params_of(to: Address, speech: Speech) -> dict[str, str]:
    """The variables of the template: all of them strings, a list as JSON (D:0789)."""
    options = [{"id": str(number), "label": label} for number, label in enumerate(speech.options, 1)]
    return {
        "title": title_of(speech.text, is_question=True),
        "markdown": markdown_of(to, speech, is_webhook=False),
        "options": json.dumps(options, ensure_ascii=False, separators=(",", ":")),
        "state": OPEN,
        "notice": "",
    }


def _space(speech: Speech) -> dict[str, object]:
    title = title_of(speech.text, is_question=True) or NAME
    return {"supportForward": False, "lastMessageI18n": {"ZH_CN": title}, "notification": {"alertContent": title}}


def _note(name: str) -> str:
    return f"dingtalk:card:{name}"


def _choice(name: str) -> str:
    return f"dingtalk:chosen:{name}"


def _dump(card: Card) -> bytes:
    return json.dumps(asdict(card), ensure_ascii=False).encode()


def _load(kept: bytes) -> Card:
    tree = read_object(kept) or EMPTY
    return Card(load_address(object_at(tree, "to")), string_at(tree, "question"), strings_at(tree, "options"))
