"""Conversations and replies as bytes: `schema checksum JSON`, so that no damage passes for an answer of the user.

What an earlier version wrote is brought forward when it is read (`migrations`); what a later one wrote is left alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from zlib import crc32

from bot.dialog.state import Exchange, State, Step
from bot.messages import Reply
from bot.policy.attributes import Attribute, Profile
from bot.sessions.base import SessionDamaged, SessionKey, SessionNewer
from bot.sessions.forms import Attributes, Form, Reading, form_of, writer_of
from bot.sessions.migrations import OF_REPLIES, OF_STATES, Migrations

FIRST = 1
TYPES = "types"
DAMAGED = "it is damaged"
NOTHING: Mapping[str, Attribute] = MappingProxyType({})
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_STATE = form_of(State)
_LISTS: Mapping[str, Form] = {"steps": form_of(Step), "exchanges": form_of(Exchange)}
_write_rest = writer_of(State, *_LISTS)
_REPLY = form_of(Reply)


@dataclass(frozen=True, slots=True)
class Written:
    """A conversation as it is stored.

    `parts` are the bytes of its steps and exchanges by the identity of each, which is kept with them so that it stays
    the only one: they never change, so the next turn writes only those that are new.
    """

    raw: bytes
    parts: Mapping[int, tuple[object, bytes]] = field(default_factory=dict)


def encode_state(state: State, attributes: Attributes = NOTHING) -> bytes:
    """The conversation as it is stored, with the types of the attributes that it has values of."""
    return write_state(state, attributes, {}).raw


def write_state(state: State, attributes: Attributes, known: Mapping[int, tuple[object, bytes]]) -> Written:
    """The conversation as it is stored; the parts that were written before are `known`."""
    named = sorted(_names_in(state) & attributes.keys())
    rest = {**_write_rest(state), TYPES: {name: attributes[name].type.value for name in named}}
    texts = [_to_json(rest).removesuffix(b"}")]
    parts: dict[int, tuple[object, bytes]] = {}
    for name, form in _LISTS.items():
        items: tuple[object, ...] = getattr(state, name)
        parts |= {id(one): known.get(id(one)) or (one, _to_json(form.write(one))) for one in items}
        texts.append(b'"%b":[%b]' % (name.encode(), b",".join([parts[id(one)][1] for one in items])))
    return Written(_seal(b",".join(texts) + b"}", len(OF_STATES)), parts)


def decode_state(key: SessionKey, raw: bytes, attributes: Attributes) -> State:
    """The conversation that was stored; what the content has dropped is dormant.

    SessionDamaged when it is, SessionNewer when a later version wrote it.
    """
    try:
        content = unseal(raw, OF_STATES)
        state = _STATE.read(content, Reading(attributes, _types_in(content)))
    except _Newer as error:
        raise SessionNewer(key, str(error)) from None
    except (ValueError, TypeError, LookupError, RecursionError):
        raise SessionDamaged(key, DAMAGED) from None  # the error's own sentence may hold an answer of the user
    assert isinstance(state, State)  # noqa: S101 - for the type checker
    return state


def encode_reply(reply: Reply) -> bytes:
    """The reply as it is stored."""
    return seal(_REPLY.write(reply), len(OF_REPLIES))


def decode_reply(key: SessionKey, raw: bytes) -> Reply:
    """The reply that was stored; SessionDamaged when it is, SessionNewer when a later version wrote it."""
    try:
        reply = _REPLY.read(unseal(raw, OF_REPLIES), Reading({}))
    except _Newer as error:
        raise SessionNewer(key, str(error)) from None
    except (ValueError, TypeError, LookupError, RecursionError):
        raise SessionDamaged(key, DAMAGED) from None  # the error's own sentence may hold an answer of the user
    assert isinstance(reply, Reply)  # noqa: S101 - for the type checker
    return reply


class _Newer(ValueError):
    """Raised when the bytes are in a schema of a later version."""


def seal(content: object, migrated: int) -> bytes:
    """The content with its checksum and its schema: the first one is 1, and each migration makes the next."""
    return _seal(_to_json(content), migrated)


def _seal(text: bytes, migrated: int) -> bytes:
    return b"%d %08x %b" % (FIRST + migrated, crc32(text), text)


def _to_json(content: object) -> bytes:
    return _JSON.encode(content).encode("utf-8", "surrogatepass")


def unseal(raw: bytes, migrations: Migrations) -> object:
    """The content as the present schema has it; ValueError when it is damaged or newer."""
    written, _, rest = raw.partition(b" ")
    checksum, _, text = rest.partition(b" ")
    schema, present = _read_schema(written), FIRST + len(migrations)
    if checksum != b"%08x" % crc32(text):
        raise ValueError(DAMAGED)
    if schema > present:
        raise _Newer(f"it has schema {schema}, this version reads up to {present}")
    content: object = json.loads(text.decode("utf-8", "surrogatepass"))
    for migrate in migrations[schema - FIRST :]:
        content = migrate(content)
    return content


def _read_schema(written: bytes) -> int:
    if not written.isdigit() or len(written) > 9 or written.startswith(b"0"):
        raise ValueError(DAMAGED)
    return int(written)


def _names_in(state: State) -> frozenset[str]:
    """The attributes of which the conversation has a value anywhere."""
    supposed = Profile() if state.supposed is None else state.supposed.values
    kept = (*(step.profile for step in state.steps), *(company.profile for company in state.companies))
    profiles = (state.profile, state.set_aside or Profile(), supposed, *kept)
    return frozenset().union(*[profile.values for profile in profiles])


def _types_in(content: object) -> dict[str, str]:
    types = content.get(TYPES, {}) if isinstance(content, dict) else {}
    if not isinstance(types, dict):
        raise TypeError(DAMAGED)
    return types
