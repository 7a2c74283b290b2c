"""Conversations and replies as bytes: `schema checksum JSON`, so that no damage passes for an answer of the user."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from zlib import crc32

from bot.dialog.state import State
from bot.messages import Reply
from bot.policy.attributes import Attribute, Profile
from bot.sessions.base import SessionKey, SessionUnreadable
from bot.sessions.forms import Attributes, Reading, form_of

SCHEMA = 1
TYPES = "types"
NOTHING: Mapping[str, Attribute] = MappingProxyType({})
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_STATE = form_of(State)
_REPLY = form_of(Reply)


def encode_state(state: State, attributes: Attributes = NOTHING) -> bytes:
    """The conversation as it is stored, with the types of the attributes that it has values of."""
    written = _STATE.write(state)
    assert isinstance(written, dict)  # noqa: S101 - for the type checker
    named = sorted(_names_in(state) & attributes.keys())
    return _seal({**written, TYPES: {name: attributes[name].type.value for name in named}})


def decode_state(key: SessionKey, raw: bytes, attributes: Attributes) -> State:
    """The conversation that was stored; what the content has dropped is dormant. SessionUnreadable when damaged."""
    try:
        content = _unseal(raw)
        state = _STATE.read(content, Reading(attributes, _types_in(content)))
    except (ValueError, TypeError, RecursionError) as error:
        raise SessionUnreadable(key, _reason(error)) from None
    assert isinstance(state, State)  # noqa: S101 - for the type checker
    return state


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
    text = _JSON.encode(content).encode("utf-8", "surrogatepass")
    return b"%d %08x %b" % (SCHEMA, crc32(text), text)


def _unseal(raw: bytes) -> object:
    schema, _, rest = raw.partition(b" ")
    if schema.isdigit() and len(schema) < 10 and int(schema) > SCHEMA:
        raise _Newer(f"it has schema {int(schema)}, this version reads up to {SCHEMA}")
    checksum, _, text = rest.partition(b" ")
    if schema != b"%d" % SCHEMA or checksum != b"%08x" % crc32(text):
        raise ValueError("damaged")
    return json.loads(text.decode("utf-8", "surrogatepass"))


def _names_in(state: State) -> frozenset[str]:
    """The attributes of which the conversation has a value anywhere."""
    supposed = Profile() if state.supposed is None else state.supposed.values
    kept = (*(step.profile for step in state.steps), *(company.profile for company in state.companies))
    profiles = (state.profile, state.set_aside or Profile(), supposed, *kept)
    return frozenset().union(*[profile.values for profile in profiles])


def _types_in(content: object) -> dict[str, str]:
    types = content.get(TYPES, {}) if isinstance(content, dict) else {}
    if not isinstance(types, dict):
        raise TypeError("damaged")
    return types
