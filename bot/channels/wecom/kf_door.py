"""The door of 微信客服: customers outside the company, who write to it from WeChat."""

from aiohttp import web

from bot.channels.base import Turns
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.kf_intake import KfIntake, Pace
from bot.channels.wecom.kf_parcels import DOOR
from bot.channels.wecom.kf_reception import KfReception
from bot.channels.wecom.kf_sender import KfSender
from bot.outbox import Outcome
from bot.sessions.base import Parcel


class KfDoor:
    """Reads what customers send once the app's callback has told that there is something, and answers them.

    `servicer` is who serves the customers that want a person; empty: whoever takes them from the pool.
    """

    names = (DOOR,)

    def __init__(self, turns: Turns, ground: KfGround, servicer: str = "", pace: Pace | None = None) -> None:
        self._intake = KfIntake(ground, KfReception(turns, ground), pace or Pace())
        self._sender = KfSender(ground, servicer)

    async def notice(self, open_kfid: str, token: str) -> None:
        """The app's callback tells that something has come for an account; returns at once."""
        await self._intake.notice(open_kfid, token)

    def add_routes(self, _app: web.Application) -> None:
        """It has no address of its own: the app hands its events over."""

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:
        """Run the errand of a parcel."""
        return await self._sender.send(parcel, attempt)

    async def run(self) -> None:
        """Read what comes, until cancelled."""
        await self._intake.run()
