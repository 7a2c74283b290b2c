"""All contents in Redis, one small piece after the other, to be put into another form beside the turns.

Each is replaced only if it is still what was read, so that nothing that was written meanwhile is lost.
"""

from collections.abc import Callable, Mapping

from bot.sessions.base import Change
from bot.sessions.redis import scripts
from bot.sessions.redis.calling import Argument, Caller
from bot.sessions.redis.keys import ALL_SHARDS, Shard, key_of, keys_of, name_of_note, note_key

PIECE = 50

Names = tuple[str, ...]


async def rewrite(caller: Caller, change: Change) -> int:
    """Keep what `change` makes of each content; how many are other now."""
    writer, changed = _Writer(caller, change), 0
    for shard in ALL_SHARDS:
        for name in await caller.between(shard.key("touched"), "-inf", "+inf"):
            changed += await writer.rewrite_session(name)
        for parcel in await caller.between(shard.key("parcels"), "-inf", "+inf"):
            changed += await writer.rewrite_parcel(shard, parcel)
    for key in await caller.strings_like(note_key("*")):
        changed += await writer.rewrite_note(key)
    return changed


class _Writer:
    """Rewrites one thing after the other; each method says how many contents are other now."""

    def __init__(self, caller: Caller, change: Change) -> None:
        self._caller = caller
        self._change = change

    async def rewrite_session(self, name: str) -> int:
        """State, replies, what could not be read, and hand-offs of a conversation."""
        session, replies, _, unreadable, handed, _ = keys_of(name)
        key = key_of(name)
        whose = (key.channel, key.conversation)
        (state,) = await self._caller.fields(session, ["state"])
        changed = await self._replace_state(session, ("state", *whose), state)
        kept = await self._caller.all_fields(replies)
        changed += await self._replace(replies, kept, lambda one, reply: self._change(("reply", *whose, one), reply))
        changed += await self._replace_items(unreadable, ("state", *whose))
        kept = await self._caller.all_fields(handed)
        return changed + await self._replace(
            handed, kept, lambda one, content: self._dated(("hand-off", *whose, one), content)
        )

    async def rewrite_parcel(self, shard: Shard, parcel: str) -> int:
        """What is in a parcel, if it still waits."""
        key = shard.key(f"parcel:{parcel}")
        door, lane, content = await self._caller.fields(key, ["door", "lane", "content"])
        if door is None or lane is None or content is None:
            return 0
        names = ("parcel", parcel, door.decode(), lane.decode())
        return await self._replace(key, {b"content": content}, lambda _, kept: self._change(names, kept))

    async def rewrite_note(self, key: str) -> int:
        """A small fact, for as long as before."""
        kept = await self._caller.get(key)
        other = None if kept is None else self._dated(("note", name_of_note(key)), kept)
        if kept is None or other is None or other == kept:
            return 0
        return await self._caller.count(scripts.REPLACE_VALUE, [key], [kept, other])

    async def _replace_state(self, session: str, names: Names, state: bytes | None) -> int:
        kept = {} if state is None else {b"state": state}
        return await self._replace(session, kept, lambda _, content: self._change(names, content))

    async def _replace(self, key: str, kept: Mapping[bytes, bytes], change: Callable[[str, bytes], bytes]) -> int:
        """Fields of a hash, so many at once."""
        every = ((field, content, change(field.decode(), content)) for field, content in kept.items())
        others = [one for one in every if one[1] != one[2]]
        changed = 0
        for start in range(0, len(others), PIECE):
            arguments: list[Argument] = [part for one in others[start : start + PIECE] for part in one]
            changed += await self._caller.count(scripts.REPLACE_FIELDS, [key], arguments)
        return changed

    async def _replace_items(self, key: str, names: Names) -> int:
        changed = 0
        for place, kept in enumerate(await self._caller.items(key)):
            if (other := self._change(names, kept)) != kept:
                changed += await self._caller.count(scripts.REPLACE_ITEM, [key], [place, kept, other])
        return changed

    def _dated(self, names: Names, kept: bytes) -> bytes:
        """Of what is kept behind a time, the time as it was."""
        at, space, content = kept.partition(b" ")
        return at + space + self._change(names, content)
