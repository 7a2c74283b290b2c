"""Conversations and replies as bytes: `schema checksum JSON`, so that no damage passes for an answer of the user."""

import json
from dataclasses import replace
from zlib import crc32

from bot.dialog.state import Pending, State
from bot.messages import Reply
from bot.sessions.base import SessionKey, SessionUnreadable
from bot.sessions.forms import Attributes, Reading, form_of

SCHEMA = 1
_STATE = form_of(State)
_REPLY = form_of(Reply)


def encode_state(state: State) -> bytes:
    """The conversation as it is stored."""
    return _seal(_STATE.write(state))


def decode_state(key: SessionKey, raw: bytes, attributes: Attributes) -> State:
    """The conversation that was stored, without what the content has dropped; SessionUnreadable when it is damaged."""
    try:
        state = _STATE.read(_unseal(raw), Reading(attributes))
    except (ValueError, TypeError, RecursionError) as error:
        raise SessionUnreadable(key, _reason(error)) from None
    assert isinstance(state, State)  # noqa: S101 - for the type checker
    return _without_unknown(state, attributes)


def encode_reply(reply: Reply) -> bytes:
    """The reply as it is stored."""
    return _seal(_REPLY.write(reply))


def decode_reply(key: SessionKey, raw: bytes) -> Reply:
    """The reply that was stored; SessionUnreadable when it is damaged."""
    try:
        reply = _REPLY.read(_unseal(raw), Reading({}))
    except (ValueError, TypeError, RecursionError) as error:
        raise SessionUnreadable(key, _reason(error)) from None
    assert isinstance(reply, Reply)  # noqa: S101 - for the type checker
    return reply


class _Newer(ValueError):
    """Raised when the bytes are in a schema of a later version."""


def _reason(error: Exception) -> str:
    # the error's own sentence may hold an answer of the user
    return str(error) if isinstance(error, _Newer) else "it is damaged"


def _seal(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"%d %08x %b" % (SCHEMA, crc32(text), text)


def _unseal(raw: bytes) -> object:
    schema, _, rest = raw.partition(b" ")
    if schema.isdigit() and len(schema) < 10 and int(schema) > SCHEMA:
        raise _Newer(f"it has schema {int(schema)}, this version reads up to {SCHEMA}")
    checksum, _, text = rest.partition(b" ")
    if schema != b"%d" % SCHEMA or checksum != b"%08x" % crc32(text):
        raise ValueError("damaged")
    return json.loads(text.decode("utf-8", "surrogatepass"))


def _without_unknown(state: State, attributes: Attributes) -> State:
    """The conversation without questions about attributes that the content no longer has."""

    def is_known(pending: Pending | None) -> bool:
        return pending is None or not pending.attribute or pending.attribute in attributes

    return replace(
        state,
        declined=state.declined & attributes.keys(),
        pending=state.pending if is_known(state.pending) else None,
        steps=tuple(
            replace(step, declined=step.declined & attributes.keys()) for step in state.steps if is_known(step.pending)
        ),
    )
