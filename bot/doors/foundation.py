"""What every way into a platform stands on."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import structlog
from aiohttp import ClientSession, ClientTimeout

from bot.admission import Admission, AdmittedTurns
from bot.channels.base import Turns
from bot.content.reload import LiveContent
from bot.metrics import Metrics
from bot.observing import Observer, TurnEvent
from bot.policy.attributes import Attribute
from bot.responder import ContentResponder
from bot.sessions.base import Store
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
    admission: Admission | None = None
    """Who may speak; None: everybody."""

    def turns(self, kind: str) -> Turns:
        """Turns on the content in use, put into words for one kind of output, of those messages that are let in."""
        content = self.content
        responder = ContentResponder(lambda: content.bundle, kind, retention_days=self.retention_days)
        report = reporter(self.metrics, lambda: content.status.version)
        attributes = partial(_attributes, content)
        turns = TurnHandler(self.store, responder, attributes, report, observe=observer(self.metrics))
        return AdmittedTurns(turns, self.admission) if self.admission else turns


def _attributes(content: LiveContent) -> Mapping[str, Attribute]:
    return content.bundle.guide.knowledge.attributes


def observer(metrics: Metrics) -> Observer:
    """What counts and logs every turn: how it ended and what its time went into, nothing of what was said."""

    def observe(event: TurnEvent) -> None:
        metrics.count_event(event)
        _log.info(
            "turn",
            channel=event.channel,
            conversation=event.conversation,
            ending=event.ending.value,
            seconds=round(event.seconds, 6),
            marks=",".join(sorted(event.marks)),
            content=event.content_version,
            **{f"{stage.value}_seconds": round(seconds, 6) for stage, seconds in event.stages.items()},
        )

    return observe


def reporter(metrics: Metrics, version: Callable[[], str]) -> Callable[[Trouble], None]:
    """What counts and logs a turn that went wrong: no text of the user, no value."""

    def report(trouble: Trouble) -> None:
        metrics.count_error(trouble.event)
        if trouble.event == "store_unavailable":
            metrics.count_store_error("turn")
        where = list(trouble.where)
        _log.error(trouble.event, channel=trouble.channel, what=trouble.what, where=where, content=version())

    return report


def open_client() -> ClientSession:
    """The client of all calls to platforms, each of which has a time-out."""
    timeout = ClientTimeout(total=CALL_SECONDS, connect=CONNECT_SECONDS)
    return ClientSession(timeout=timeout, json_serialize=_dump, trust_env=True)
