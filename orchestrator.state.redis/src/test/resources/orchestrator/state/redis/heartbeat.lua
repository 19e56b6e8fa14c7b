-- Prolongs a lease in one shard. Answers the time.
-- KEYS: the nodes. ARGV: prefix, node, incarnation.
local lease = redis.call('HGET', KEYS[1], ARGV[2])
if not lease then return redis.error_reply('FENCED') end
local inc, duration = lease:match('^(%d+)|(%d+)|')
if inc ~= ARGV[3] then return redis.error_reply('FENCED') end
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
redis.call('HSET', KEYS[1], ARGV[2], inc .. '|' .. duration .. '|' .. string.format('%.0f', now + tonumber(duration)))
return string.format('%.0f', now)
