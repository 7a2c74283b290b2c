"""The composition root of the messaging platforms: the doors that are set, built, and running beside the server."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog
from aiohttp import ClientSession, ClientTimeout

from bot.channel_settings import WecomApp
from bot.channels.base import Door, read_clock
from bot.channels.tokens import SharedToken
from bot.channels.wecom.api import TokenSource, WecomApi
from bot.channels.wecom.app_answers import ActiveAnswers, Line, PassiveAnswers
from bot.channels.wecom.app_door import AppDoor
from bot.channels.wecom.app_sender import AppSender
from bot.channels.wecom.crypto import Cipher
from bot.channels.wecom.kf_door import KfDoor
from bot.channels.wecom.kf_ground import KfGround
from bot.channels.wecom.patience import PatientTurns
from bot.channels.wecom.reception import Reception
from bot.content.reload import LiveContent
from bot.metrics import Metrics
from bot.outbox import Dispatcher
from bot.responder import ContentResponder
from bot.sessions.base import Store
from bot.settings import Settings
from bot.turns import Trouble, TurnHandler

CALL_SECONDS = 10.0
CONNECT_SECONDS = 5.0

_log = structlog.get_logger(__name__)
_dump = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))  # WeCom takes no \\u escapes (40033)


@dataclass(frozen=True, slots=True)
class Foundation:
    """What every way in stands on."""

    store: Store
    client: ClientSession
    metrics: Metrics
    content: LiveContent
    retention_days: int

    def turns(self, kind: str) -> TurnHandler:
        """Turns on the content in use, put into words for one kind of output."""
        content = self.content
        responder = ContentResponder(lambda: content.bundle, kind, retention_days=self.retention_days)
        report = reporter(self.metrics, lambda: content.status.version)
        return TurnHandler(self.store, responder, lambda: content.bundle.guide.knowledge.attributes, report)


def reporter(metrics: Metrics, version: Callable[[], str]) -> Callable[[Trouble], None]:
    """What counts and logs a turn that went wrong: no text of the user, no value."""

    def report(trouble: Trouble) -> None:
        metrics.count_error(trouble.event)
        where = list(trouble.where)
        _log.error(trouble.event, channel=trouble.channel, what=trouble.what, where=where, content=version())

    return report


def open_client() -> ClientSession:
    """The client of all calls to platforms, each of which has a time-out."""
    timeout = ClientTimeout(total=CALL_SECONDS, connect=CONNECT_SECONDS)
    return ClientSession(timeout=timeout, json_serialize=_dump, trust_env=True)


def open_wecom_app(settings: Settings, ground: Foundation) -> Iterator[Door]:
    """The self-built app of WeCom; with its secret it sends by the outbox."""
    if (app := settings.wecom_app) is None:
        return
    cipher = Cipher(app.token.get_secret_value(), app.aes_key.get_secret_value(), app.corp_id)
    reception, turns = Reception(cipher, ground.metrics), PatientTurns(ground.turns("wecom"))
    line = Line(turns, ground.store.board, read_clock, app.corp_id, app.agent_id)
    kf = None if app.kf_secret is None else open_wecom_kf(app, app.kf_secret.get_secret_value(), ground)
    if kf is not None:
        yield kf
    if app.secret is None:
        yield AppDoor(reception, PassiveAnswers(line), turns, kf=kf)
        return
    source = TokenSource(ground.client, app.api_url, app.corp_id, app.secret.get_secret_value())
    token = SharedToken(ground.store.board, f"wecom:{app.corp_id}:{app.agent_id}", source.fetch)
    api = WecomApi(ground.client, app.api_url, token)
    sender = AppSender(api, ground.store.board, ground.metrics)
    yield AppDoor(reception, ActiveAnswers(line), turns, sender, kf)


def open_wecom_kf(app: WecomApp, secret: str, ground: Foundation) -> KfDoor:
    """The customer service of WeCom, whose events come to the app."""
    source = TokenSource(ground.client, app.api_url, app.corp_id, secret)
    # one app may have both doors: then it has one token, for fetching another may end the first
    is_same = app.secret is not None and app.secret.get_secret_value() == secret
    name = f"wecom:{app.corp_id}:{app.agent_id}" if is_same else f"wecom-kf:{app.corp_id}"
    token = SharedToken(ground.store.board, name, source.fetch)
    kf_ground = KfGround(
        api=WecomApi(ground.client, app.api_url, token),
        outbox=ground.store.outbox,
        board=ground.store.board,
        words=lambda notice: ground.content.bundle.notices[notice],
        metrics=ground.metrics,
        clock=read_clock,
    )
    return KfDoor(ground.turns("wecom_kf"), kf_ground, app.kf_servicer)


Builder = Callable[[Settings, Foundation], Iterator[Door]]
BUILDERS: tuple[Builder, ...] = (open_wecom_app,)
"""Of each platform what yields its doors, if the settings turn them on."""


def build_doors(settings: Settings, ground: Foundation) -> tuple[Door, ...]:
    """The doors that the settings turn on."""
    return tuple(door for build in BUILDERS for door in build(settings, ground))


@asynccontextmanager
async def working(doors: Sequence[Door], store: Store, metrics: Metrics) -> AsyncIterator[None]:
    """While it lasts, the doors do their work and what waits is sent; afterwards all of it has ended."""
    senders = {name: door for door in doors for name in door.names}
    dispatcher = Dispatcher(store.outbox, senders, metrics, time.time)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work()) for work in (dispatcher.run, *(door.run for door in doors))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
