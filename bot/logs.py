"""Logs of the edges: one line `event key=value` or one JSON object; never a message's text, a secret or a person."""

import json
import logging
import secrets
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import TextIO

import structlog

_HASHED = frozenset({"session", "conversation", "user"})
_PRIVATE = frozenset({"text", "message", "body", "label", "profile", "password", "secret", "token", "key", "store"})
_FIRST = ("timestamp", "level", "event")
_CODE = Path(__file__).parent
# Of this process only: a platform's user id can't be found again by hashing every id that there is.
_SALT = secrets.token_bytes(16)

EventDict = MutableMapping[str, object]


def configure_logs(log_format: str = "text", stream: TextIO | None = None) -> None:
    """Send the logs of the program and of its libraries to `stream` (standard error), as `text` or `json`."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        locate_error,
        hide_private,
    ]
    stream = stream or sys.stderr
    render = render_json if log_format == "json" else render_text
    lines = _Lines(stream)
    structlog.configure(
        processors=[*shared, render],
        logger_factory=lambda *_: lines,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[forget_arguments, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.getLogger("watchfiles").setLevel(logging.WARNING)  # it tells of every touched file


class _Lines:
    """Writes each line of the program as it is; a stream that is closed or full ends no turn."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(f"{line}\n")
            self._stream.flush()

    debug = info = warning = error = critical = write


def hash_session(session: str) -> str:
    """A short name for a session that leads back to nobody and is the same while the program runs."""
    return blake2b(session.encode("utf-8", "surrogatepass"), key=_SALT, digest_size=6).hexdigest()


def hide_private(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Hash what names a person and take out what people wrote, whoever logs it."""
    for name in event.keys() & _HASHED:
        event[name] = hash_session(str(event[name]))
    for name in event.keys() & _PRIVATE:
        event[name] = "[hidden]"
    return event


def locate_error(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Say an error's type and its way through the code; its sentence may hold what a user wrote."""
    given = event.pop("exc_info", None)
    caught = sys.exc_info() if given is True else given
    if isinstance(caught, tuple):
        caught = caught[1]
    if isinstance(caught, BaseException):
        event["error"] = type(caught).__name__
        event["at"] = _find_way(caught.__traceback__)
    return event


def forget_arguments(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Keep a library's own sentence but not what it was formatted with, which may be a request or an address."""
    record = event["_record"]
    if isinstance(record, logging.LogRecord):
        event["event"] = str(record.msg).split("\n", 1)[0]
        event["logger"] = record.name
    event.pop("positional_args", None)
    return event


def render_text(_logger: object, _method: str, event: Mapping[str, object]) -> str:
    """One line: time, level, event, then `key=value` in the order of the names."""
    first = [str(event[name]) if name != "event" else _quote(event[name]) for name in _FIRST if name in event]
    rest = [f"{name}={_quote(event[name])}" for name in sorted(event.keys() - set(_FIRST))]
    return " ".join([*first, *rest])


def render_json(_logger: object, _method: str, event: Mapping[str, object]) -> str:
    """One JSON object on one line."""
    first = {name: event[name] for name in _FIRST if name in event}
    rest = {name: event[name] for name in sorted(event.keys() - set(_FIRST))}
    return json.dumps({**first, **rest}, ensure_ascii=False, default=str)


def _quote(value: object) -> str:
    shown = str(value)
    if not shown.isprintable():
        return json.dumps(shown)
    return json.dumps(shown, ensure_ascii=False) if not shown or set(shown) & set(' ="') else shown


def _find_way(trace: TracebackType | None) -> str:
    frames = extract_tb(trace)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_CODE)] or frames[-1:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(own))
