"""The names of the keys. All of one conversation, what it has to send too, is in one shard: one slot of a cluster."""

from dataclasses import dataclass
from zlib import crc32

from bot.sessions.base import SessionKey

_NOTE = "policybot:note:"
SHARDS = 16
"""Never to be changed: what is stored would not be found again."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of the data; the braces make a cluster keep its keys together."""

    number: int

    def key(self, name: str) -> str:
        """The key of this name in the shard."""
        return f"policybot:{{{self.number:02}}}:{name}"


ALL_SHARDS = tuple(Shard(number) for number in range(SHARDS))


def shard_of(name: str) -> Shard:
    """The shard of a conversation."""
    return ALL_SHARDS[crc32(name.encode("utf-8", "surrogatepass")) % SHARDS]


def shard_of_lane(door: str, lane: str) -> Shard:
    """The shard of what is posted beside turns: where a lane is named as its conversation, that of its turns too.

    There is one order then, whoever posts; in two shards there would be two.
    """
    return shard_of(name_of(SessionKey(door, lane)))


def name_of(key: SessionKey) -> str:
    """A conversation's name, which no other one has."""
    return f"{len(key.channel)}:{key.channel}:{key.conversation}"


def key_of(name: str) -> SessionKey:
    """The conversation of a name."""
    length, _, rest = name.partition(":")
    return SessionKey(rest[: int(length)], rest[int(length) + 1 :])


def keys_of(name: str) -> tuple[str, ...]:
    """Session, replies, their order, what could not be read, hand-offs, and when which conversation was touched."""
    shard = shard_of(name)
    session = shard.key(f"session:{name}")
    parts = (f"{session}:{part}" for part in ("replies", "order", "unreadable", "handed"))
    return (session, *parts, shard.key("touched"))


def note_key(name: str) -> str:
    """The key of a small fact."""
    return f"{_NOTE}{name}"


def name_of_note(key: str) -> str:
    """The name of the small fact under a key."""
    return key.removeprefix(_NOTE)
