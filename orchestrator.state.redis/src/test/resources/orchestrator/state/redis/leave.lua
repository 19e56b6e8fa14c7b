-- Ends a lease in one shard, if it is not over.
-- KEYS: the nodes. ARGV: prefix, node, incarnation.
local lease = redis.call('HGET', KEYS[1], ARGV[2])
if not lease or lease:match('^(%d+)|') ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[2])
redis.call('SADD', ARGV[1] .. 'dead', ARGV[2] .. '#' .. ARGV[3])
return 1
