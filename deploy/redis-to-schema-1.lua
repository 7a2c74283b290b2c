-- 退回没有 Stream 的版本：把一片（KEYS[1]，例如 policybot:{00}:）里待发的放回有序集合。用法见 docs/stores.md。
local shard = KEYS[1]
for _, id in ipairs(redis.call('ZRANGE', shard .. 'parcels', 0, -1)) do
  local door, lane, dead = unpack(redis.call('HMGET', shard .. 'parcel:' .. id, 'door', 'lane', 'dead'))
  if dead == '0' then
    redis.call('ZADD', shard .. 'due:' .. door, 'NX', 0, lane)
    redis.call('DEL', shard .. 'ready:' .. door, shard .. 'entries:' .. door)
  end
end
return 'OK'
