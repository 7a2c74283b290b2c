"""What Redis does in one step: each script touches keys of one shard only, so that it runs on a cluster too.

Times are given by the caller (seconds), so that all that one step writes has the same.
"""

from functools import cache
from hashlib import sha1

from bot.sessions.redis import lanes

COMMIT = """
-- KEYS: session, replies, order of replies, unreadable, hand-offs, touched
local session, replies, order, unreadable, handed, touched = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local name, version, message, now, keep, keep_removed = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local most, has_state, state, reply, aside = tonumber(ARGV[7]), ARGV[8], ARGV[9], ARGV[10], ARGV[11]
local number, handed_over = ARGV[12], ARGV[13]
if (redis.call('HGET', session, 'version') or '0') ~= version then return 0 end
if redis.call('HEXISTS', replies, message) == 1 then return 0 end
redis.call('HSET', session, 'version', string.format('%.0f', tonumber(version) + 1), 'touched', now)
if has_state == '1' then
  redis.call('HSET', session, 'state', state)
  if aside ~= '' then redis.call('RPUSH', unreadable, aside) end
  if number ~= '' then
    redis.call('HSET', handed, number, now .. ' ' .. handed_over)
    redis.call('SADD', PREFIX .. 'handing', name)
  end
else
  redis.call('HDEL', session, 'state')
  redis.call('DEL', replies, order, unreadable, handed)
  redis.call('SREM', PREFIX .. 'handing', name)
  REMOVE_PARCELS(session)
  keep = keep_removed
end
redis.call('HSET', replies, message, reply)
redis.call('RPUSH', order, message)
while redis.call('LLEN', order) > most do redis.call('HDEL', replies, redis.call('LPOP', order)) end
redis.call('ZADD', touched, now, name)
for n = 14, #ARGV, 4 do
  POST_PARCEL(ARGV[n], ARGV[n + 1], ARGV[n + 2], ARGV[n + 3], now, session)
end
for n = 1, 5 do redis.call('EXPIRE', KEYS[n], keep) end
redis.call('EXPIRE', replies, keep_removed)
redis.call('EXPIRE', order, keep_removed)
return 1
"""
LOAD = """
-- KEYS: session, replies
local state, version = unpack(redis.call('HMGET', KEYS[1], 'state', 'version'))
return {{state, version, redis.call('HGET', KEYS[2], ARGV[1])}}
"""
FORGET = """
-- KEYS: session, replies, order of replies, unreadable, hand-offs, touched; removes it unless it was touched since
local kept = redis.call('HGET', KEYS[1], 'touched')
if kept and tonumber(kept) >= tonumber(ARGV[2]) then return 0 end
local had_state = redis.call('HEXISTS', KEYS[1], 'state')
REMOVE_PARCELS(KEYS[1])
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call('ZREM', KEYS[6], ARGV[1])
redis.call('SREM', PREFIX .. 'handing', ARGV[1])
return had_state
"""
TAKE_LEASE = """
local kept = redis.call('GET', KEYS[1])
if kept then
  local till, holder = string.match(kept, '^(%S+) (.*)$')
  if tonumber(till) > tonumber(ARGV[1]) and holder ~= ARGV[3] then return 0 end
end
redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. ARGV[3], 'PX', ARGV[4])
return 1
"""
DROP_LEASE = """
local kept = redis.call('GET', KEYS[1])
if kept and string.match(kept, '^%S+ (.*)$') == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
"""
SPEND = """
-- ARGV: now, a name for this one, longest span (ms), then count and seconds of each allowance; the wait in ms
local now, wait = tonumber(ARGV[1]), 0
for n = 4, #ARGV, 2 do
  local count, seconds = tonumber(ARGV[n]), tonumber(ARGV[n + 1])
  local last = redis.call('ZREVRANGE', KEYS[1], count - 1, count - 1, 'WITHSCORES')
  if #last > 0 then wait = math.max(wait, (tonumber(last[2]) + seconds - now) * 1000 + 1) end
end
if wait > 1 then return math.ceil(wait) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[3]) / 1000)
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 0
"""
REPLACE_FIELDS = """
-- ARGV: name, value before, value after of each field; how many were still as before
local changed = 0
for n = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[n]) == ARGV[n + 1] then
    redis.call('HSET', KEYS[1], ARGV[n], ARGV[n + 2])
    changed = changed + 1
  end
end
return changed
"""
REPLACE_ITEM = """
if redis.call('LINDEX', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('LSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""
REPLACE_VALUE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
"""
SUPPORTS_STREAMS = """
-- 0 where Redis is older than 6.2
local answer = redis.pcall('XAUTOCLAIM', KEYS[1], 'senders', 'nobody', 0, '0-0')
if answer.err and string.find(answer.err, 'nknown') then return 0 end
return 1
"""
_WITH_LANES = (
    COMMIT,
    FORGET,
    lanes.POST,
    lanes.CLAIM,
    lanes.SETTLE,
    lanes.WAITING,
    lanes.DEPTHS,
    lanes.REMOVE_OLD,
    lanes.TIDY,
)


def whole(script: str) -> str:
    """The script with the functions that it uses."""
    return lanes.LANES + script if script in _WITH_LANES else script


@cache
def digest_of(script: str) -> str:
    """The name by which Redis knows the whole script once it has run it."""
    return sha1(whole(script).encode(), usedforsecurity=False).hexdigest()
