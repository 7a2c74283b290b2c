"""The digest of a group as a door of its own: composed when it is due, by one replica, sent through the outbox."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import structlog
from aiohttp import web

from bot.channel_settings import DIGEST_TIME
from bot.channels.base import Clock, read_clock
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.digest import compose, load_told
from bot.channels.dingtalk.markdown import title_of, to_markdown
from bot.channels.dingtalk.outcomes import judge
from bot.channels.dingtalk.signing import sign_webhook
from bot.channels.dingtalk.webhooks import BUDGET, is_own
from bot.channels.trees import EMPTY, read_object, string_at
from bot.outbox import Outcome, PutOff, Refused
from bot.policy.clauses import Knowledge
from bot.sessions.base import Board, Parcel, Store, StoreUnavailable

DIGEST = "dingtalk_digest"
LOOK_SECONDS = 30.0
LATEST = timedelta(hours=6)
"""A time that the program missed by more is left out."""
LEASE_SECONDS = 300.0
TOLD = "dingtalk:digest:told"
KEPT_SECONDS = 400 * 86_400.0
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
_DAYS = "一二三四五六日"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Once a day, or once a week on `weekday` (0: Monday)."""

    weekday: int | None
    hour: int
    minute: int

    def last_before(self, now: datetime) -> datetime:
        """The last time that is not after now, in Beijing."""
        local = now.astimezone(BEIJING)
        today = local.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        back = 0 if self.weekday is None else (local.weekday() - self.weekday) % 7
        due = today - timedelta(days=back)
        return due if due <= local else due - timedelta(days=1 if self.weekday is None else 7)


def read_timetable(when: str) -> Timetable:
    """“每天 09:00” or “每周一 09:00”, as the settings have made sure of."""
    found = DIGEST_TIME.fullmatch(when.replace("：", ":").strip())
    if found is None:
        raise ValueError(when)
    day = (found["day"] or "").replace("天", "日")
    return Timetable(_DAYS.index(day) if day else None, int(found["hour"]), int(found["minute"]))


@dataclass(frozen=True, slots=True)
class DigestRobot:
    """The custom robot of the group; both address and secret are secrets."""

    webhook: str = field(repr=False)
    secret: str = field(repr=False)
    timetable: Timetable
    api_url: str = "https://api.dingtalk.com"


class DigestDoor:
    """Tells the group what is new."""

    def __init__(
        self,
        robot: DigestRobot,
        store: Store,
        caller: Caller,
        knowledge: Callable[[], Knowledge],
        clock: Clock = read_clock,
    ) -> None:
        self._robot = robot
        self._outbox = store.outbox
        self._board: Board = store.board
        self._caller = caller
        self._knowledge = knowledge
        self._clock = clock
        self._holder = uuid4().hex

    @property
    def names(self) -> tuple[str, ...]:
        """The doors whose parcels it sends."""
        return (DIGEST,)

    def add_routes(self, app: web.Application) -> None:
        """Nothing comes in."""

    async def run(self) -> None:
        """Look now and then whether it is time, until cancelled."""
        while True:
            try:
                await self.look()
            except StoreUnavailable:
                _log.error("dingtalk_digest_not_kept")
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Post the digest if it is time and nobody has. Raises StoreUnavailable."""
        now = self._clock()
        due = self._robot.timetable.last_before(now)
        name = f"dingtalk:digest:{due:%Y%m%d%H%M}"
        if now - due > LATEST or await self._board.read_note(name) is not None:
            return
        if not await self._board.take_lease(f"{name}:lease", self._holder, LEASE_SECONDS):
            return
        if await self._board.read_note(name) is None:  # another replica may have done it between look and lease
            await self._post(name, due)

    async def _post(self, name: str, due: datetime) -> None:
        told = load_told(await self._board.read_note(TOLD))
        digest = compose(self._knowledge(), told, due.date())
        if digest.text:
            content = json.dumps({"text": digest.text}, ensure_ascii=False).encode()
            await self._outbox.post([Parcel(name, DIGEST, DIGEST, content)])
        # kept only now: after a crash in between the same parcel is posted again, which the platform knows by its name
        await self._board.write_note(TOLD, digest.told.dump(), KEPT_SECONDS)
        await self._board.write_note(name, b"1", KEPT_SECONDS)
        _log.info("dingtalk_digest_composed", is_empty=not digest.text)

    async def send(self, parcel: Parcel, attempt: int) -> Outcome:  # noqa: ARG002 - each attempt is like the first
        """What became of the digest."""
        if not is_own(self._robot.webhook, self._robot.api_url):
            return Refused("the webhook is not DingTalk's")
        text = string_at(read_object(parcel.content) or EMPTY, "text")
        try:
            if wait := await self._board.spend("dingtalk:digest", BUDGET):
                return PutOff("budget", wait)
        except StoreUnavailable:
            return PutOff("store unavailable")
        now = int(self._clock().timestamp() * 1_000)
        markdown = {"title": title_of(text), "text": to_markdown(text)}
        body = {"msgtype": "markdown", "markdown": markdown, "msgUuid": parcel.id}
        return judge(await self._caller.call("POST", sign_webhook(self._robot.webhook, self._robot.secret, now), body))
