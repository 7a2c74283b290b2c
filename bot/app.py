"""The composition root: the one place that names concrete classes."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.channels.terminal import Terminal
from bot.channels.web.server import create_web_app, run_server
from bot.content.bundle import Bundle
from bot.content.loading import load_content, shipped_content
from bot.errors import RequestError
from bot.metrics import Metrics
from bot.responder import ContentResponder
from bot.sessions.base import SessionStore
from bot.sessions.memory import MemoryStore
from bot.sessions.rows import DAY
from bot.sessions.sqlite import SqliteStore
from bot.sessions.survey import read_states
from bot.settings import Settings
from bot.turns import Trouble, TurnHandler

_log = structlog.get_logger(__name__)


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


def build_memory_store() -> SessionStore:
    """A store that forgets everything when the program ends."""
    return MemoryStore()


def build_store(settings: Settings) -> SessionStore:
    """The store of the settings."""
    return SqliteStore(settings.store_path, keep_days=settings.retention_days)


def stored_states(settings: Settings) -> tuple[bytes, ...]:
    """What the store of the settings keeps of every conversation that is not past its time."""
    if not settings.store_path.is_file():
        raise RequestError(f"没有保存对话的文件 {settings.store_path}；用 POLICYBOT_STORE 写明它在哪里")
    return read_states(settings.store_path, int(time.time()) - settings.retention_days * DAY)


@dataclass(frozen=True, slots=True)
class ServerReadiness:
    """Ready when the content is loaded and the store answers."""

    bundle: Bundle
    store: SessionStore

    async def check(self) -> str:
        """The content version; raises StoreUnavailable when the store can't be used."""
        await self.store.check()
        return self.bundle.version


def reporter(metrics: Metrics) -> Callable[[Trouble], None]:
    """What counts and logs a turn that went wrong: no text of the user, no value."""

    def report(trouble: Trouble) -> None:
        metrics.count_error(trouble.event)
        _log.error(trouble.event, channel=trouble.channel, what=trouble.what, where=list(trouble.where))

    return report


async def serve(settings: Settings, announce: Callable[[str, int], None]) -> None:
    """Run the server until it is told to stop; `announce` is told the address once it answers."""
    bundle = open_bundle(settings)
    metrics = Metrics()
    metrics.set_content_version(bundle.version)
    store = build_store(settings)
    await store.open()
    try:
        turns = build_turns(bundle, store, reporter(metrics), "web", settings.retention_days)
        app = create_web_app(turns, ServerReadiness(bundle, store), metrics, has_page=settings.web)
        await run_server(app, settings.host, settings.port, on_start=announce)
    finally:
        await store.close()


async def talk(turns: TurnHandler, store: SessionStore, conversation: str) -> None:
    """The conversation in a terminal, on standard input and output, until the input ends."""
    await store.open()
    try:
        await Terminal(turns, conversation, sys.stdin, sys.stdout).run()
    finally:
        await store.close()


def quiet(_: Trouble) -> None:
    """Report nothing: the terminal shows the sentence itself."""
