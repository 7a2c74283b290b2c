"""What is in Redis itself, beside the store that uses it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import cast

from redis import Redis

from bot.sessions.redis.keys import ALL_SHARDS, Shard, shard_of_lane

GROUP = "senders"


class Look:
    """Reads the keys of the outbox."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis

    def entries(self, lane: str, door: str = "wecom") -> Sequence[str]:
        """The lanes in the stream of this lane's shard, the oldest first."""
        found = cast(list[tuple[str, dict[str, str]]], self.redis.xrange(_stream(shard_of_lane(door, lane), door)))
        return [told["lane"] for _, told in found]

    def pending(self, lane: str, door: str = "wecom") -> Mapping[str, int]:
        """How many entries each consumer of the stream of this lane's shard has."""
        known = cast(
            list[dict[str, object]], self.redis.xinfo_consumers(_stream(shard_of_lane(door, lane), door), GROUP)
        )
        return {str(one["name"]): cast(int, one["pending"]) for one in known}

    def misplaced(self) -> list[str]:
        """Lanes with parcels that are nowhere or in two places, and entries that are not noted or noted wrongly."""
        return [wrong for shard in ALL_SHARDS for wrong in self._misplaced(shard)]

    def _misplaced(self, shard: Shard) -> Iterator[str]:
        doors = {key.rsplit(":", 1)[1] for kind in ("ready", "due") for key in self._keys(shard.key(f"{kind}:*"))}
        for door in sorted(doors):
            found = cast(list[tuple[str, dict[str, str]]], self.redis.xrange(_stream(shard, door)))
            noted = cast(dict[str, str], self.redis.hgetall(shard.key(f"entries:{door}")))
            if Counter({told["lane"]: 1 for _, told in found}) != Counter(told["lane"] for _, told in found):
                yield f"twice in the stream: {found}"
            if {told["lane"]: entry for entry, told in found} != noted:
                yield f"in the stream {found}, noted {noted}"
            due = set(cast(list[str], self.redis.zrange(shard.key(f"due:{door}"), 0, -1)))
            if due & set(noted):
                yield f"in both places: {due & set(noted)}"
            lanes = {key.removeprefix(shard.key(f"lane:{door}:")) for key in self._keys(shard.key(f"lane:{door}:*"))}
            if nowhere := lanes - due - set(noted):
                yield f"in no place: {nowhere}"

    def _keys(self, pattern: str) -> list[str]:
        return cast(list[str], self.redis.keys(pattern))


@contextmanager
def looking_at(address: str) -> Iterator[Look]:
    """A look into the Redis of the address."""
    with Redis.from_url(address, decode_responses=True) as redis:
        yield Look(redis)


def _stream(shard: Shard, door: str) -> str:
    return shard.key(f"ready:{door}")
