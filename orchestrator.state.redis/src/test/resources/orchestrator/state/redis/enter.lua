-- Makes an incarnation of a node the only one in this shard; a former one is fenced by that alone. Answers the time.
-- KEYS: the nodes. ARGV: prefix, node, incarnation, duration.
local P, node, inc = ARGV[1], ARGV[2], ARGV[3]
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local former = redis.call('HGET', KEYS[1], node)
if former then
  former = former:match('^(%d+)|')
  if tonumber(former) >= tonumber(inc) then return redis.error_reply('FENCED') end
  redis.call('SADD', P .. 'dead', node .. '#' .. former)
end
redis.call('HSET', KEYS[1], node,
  inc .. '|' .. ARGV[4] .. '|' .. string.format('%.0f', now + tonumber(ARGV[4])))
return string.format('%.0f', now)
