"""`/wecom/app`: the callbacks of the self-built app, each answered in time and its turn taken once."""

from typing import Protocol, assert_never

import structlog
from aiohttp import web

from bot.channels.wecom.app_answers import Answers, NotInTime
from bot.channels.wecom.app_sender import AppSender
from bot.channels.wecom.crypto import CallbackRefused, read_encrypted_xml
from bot.channels.wecom.packing import DOOR
from bot.channels.wecom.patience import PatientTurns
from bot.channels.wecom.payloads import Callback, CardClicked, CustomerNotice, Passed, Said, Warned, read_callback
from bot.channels.wecom.reception import Reception, read_body
from bot.outbox import Outcome, PutOff
from bot.sessions.base import Parcel, StoreUnavailable

PATH = "/wecom/app"

_log = structlog.get_logger(__name__)


class KfIntake(Protocol):
    """The door of 微信客服, whose events come to the address of the app."""

    async def notice(self, open_kfid: str, token: str) -> None:
        """Something happened in this account; returns at once."""


class AppDoor:
    """The self-built app. Without a sender it has no secret, and answers in the responses only."""

    def __init__(
        self,
        reception: Reception,
        answers: Answers,
        turns: PatientTurns,
        sender: AppSender | None = None,
        kf: KfIntake | None = None,
    ) -> None:
        self._reception = reception
        self._metrics = reception.metrics
        self._answers = answers
        self._turns = turns
        self._sender = sender
        self._kf = kf

    @property
    def names(self) -> tuple[str, ...]:
        """The door whose parcels it sends; without a secret they wait."""
        return (DOOR,) if self._sender else ()

    def add_routes(self, app: web.Application) -> None:
        """Add the address of verification and callbacks."""
        app.router.add_get(PATH, self._reception.verify, allow_head=False)
        app.router.add_post(PATH, self.receive)

    async def run(self) -> None:
        """Let turns go on until cancelled; the platform delivers again what is then given up."""
        await self._turns.run()

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Make the call of a parcel."""
        return await self._sender.send(parcel, attempt) if self._sender else PutOff("no secret")

    async def receive(self, request: web.Request) -> web.Response:
        """The answer to a callback; 503 makes the platform deliver the same once more."""
        try:
            callback = read_callback(self._reception.open(request, read_encrypted_xml(await read_body(request))))
            return self._reception.answer(await self._answer(callback))
        except CallbackRefused as refused:
            return self._reception.refuse(refused)
        except (NotInTime, StoreUnavailable) as error:
            self._metrics.count_error("wecom_not_answered")
            _log.warning("wecom_not_answered", what=type(error).__name__)
            return web.Response(status=503)

    async def _answer(self, callback: Callback) -> str:
        match callback:
            case Said():
                return await self._answers.hear(callback)
            case CardClicked():
                return await self._answers.click(callback)
            case CustomerNotice(open_kfid=open_kfid, token=token):
                await self._pass_on(open_kfid, token)
            case Warned(event=event):
                self._metrics.count_error("wecom_app_warning")
                _log.error("wecom_app_warning", warning=event)
            case Passed(what=what):
                _log.debug("wecom_passed", what=what)
            case _ as unreachable:
                assert_never(unreachable)
        return ""

    async def _pass_on(self, open_kfid: str, token: str) -> None:
        if self._kf is None:
            _log.warning("wecom_kf_not_set")
        elif open_kfid:
            await self._kf.notice(open_kfid, token)
