"""Handing a customer of 微信客服 over to a person, once the customer has been told that it is being done."""

import structlog

from bot.channels.platform_errors import Kind
from bot.channels.wecom.api import ApiError
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_notes import SESSION_SECONDS
from bot.channels.wecom.kf_parcels import Customer, Message, OnEvent, parcel_of
from bot.channels.wecom.kf_pieces import Piece
from bot.channels.wecom.kf_service import BY_PERSON
from bot.dialog.acts import Notice

_log = structlog.get_logger(__name__)


class KfHanding:
    """Lets a person serve: one whom the settings name, else whoever takes the customer from the pool."""

    def __init__(self, ground: KfGround, servicer: str) -> None:
        self._ground = ground
        self._service = ground.service
        self._servicer = servicer

    async def hand_over(self, parcel_id: str, customer: Customer) -> None:
        """Hand over, then say so by the code that comes of it; raises ApiError where trying again may help.

        Where nobody can serve, the customer is told so, and the bot goes on.
        """
        try:
            code = await self._call_person(customer)
        except ApiError as error:
            if error.kind in {Kind.RETRY, Kind.RATE}:
                raise
            _log.error("wecom_kf_not_handed_over", code=error.code)
            code = None
        if code is None:
            await self._say_nobody(parcel_id, customer)
        elif code:
            said = OnEvent(self._ground.words(Notice.PERSON_CALLED), code, self._ground.now + SESSION_SECONDS)
            await self._ground.outbox.post((parcel_of(parcel_id, 0, customer, said),))

    async def _call_person(self, customer: Customer) -> str | None:
        """The code for a notice, empty where there is none; None when nobody is on duty."""
        if await self._service.state(customer) in BY_PERSON:  # done at the attempt before, or by an agent
            await self._service.remember_person(customer)
            return ""
        if not self._servicer and not await self._service.is_somebody_on_duty(customer.account):
            return None
        return await self._service.transfer(customer, self._servicer)

    async def _say_nobody(self, parcel_id: str, customer: Customer) -> None:
        self._ground.metrics.count_error("wecom_kf_nobody_on_duty")
        said = Message(Piece(self._ground.words(Notice.NOBODY_ON_DUTY)), is_extra=True)
        await self._ground.outbox.post((parcel_of(parcel_id, 0, customer, said),))
