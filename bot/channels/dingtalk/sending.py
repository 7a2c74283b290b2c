"""The sender of the door: a card where one is set up, else the webhook while it lives, else the robot's interface."""

from collections.abc import Callable

import structlog

from bot.channels.dingtalk.api import GROUP_PATH, SINGLE_PATH, RobotApi
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.cards import Cards, fits
from bot.channels.dingtalk.forms import for_robot, for_webhook
from bot.channels.dingtalk.outcomes import judge, judge_single
from bot.channels.dingtalk.speaking import Address, Speech, load_speech
from bot.channels.dingtalk.webhooks import BUDGET, is_alive, is_own
from bot.outbox import Outcome, PutOff, Refused
from bot.sessions.base import Board, Parcel, StoreUnavailable

SHORT_WAIT = 5.0
MOST_BYTES = 15_000
"""Of the parameters of one message of the robot's interface (D:0716)."""

_log = structlog.get_logger(__name__)


class Mailer:
    """Sends the parcels of the door; it raises nothing."""

    def __init__(
        self, caller: Caller, api: RobotApi, board: Board, cards: Cards | None, now: Callable[[], int]
    ) -> None:
        self._caller = caller
        self._api = api
        self._board = board
        self._cards = cards
        self._now = now

    async def send(self, parcel: Parcel) -> Outcome:
        """What became of one message."""
        to, speech = load_speech(parcel.content)
        try:
            if self._cards is not None and fits(to, speech):
                outcome = await self._cards.deliver(parcel.id.replace(":", "-"), to, speech)
                if not isinstance(outcome, Refused):
                    return outcome
                _log.warning("dingtalk_card_refused", why=outcome.why)
            return await self._say(to, speech)
        except StoreUnavailable:
            return PutOff("store unavailable")

    async def _say(self, to: Address, speech: Speech) -> Outcome:
        outcome, is_shut = await self._say_by_webhook(to, speech)
        by_robot = is_shut and (to.conversation or to.staff)
        return await self._say_by_robot(to, speech) if by_robot else outcome

    async def _say_by_webhook(self, to: Address, speech: Speech) -> tuple[Outcome, bool]:
        """What became of it there, and whether that way is shut for more than a moment."""
        if not (is_own(to.webhook, self._api.address) and is_alive(to.until, self._now())):
            return Refused("nobody can be reached any more"), True
        if wait := await self._board.spend(f"dingtalk:webhook:{to.conversation or to.lane}", BUDGET):
            return PutOff("budget", wait), wait > SHORT_WAIT
        outcome = judge(await self._caller.call("POST", to.webhook, for_webhook(to, speech)))
        is_shut = isinstance(outcome, Refused) or (isinstance(outcome, PutOff) and outcome.seconds is not None)
        return outcome, is_shut

    async def _say_by_robot(self, to: Address, speech: Speech) -> Outcome:
        call, robot = for_robot(to, speech), to.robot or self._api.robot
        if len(call.param.encode()) > MOST_BYTES:
            return Refused("too long")
        message = {"robotCode": robot, "msgKey": call.key, "msgParam": call.param}
        if to.is_group:
            return judge(await self._api.post(GROUP_PATH, {**message, "openConversationId": to.conversation}))
        answer = await self._api.post(SINGLE_PATH, {**message, "userIds": [to.staff]})
        return judge_single(answer, to.staff)
