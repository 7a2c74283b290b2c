"""The calls that send a message to a customer of 微信客服, and what came of each."""

from collections.abc import Mapping
from enum import StrEnum

import structlog

from bot.channels.wecom.api import ApiError
from bot.channels.wecom.kf_ground import PASSING, KfGround
from bot.channels.wecom.kf_parcels import Customer, message_id_of
from bot.channels.wecom.kf_pieces import Piece, body_of
from bot.channels.wecom.kf_service import BY_PERSON, Serving

REPEATED = 95033
OVER_LIMIT = frozenset({95001, 95002})
WRONG_STATE = 95018

_log = structlog.get_logger(__name__)


class Delivery(StrEnum):
    """What came of it."""

    SENT = "sent"
    NOT_NOW = "not now"
    """Not even tried: there is no room until the customer writes again."""
    REFUSED = "refused"
    """Once the customer writes again: for the platform there is no room, or the session has ended."""
    PERSON = "person"
    """A person has taken over, who has what the customer wrote."""
    CHANGING = "changing"
    """The platform does not know yet who serves."""


class KfDelivery:
    """Makes the calls; each raises ApiError where trying again may help, or where it is ours to mend."""

    def __init__(self, ground: KfGround) -> None:
        self._api = ground.api
        self._service = ground.service

    async def send(self, customer: Customer, name: str, piece: Piece) -> Delivery:
        """Send it; `name` is the same when it is sent again, and then it counts as sent."""
        whom = {"touser": customer.id, "open_kfid": customer.account}
        try:
            await self._call("/cgi-bin/kf/send_msg", name, {**whom, **body_of(piece)})
        except ApiError as error:
            if error.code in OVER_LIMIT:
                return Delivery.REFUSED
            if error.code != WRONG_STATE:
                raise
            return await self._find_out(customer)
        return Delivery.SENT

    async def send_by_code(self, code: str, name: str, piece: Piece) -> bool:
        """Send it by the code of an event; False when that is not taken for good."""
        try:
            await self._call("/cgi-bin/kf/send_msg_on_event", name, {"code": code, **body_of(piece)})
        except ApiError as error:
            if error.kind in PASSING:
                raise
            _log.info("wecom_kf_code_not_taken", code=error.code)
            return False
        return True

    async def _find_out(self, customer: Customer) -> Delivery:
        """Why the bot may not write."""
        state = await self._service.state(customer)
        if state in BY_PERSON:
            await self._service.remember_person(customer)
            _log.info("wecom_kf_left_to_person")
            return Delivery.PERSON
        return Delivery.REFUSED if state is Serving.ENDED else Delivery.CHANGING

    async def _call(self, path: str, name: str, body: Mapping[str, object]) -> None:
        """Make the call; one that the platform has had already is as good as made."""
        try:
            await self._api.call(path, {**body, "msgid": message_id_of(name)})
        except ApiError as error:
            if error.code != REPEATED:
                raise
