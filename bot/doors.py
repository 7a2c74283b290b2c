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

from bot.channels.base import Door, read_clock
from bot.channels.dingtalk.api import Credentials
from bot.channels.dingtalk.calls import Caller
from bot.channels.dingtalk.digest_door import DigestDoor, DigestRobot, read_timetable
from bot.channels.dingtalk.door import DingtalkDoor, Ground, Robot
from bot.channels.tokens import SharedToken
from bot.channels.wecom.api import TokenSource, WecomApi
from bot.channels.wecom.app_answers import ActiveAnswers, Line, PassiveAnswers
from bot.channels.wecom.app_door import AppDoor
from bot.channels.wecom.app_sender import AppSender
from bot.channels.wecom.crypto import Cipher
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


def open_dingtalk(settings: Settings, ground: Foundation) -> Iterator[Door]:
    """The robot of DingTalk, and the digest for a group, each where it is set."""
    if robot := settings.dingtalk:
        credentials = Credentials(robot.client_id, robot.client_secret.get_secret_value(), robot.api_url)
        yield DingtalkDoor(
            Robot(credentials, robot.is_stream, robot.card_template, robot.card_secret.get_secret_value()),
            Ground(ground.turns("dingtalk"), ground.store, ground.client, ground.metrics),
        )
    if digest := settings.dingtalk_digest:
        address, secret = digest.webhook.get_secret_value(), digest.secret.get_secret_value()
        group = DigestRobot(address, secret, read_timetable(digest.when), digest.api_url)
        caller, content = Caller(ground.client), ground.content
        yield DigestDoor(group, ground.store, caller, lambda: content.bundle.guide.knowledge)


def open_wecom_app(settings: Settings, ground: Foundation) -> Iterator[Door]:
    """The self-built app of WeCom; with its secret it sends by the outbox."""
    if (app := settings.wecom_app) is None:
        return
    cipher = Cipher(app.token.get_secret_value(), app.aes_key.get_secret_value(), app.corp_id)
    reception, turns = Reception(cipher, ground.metrics), PatientTurns(ground.turns("wecom"))
    line = Line(turns, ground.store.board, read_clock, app.corp_id, app.agent_id)
    if app.secret is None:
        yield AppDoor(reception, PassiveAnswers(line), turns)
        return
    source = TokenSource(ground.client, app.api_url, app.corp_id, app.secret.get_secret_value())
    token = SharedToken(ground.store.board, f"wecom:{app.corp_id}:{app.agent_id}", source.fetch)
    api = WecomApi(ground.client, app.api_url, token)
    sender = AppSender(api, ground.store.board, ground.metrics)
    yield AppDoor(reception, ActiveAnswers(line), turns, sender)


Builder = Callable[[Settings, Foundation], Iterator[Door]]
BUILDERS: tuple[Builder, ...] = (open_wecom_app, open_dingtalk)
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
