"""The composition root: here, and in `doors` for the platforms, concrete classes are named."""

import asyncio
import gc
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from bot.admission import Admission, Limits
from bot.channels.terminal import Terminal
from bot.channels.web.report import offer_reports
from bot.channels.web.server import create_web_app, run_server
from bot.console.ground import Ground
from bot.console.server import open_console
from bot.console.words import open_channels
from bot.content.bundle import Bundle
from bot.content.loading import load_content, shipped_content
from bot.content.reload import LiveContent
from bot.content.status import ContentStatus
from bot.doors.building import build_doors, working
from bot.doors.foundation import Foundation, open_client
from bot.errors import RequestError, SettingsError
from bot.metrics import Metrics
from bot.reports import StoredReports
from bot.responder import BEIJING, ContentResponder, rehearse
from bot.sessions.base import DAY, SessionStore, Store, StoredHandOff, StoredParcel
from bot.sessions.database import require_file
from bot.sessions.key_ring import KeyRing
from bot.sessions.memory import MemoryStore
from bot.sessions.redis.store import RedisStore
from bot.sessions.resealing import Resealed, reseal
from bot.sessions.sealing import SealedStore, open_state
from bot.sessions.sqlite import SqliteStore
from bot.sessions.survey import read_states
from bot.settings import LONGEST_RETENTION, Settings
from bot.turns import Trouble, TurnHandler

S = TypeVar("S", bound=SessionStore)
T = TypeVar("T")

TRACES_TO = "OTEL_EXPORTER_OTLP_ENDPOINT"


def content_folder(settings: Settings) -> Path:
    """The folder of the content in use."""
    return settings.content or shipped_content()


def open_bundle(settings: Settings) -> Bundle:
    """The content in use; raises ContentProblems."""
    return load_content(content_folder(settings))


def build_turns(
    bundle: Bundle, store: SessionStore, report: Callable[[Trouble], None], kind: str = "text", retention_days: int = 30
) -> TurnHandler:
    """Turns on this content, kept in this store, rendered for a kind of output."""
    responder = ContentResponder(lambda: bundle, kind, retention_days=retention_days)
    return TurnHandler(store, responder, lambda: bundle.guide.knowledge.attributes, report)


def build_memory_store() -> Store:
    """A store that forgets everything when the program ends."""
    return MemoryStore()


def build_store(settings: Settings, keep_days: int | None = None) -> Store:
    """The store of the settings."""
    plain = _build_plain(settings, settings.retention_days if keep_days is None else keep_days)
    return SealedStore(plain, KeyRing(settings.store_keys))  # without a key too: what was sealed is not overwritten


def _build_plain(settings: Settings, keep_days: int) -> SqliteStore | RedisStore:
    path = settings.store_path
    return SqliteStore(path, keep_days=keep_days) if path else RedisStore(settings.store, keep_days=keep_days)


@asynccontextmanager
async def opened(store: S) -> AsyncIterator[S]:
    """The store, open as long as it lasts."""
    await store.open()
    try:
        yield store
    finally:
        await store.close()


def stored_states(settings: Settings) -> tuple[bytes, ...]:
    """What the store of the settings keeps of every conversation that is not past its time."""
    since = int(time.time()) - settings.retention_days * DAY
    if settings.store_path is not None:
        require_file(settings.store_path)
        kept = read_states(settings.store_path, since)
    else:
        redis = RedisStore(settings.store, keep_days=settings.retention_days)
        kept = asyncio.run(_do(redis, lambda store: store.states(since)))
    ring = KeyRing(settings.store_keys)
    return tuple(open_state(ring, key, state) for key, state in kept)


def waiting_hand_offs(settings: Settings) -> tuple[StoredHandOff, ...]:
    """What users handed over to a person in the store of the settings, the oldest first."""
    return _in_store(settings, lambda store: store.hand_offs())


def close_hand_off(settings: Settings, number: str) -> bool:
    """Remove what was handed over under this number; False when there is nothing of it."""
    return _in_store(settings, lambda store: store.close_hand_off(number))


def waiting_parcels(settings: Settings) -> tuple[StoredParcel, ...]:
    """What waits to be sent in the store of the settings, and what was given up, the oldest first."""
    return _in_store(settings, lambda store: store.outbox.waiting())


def retry_parcels(settings: Settings, ids: Sequence[str]) -> tuple[bool, ...]:
    """Let them be sent after all, by the server that runs or the next one; of each whether there is one of this id."""
    return _in_store(settings, lambda store: _each(ids, store.outbox.retry))


def drop_parcels(settings: Settings, ids: Sequence[str]) -> tuple[bool, ...]:
    """Remove them unsent; of each whether there is one of this id."""
    return _in_store(settings, lambda store: _each(ids, store.outbox.drop))


def purge(settings: Settings, days: int) -> int:
    """Remove all that is kept of conversations without a turn for so many days; how many there were."""
    # nothing is to be removed, uncounted, by the opening
    return _in_store(settings, lambda store: store.purge(days), keep_days=LONGEST_RETENTION)


def reseal_store(settings: Settings) -> Resealed:
    """Seal all that is kept with the first key, beside a server that runs; raises RequestError when there is no key."""
    if not settings.store_keys:
        raise RequestError(
            "没有设置密钥，没有什么可以重新加密；密钥写在 POLICYBOT_STORE_KEY 或 POLICYBOT_STORE_KEY_FILE"
        )
    _require_store(settings)
    plain, ring = _build_plain(settings, LONGEST_RETENTION), KeyRing(settings.store_keys)
    return asyncio.run(_do(SealedStore(plain, ring), lambda _: reseal(plain, ring)))


def _in_store(settings: Settings, job: Callable[[Store], Awaitable[T]], keep_days: int | None = None) -> T:
    _require_store(settings)
    return asyncio.run(_do(build_store(settings, keep_days), job))


def _require_store(settings: Settings) -> None:
    if settings.store_path is not None:
        require_file(settings.store_path)


async def _each(ids: Sequence[str], act: Callable[[str], Awaitable[bool]]) -> tuple[bool, ...]:
    return tuple([await act(one) for one in ids])


async def _do(store: S, job: Callable[[S], Awaitable[T]]) -> T:
    async with opened(store):
        return await job(store)


@dataclass(frozen=True, slots=True)
class ServerReadiness:
    """Ready when the content is loaded and the store answers."""

    content: LiveContent
    store: SessionStore

    async def check(self) -> ContentStatus:
        """What content is in use; raises StoreUnavailable when the store can't be used."""
        await self.store.check()
        return self.content.status


def open_content(settings: Settings, metrics: Metrics) -> LiveContent:
    """The content of a server, which is renewed as long as it is watched; raises ContentProblems."""

    def tell(status: ContentStatus) -> None:
        metrics.set_content_version(status.version, status.since.timestamp())
        metrics.set_refused_problems(None if status.refused is None else len(status.refused.problems))

    return LiveContent(open_bundle(settings), lambda bundle: rehearse(bundle, datetime.now(BEIJING)), tell)


@contextmanager
def open_metrics() -> Iterator[Metrics]:
    """The figures of a server, which are traced too where OpenTelemetry's own variable says where to."""
    if not os.environ.get(TRACES_TO):
        yield Metrics()
        return
    try:
        traced = import_module("bot.tracing").TracedMetrics()
    except ModuleNotFoundError as error:
        raise SettingsError(f"{TRACES_TO} 要用到没有安装的 {error.name}：pip install 'policybot[traces]'") from None
    try:
        yield traced
    finally:
        traced.close()


async def serve(settings: Settings, announce: Callable[[str, int], None]) -> None:
    """Run the server until it is told to stop; `announce` is told the address once it answers."""
    with open_metrics() as metrics:
        await _open_and_serve(settings, metrics, announce)


async def _open_and_serve(settings: Settings, metrics: Metrics, announce: Callable[[str, int], None]) -> None:
    content = open_content(settings, metrics)
    async with opened(build_store(settings)) as store, open_client() as client:
        limits = Limits(settings.per_minute, settings.per_second, settings.at_once)
        admission = Admission(limits, metrics, time.monotonic)
        ground = Foundation(store, client, metrics, content, settings.retention_days, admission)
        await _serve(settings, ground, announce)


async def _serve(settings: Settings, ground: Foundation, announce: Callable[[str, int], None]) -> None:
    content, store, metrics = ground.content, ground.store, ground.metrics
    app = create_web_app(ground.turns("web"), ServerReadiness(content, store), metrics, has_page=settings.web)
    if settings.web:
        offer_reports(app, StoredReports(store, lambda: content.bundle))
    if (password := settings.console_password) is not None:
        channels = tuple(open_channels(settings))
        told = Ground(store, content, metrics, channels, settings.retention_days, settings.watch)
        open_console(app, told, password.get_secret_value())
    doors = build_doors(settings, ground)
    for door in doors:
        door.add_routes(app)
    gc.collect()
    gc.freeze()  # what stays as long as the program need not be searched again: each search is a pause of all turns
    stop = asyncio.Event()
    async with content.watched() if settings.watch else nullcontext(), working(doors, store, metrics, stop):
        await run_server(app, settings.host, settings.port, stop, announce)


async def talk(turns: TurnHandler, store: SessionStore, conversation: str) -> None:
    """The conversation in a terminal, on standard input and output, until the input ends."""
    async with opened(store):
        await Terminal(turns, conversation, sys.stdin, sys.stdout).run()


def quiet(_: Trouble) -> None:
    """Report nothing: the terminal shows the sentence itself."""
