"""How Redis hands out what waits to be sent, in one step each: lanes that can be taken are entries of a stream.

Of each shard and door there are

- `lane:<door>:<lane>`, a list: the ids of the parcels of one receiver, in their order;
- `ready:<door>`, a stream: lanes that can be taken, each in one entry, handed out by the consumer group `senders`. An
  entry is pending while a process has the lane, and is deleted when that is over;
- `entries:<door>`, a hash: of each lane in the stream its entry;
- `due:<door>`, a sorted set: lanes whose first parcel must wait, by when its time comes.

A lane with parcels is in the stream or in the sorted set, never in both. `docs/stores.md` says why.
"""

LANES = """
local PREFIX = string.match(KEYS[1], '^[^}]*}:')
local GROUP = 'senders'
local function NAMES(door)
  return PREFIX .. 'ready:' .. door, PREFIX .. 'entries:' .. door, PREFIX .. 'due:' .. door
end
local function LANE(door, lane) return PREFIX .. 'lane:' .. door .. ':' .. lane end
local function HAS_PARCELS(door, lane) return redis.call('EXISTS', LANE(door, lane)) == 1 end
local function MAKE_READY(door, lane) -- unless it has its place already
  local ready, entries, due = NAMES(door)
  if redis.call('HEXISTS', entries, lane) == 1 or redis.call('ZSCORE', due, lane) then return end
  redis.call('HSET', entries, lane, redis.call('XADD', ready, '*', 'lane', lane))
end
local function TAKE_OUT(door, lane, entry) -- of the stream
  local ready, entries = NAMES(door)
  redis.call('XACK', ready, GROUP, entry)
  redis.call('XDEL', ready, entry)
  redis.call('HDEL', entries, lane)
end
local function LEAVE_LANE(door, lane, id)
  local _, _, due = NAMES(door)
  local was_first = redis.call('LINDEX', LANE(door, lane), 0) == id
  redis.call('LREM', LANE(door, lane), 1, id)
  -- the time in the sorted set was that of the first one
  if was_first and redis.call('ZREM', due, lane) == 1 and HAS_PARCELS(door, lane) then MAKE_READY(door, lane) end
end
local function POST_PARCEL(id, door, lane, content, now, session)
  local parcel = PREFIX .. 'parcel:' .. id
  if redis.call('EXISTS', parcel) == 1 then return end
  redis.call('HSET', parcel, 'door', door, 'lane', lane, 'content', content, 'at', now, 'due', now,
    'attempts', '0', 'why', '', 'dead', '0', 'session', session, 'place', redis.call('INCR', PREFIX .. 'place'))
  redis.call('ZADD', PREFIX .. 'parcels', now, id)
  if session ~= '' then redis.call('SADD', session .. ':parcels', id) end
  if redis.call('RPUSH', LANE(door, lane), id) == 1 then MAKE_READY(door, lane) end
end
local function REMOVE_PARCEL(id)
  local parcel = PREFIX .. 'parcel:' .. id
  local door, lane, session = unpack(redis.call('HMGET', parcel, 'door', 'lane', 'session'))
  if door then LEAVE_LANE(door, lane, id) end
  if session and session ~= '' then redis.call('SREM', session .. ':parcels', id) end
  redis.call('DEL', parcel)
  redis.call('ZREM', PREFIX .. 'parcels', id)
end
local function REMOVE_PARCELS(session)
  for _, id in ipairs(redis.call('SMEMBERS', session .. ':parcels')) do REMOVE_PARCEL(id) end
end
local function TOLD(id, ...)
  local names = {'door', 'lane', 'content', 'at', 'due', 'attempts', 'why', 'dead', 'place'}
  local told = {id, unpack(redis.call('HMGET', PREFIX .. 'parcel:' .. id, unpack(names)))}
  for n, more in ipairs({...}) do told[1 + #names + n] = more end
  return told
end
"""
POST = """
for n = 2, #ARGV, 4 do
  POST_PARCEL(ARGV[n], ARGV[n + 1], ARGV[n + 2], ARGV[n + 3], ARGV[1], '')
end
return 1
"""
CLAIM = """
-- ARGV: now, how many, after how long a claim is over (ms), how old a new one is to be (ms), who claims, doors
-- of each lane that can be taken the first parcel, with the lane's entry and how often that was handed out
local now, most, over, age, me = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
local claimed = {}
local function WAKE(door)
  local _, _, due = NAMES(door)
  for _, lane in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, most)) do
    redis.call('ZREM', due, lane)
    if HAS_PARCELS(door, lane) then MAKE_READY(door, lane) end
  end
end
local function TAKE(door, lane, entry, deliveries)
  local id = redis.call('LINDEX', LANE(door, lane), 0)
  if not id then return TAKE_OUT(door, lane, entry) end
  if age ~= '0' then redis.call('XCLAIM', NAMES(door), GROUP, me, 0, entry, 'IDLE', age, 'JUSTID') end
  claimed[#claimed + 1] = TOLD(id, entry, tostring(deliveries))
end
local function TAKE_OVER(door, ready)
  local late = redis.pcall('XPENDING', ready, GROUP, 'IDLE', over, '-', '+', 1)
  if late.err then -- nothing was handed out yet
    redis.call('XGROUP', 'CREATE', ready, GROUP, '0')
    redis.call('SADD', PREFIX .. 'doors', door)
    return
  end
  local cursor = #late > 0 and '0-0'
  while cursor and #claimed < most do
    local found = redis.call('XAUTOCLAIM', ready, GROUP, me, over, cursor, 'COUNT', most - #claimed)
    cursor = found[1] ~= '0-0' and found[1]
    for _, one in ipairs(found[2]) do
      -- Redis 6.2 gives nothing for an entry that somebody deleted
      if one then TAKE(door, one[2][2], one[1], redis.call('XPENDING', ready, GROUP, one[1], one[1], 1)[1][4]) end
    end
  end
end
local function READ(door, ready)
  while #claimed < most do
    local read = redis.call('XREADGROUP', 'GROUP', GROUP, me, 'COUNT', most - #claimed, 'STREAMS', ready, '>')
    if not read then return end
    for _, one in ipairs(read[1][2]) do TAKE(door, one[2][2], one[1], 1) end
  end
end
for n = 6, #ARGV do
  local ready = NAMES(ARGV[n])
  WAKE(ARGV[n])
  if redis.call('XLEN', ready) > 0 then
    TAKE_OVER(ARGV[n], ready)
    READ(ARGV[n], ready)
  end
end
return claimed
"""
SETTLE = """
-- ARGV: what happened, id, now, until, why; of the claim, or empty: who, entry, how often handed out, door, lane
-- 0 when there is none of this id
local how, id, now, later, why = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local parcel = PREFIX .. 'parcel:' .. id
local door, lane, is_dead = unpack(redis.call('HMGET', parcel, 'door', 'lane', 'dead'))
local is_there = door and 1 or 0
if not door then door, lane = ARGV[9], ARGV[10] end
if door == '' then return 0 end
local ready, entries, due = NAMES(door)
local entry = redis.call('HGET', entries, lane)
local pending = entry and redis.pcall('XPENDING', ready, GROUP, entry, entry, 1)
local held = pending and not pending.err and pending[1]
local is_mine = held and entry == ARGV[7] and held[2] == ARGV[6] and held[4] == tonumber(ARGV[8])
if is_mine then TAKE_OUT(door, lane, entry) end
local function IS_FIRST() return redis.call('LINDEX', LANE(door, lane), 0) == id end
if is_there == 0 then
  -- somebody removed it meanwhile
elseif how == 'done' then
  REMOVE_PARCEL(id)
elseif how == 'retry' then
  if is_dead == '1' then redis.call('RPUSH', LANE(door, lane), id) end
  redis.call('HSET', parcel, 'dead', '0', 'attempts', '0', 'why', '', 'at', now, 'due', now)
  if IS_FIRST() then redis.call('ZREM', due, lane) end
  MAKE_READY(door, lane)
elseif held and not is_mine then
  -- another one has the lane now, and says what is to become of it
elseif how == 'bury' then
  LEAVE_LANE(door, lane, id)
  redis.call('HINCRBY', parcel, 'attempts', 1)
  redis.call('HSET', parcel, 'dead', '1', 'why', why)
else
  if IS_FIRST() then
    if entry and not held then TAKE_OUT(door, lane, entry) end
    redis.call('ZADD', due, later, lane)
  end
  redis.call('HINCRBY', parcel, 'attempts', 1)
  redis.call('HSET', parcel, 'why', why, 'due', later)
end
if is_mine and HAS_PARCELS(door, lane) then MAKE_READY(door, lane) end
return is_there
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
for _, id in ipairs(ids) do REMOVE_PARCEL(id) end
return #ids
"""
TIDY = """
-- ARGV: how long a consumer without a claim must have been silent (ms); how many were removed
local removed = 0
local function REMOVE_SILENT(ready)
  local known = redis.pcall('XINFO', 'CONSUMERS', ready, GROUP)
  for _, one in ipairs(known.err and {} or known) do
    local told = {}
    for n = 1, #one, 2 do told[one[n]] = one[n + 1] end
    if told.pending == 0 and told.idle >= tonumber(ARGV[1]) then
      redis.call('XGROUP', 'DELCONSUMER', ready, GROUP, told.name)
      removed = removed + 1
    end
  end
end
local function MEND(door) -- where somebody deleted of the stream or the hash by hand: what is in the stream counts
  local ready, entries = NAMES(door)
  if redis.call('XLEN', ready) == redis.call('HLEN', entries) then return end
  redis.call('DEL', entries)
  for _, one in ipairs(redis.call('XRANGE', ready, '-', '+')) do
    if redis.call('HSETNX', entries, one[2][2], one[1]) == 0 then
      redis.call('XACK', ready, GROUP, one[1])
      redis.call('XDEL', ready, one[1])
    end
  end
end
for _, door in ipairs(redis.call('SMEMBERS', PREFIX .. 'doors')) do
  REMOVE_SILENT((NAMES(door)))
  MEND(door)
end
for _, id in ipairs(redis.call('ZRANGE', PREFIX .. 'parcels', 0, -1)) do
  local door, lane, dead = unpack(redis.call('HMGET', PREFIX .. 'parcel:' .. id, 'door', 'lane', 'dead'))
  if dead == '0' then MAKE_READY(door, lane) end
end
return removed
"""
