"""Who serves a customer of 微信客服: asked of the platform, changed there, and remembered for the other replicas."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Protocol
from urllib.parse import urlencode

import structlog

from bot.channels.wecom.api import ApiError
from bot.channels.wecom.kf_notes import KfNotes, Service
from bot.channels.wecom.kf_parcels import Customer

_log = structlog.get_logger(__name__)


class Serving(IntEnum):
    """The states of a session."""

    NEW = 0
    BOT = 1
    POOL = 2
    PERSON = 3
    ENDED = 4


BY_PERSON = frozenset({Serving.POOL, Serving.PERSON})
"""The states in which the bot may not write: somebody has taken the customer, or will."""

BY_BOT = frozenset({Serving.NEW, Serving.BOT})
"""The states in which it may, and a customer's message after the end of a session leads to."""


class Api(Protocol):
    """The API with the token of 微信客服."""

    async def call(self, path: str, body: Mapping[str, object] | None = None) -> Mapping[str, object]:
        """The answer; raises ApiError."""


class KfService:
    """What is known of who serves whom. Methods raise StoreUnavailable, and ApiError where they say so."""

    def __init__(self, api: Api, notes: KfNotes) -> None:
        self._api = api
        self._notes = notes

    async def is_by_person(self, customer: Customer, at: int, *, is_latest: bool) -> bool:
        """Whether what the customer said then was for a person, who answers it.

        The platform is asked only where a person is known to have begun: an event that was lost must not silence the
        bot for good. While it can't be asked, the person counts, who has the message in any case; so does the person
        where more is known to come (not `is_latest`), for what the platform says is true of the end only. A session
        that has ended was not opened again by this message.
        """
        known = await self._notes.service(customer)
        if not known.by_person:
            return at < known.ended
        try:
            is_bots = is_latest and await self.state(customer) in BY_BOT
        except ApiError as error:
            _log.warning("wecom_kf_state_unknown", code=error.code)
            is_bots = False
        await self._notes.write_service(customer, Service() if is_bots else known)  # kept as long as they talk
        return not is_bots

    async def state(self, customer: Customer) -> Serving:
        """Who serves the customer now; raises ApiError."""
        who = {"open_kfid": customer.account, "external_userid": customer.id}
        found = (await self._api.call("/cgi-bin/kf/service_state/get", who)).get("service_state")
        return Serving(found) if isinstance(found, int) and found in set(Serving) else Serving.ENDED

    async def transfer(self, customer: Customer, servicer: str) -> str:
        """Put the customer into the pool, or before a certain person; the code for a notice. Raises ApiError."""
        who = {"open_kfid": customer.account, "external_userid": customer.id}
        to = {"service_state": Serving.POOL} if not servicer else {"service_state": Serving.PERSON}
        body = {**who, **to, **({"servicer_userid": servicer} if servicer else {})}
        code = (await self._api.call("/cgi-bin/kf/service_state/trans", body)).get("msg_code")
        await self.remember_person(customer)
        return code if isinstance(code, str) else ""

    async def is_somebody_on_duty(self, account: str) -> bool:
        """Whether anybody receives customers now; True where that can't be found out, then the transfer shows it."""
        try:
            answer = await self._api.call(f"/cgi-bin/kf/servicer/list?{urlencode({'open_kfid': account})}")
        except ApiError as error:
            _log.warning("wecom_kf_servicers_unknown", code=error.code)
            return True
        listed = answer.get("servicer_list")
        people = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        # a whole department stands there without a state of its own
        return any(one.get("status", 0) == 0 for one in people)

    async def remember_person(self, customer: Customer) -> None:
        """A person serves the customer from now on."""
        known = await self._notes.service(customer)
        if not known.by_person:
            await self._notes.write_service(customer, Service(by_person=True, ended=known.ended))

    async def remember_end(self, customer: Customer, at: int) -> None:
        """The person did no more from then on."""
        if await self.is_known_person(customer):
            await self._notes.write_service(customer, Service(by_person=False, ended=at))

    async def is_known_person(self, customer: Customer) -> bool:
        """Whether a person is known to serve the customer, without asking the platform."""
        return (await self._notes.service(customer)).by_person
