"""What Redis does in one step: each script touches keys of one shard only, so that it runs on a cluster too.

Times are given by the caller (seconds), so that all that one step writes has the same.
"""

from functools import cache
from hashlib import sha1

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
WAITING = """
local told = {}
for n, id in ipairs(redis.call('ZRANGE', PREFIX .. 'parcels', 0, -1)) do told[n] = TOLD(id) end
return told
"""
DEPTHS = """
-- of each door how many wait, how many are dead, since when the oldest waits
local doors, told = {}, {}
for _, id in ipairs(redis.call('ZRANGE', PREFIX .. 'parcels', 0, -1)) do
  local door, dead, at = unpack(redis.call('HMGET', PREFIX .. 'parcel:' .. id, 'door', 'dead', 'at'))
  if door then
    local one = doors[door] or {waiting = 0, dead = 0, oldest = '0'}
    doors[door] = one
    if dead == '1' then
      one.dead = one.dead + 1
    else
      if one.waiting == 0 or tonumber(at) < tonumber(one.oldest) then one.oldest = at end
      one.waiting = one.waiting + 1
    end
  end
end
for door, one in pairs(doors) do
  told[#told + 1] = {door, tostring(one.waiting), tostring(one.dead), one.oldest}
end
return told
"""
REMOVE_OLD = """
local ids = redis.call('ZRANGEBYSCORE', PREFIX .. 'parcels', '-inf', '(' .. ARGV[1])
for _, id in ipairs(ids) do
  local door, lane = unpack(redis.call('HMGET', PREFIX .. 'parcel:' .. id, 'door', 'lane'))
  if door then redis.call('LREM', PREFIX .. 'lane:' .. door .. ':' .. lane, 1, id) end
  REMOVE_PARCEL(id)
end
return #ids
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
_SHARED = """
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
_OF_A_SHARD = (COMMIT, FORGET, POST, CLAIM, SETTLE, WAITING, DEPTHS, REMOVE_OLD)


def whole(script: str) -> str:
    """The script with the functions that it uses."""
    return _SHARED + script if script in _OF_A_SHARD else script


@cache
def digest_of(script: str) -> str:
    """The name by which Redis knows the whole script once it has run it."""
    return sha1(whole(script).encode(), usedforsecurity=False).hexdigest()
