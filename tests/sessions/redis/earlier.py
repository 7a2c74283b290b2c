"""The outbox as the version before the streams had it: its scripts, byte for byte, and keys as they wrote them."""

import json
from pathlib import Path
from typing import cast

import redis
from redis.asyncio import Redis

from bot.sessions.base import Clock
from bot.sessions.redis.keys import ALL_SHARDS, shard_of_lane

POST = """
for n = 2, #ARGV, 4 do
  POST_PARCEL(ARGV[n], ARGV[n + 1], ARGV[n + 2], ARGV[n + 3], ARGV[1], '')
end
return 1
"""
CLAIM = """
-- ARGV: now, until, how many, doors; of each lane that is due the first parcel
local claimed = {}
for n = 4, #ARGV do
  local due = PREFIX .. 'due:' .. ARGV[n]
  local lanes = redis.call('ZRANGEBYSCORE', due, '-inf', ARGV[1], 'LIMIT', 0, tonumber(ARGV[3]) - #claimed)
  for _, lane in ipairs(lanes) do
    local id = redis.call('LINDEX', PREFIX .. 'lane:' .. ARGV[n] .. ':' .. lane, 0)
    if id then
      redis.call('ZADD', due, ARGV[2], lane)
      claimed[#claimed + 1] = TOLD(id)
    else
      redis.call('ZREM', due, lane)
    end
  end
end
return claimed
"""
SETTLE = """
-- ARGV: what happened, id, now, until, why; 0 when there is none of this id
local how, id, now, later, why = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local parcel = PREFIX .. 'parcel:' .. id
if redis.call('EXISTS', parcel) == 0 then return 0 end
local door, lane = unpack(redis.call('HMGET', parcel, 'door', 'lane'))
local due, waiting = PREFIX .. 'due:' .. door, PREFIX .. 'lane:' .. door .. ':' .. lane
if how == 'put off' then
  redis.call('HINCRBY', parcel, 'attempts', 1)
  redis.call('HSET', parcel, 'why', why, 'due', later)
  if redis.call('LINDEX', waiting, 0) == id then redis.call('ZADD', due, later, lane) end
  return 1
end
if how == 'retry' then
  if redis.call('HGET', parcel, 'dead') == '1' then redis.call('RPUSH', waiting, id) end
  redis.call('HSET', parcel, 'dead', '0', 'attempts', '0', 'why', '', 'at', now, 'due', now)
  redis.call('ZADD', due, now, lane)
  return 1
end
local was_first = redis.call('LINDEX', waiting, 0) == id
redis.call('LREM', waiting, 1, id)
if how == 'bury' then
  redis.call('HINCRBY', parcel, 'attempts', 1)
  redis.call('HSET', parcel, 'dead', '1', 'why', why)
else
  REMOVE_PARCEL(id)
end
if redis.call('EXISTS', waiting) == 0 then
  redis.call('ZREM', due, lane)
elseif was_first then
  redis.call('ZADD', due, now, lane)
end
return 1
"""
SHARED = """
local PREFIX = string.match(KEYS[1], '^[^}]*}:')
local function POST_PARCEL(id, door, lane, content, now, session)
  local parcel = PREFIX .. 'parcel:' .. id
  if redis.call('EXISTS', parcel) == 1 then return end
  redis.call('HSET', parcel, 'door', door, 'lane', lane, 'content', content, 'at', now, 'due', now,
    'attempts', '0', 'why', '', 'dead', '0', 'session', session, 'place', redis.call('INCR', PREFIX .. 'place'))
  redis.call('ZADD', PREFIX .. 'parcels', now, id)
  if session ~= '' then redis.call('SADD', session .. ':parcels', id) end
  local waiting = PREFIX .. 'lane:' .. door .. ':' .. lane
  if redis.call('RPUSH', waiting, id) == 1 then redis.call('ZADD', PREFIX .. 'due:' .. door, now, lane) end
end
local function REMOVE_PARCEL(id)
  local parcel = PREFIX .. 'parcel:' .. id
  local session = redis.call('HGET', parcel, 'session')
  if session and session ~= '' then redis.call('SREM', session .. ':parcels', id) end
  redis.call('DEL', parcel)
  redis.call('ZREM', PREFIX .. 'parcels', id)
end
local function REMOVE_PARCELS(session)
  for _, id in ipairs(redis.call('SMEMBERS', session .. ':parcels')) do
    local door, lane = unpack(redis.call('HMGET', PREFIX .. 'parcel:' .. id, 'door', 'lane'))
    if door then redis.call('LREM', PREFIX .. 'lane:' .. door .. ':' .. lane, 1, id) end
    REMOVE_PARCEL(id)
  end
end
local function TOLD(id)
  local parcel = PREFIX .. 'parcel:' .. id
  local names = {'door', 'lane', 'content', 'at', 'due', 'attempts', 'why', 'dead', 'place'}
  return {id, unpack(redis.call('HMGET', parcel, unpack(names)))}
end
"""


class EarlierOutbox:
    """What a process of that version does with parcels of one door."""

    def __init__(self, address: str, clock: Clock) -> None:
        self.redis: Redis = Redis.from_url(address)
        self._clock = clock

    async def post(self, lane: str, name: str, door: str = "wecom") -> None:
        """Post it as with a turn of the conversation: beside turns, that version took another shard."""
        arguments = (self._clock(), name, door, lane, f"content of {name}")
        await self._run(POST, shard_of_lane(door, lane).key("outbox"), *arguments)

    async def claim(self, limit: int, seconds: float, door: str = "wecom") -> list[tuple[str, str]]:
        """Lane and parcel of each that was claimed."""
        claimed: list[tuple[str, str]] = []
        for shard in ALL_SHARDS:
            if limit > len(claimed):
                now = self._clock()
                rows = await self._run(CLAIM, shard.key("outbox"), now, now + seconds, limit - len(claimed), door)
                assert isinstance(rows, list)
                claimed += [(row[2].decode(), row[0].decode()) for row in rows]
        return claimed

    async def settle(self, how: str, lane: str, name: str, seconds: float = 0.0, why: str = "") -> None:
        now = self._clock()
        await self._run(SETTLE, shard_of_lane("wecom", lane).key("outbox"), how, name, now, now + seconds, why)

    async def close(self) -> None:
        await self.redis.aclose()

    async def _run(self, script: str, *called: object) -> object:
        answer: object = await self.redis.eval(SHARED + script, 1, *(str(one) for one in called))
        return answer


Stored = dict[str, dict[str, object]]


def restore(address: str, path: Path) -> None:
    """Write the keys of the file as they were: their kinds and what is in them."""
    stored = cast(Stored, json.loads(path.read_text(encoding="utf-8")))
    with redis.Redis.from_url(address) as plain:
        for key, kept in stored.items():
            _write(plain, key, str(kept["type"]), kept["value"])


def _write(plain: redis.Redis, key: str, kind: str, value: object) -> None:
    match kind:
        case "hash":
            for name, content in cast(dict[str, str], value).items():
                plain.hset(key, name, content)
        case "list":
            plain.rpush(key, *cast(list[str], value))
        case "set":
            plain.sadd(key, *cast(list[str], value))
        case "zset":
            plain.zadd(key, dict(cast(list[tuple[str, float]], value)))
        case _:
            plain.set(key, cast(str, value))
