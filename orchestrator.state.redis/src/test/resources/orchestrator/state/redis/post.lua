-- Posts one message: POSTED or DUPLICATE with its number, UNKNOWN_RUN or ENDED with 0.
-- KEYS: the run. ARGV: prefix, id, message id, body.
local P, id = ARGV[1], ARGV[2]
local run = redis.call('HMGET', KEYS[1], 'owner', 'final', 'prio')
if not run[1] then return {'UNKNOWN_RUN', 0} end
local known = redis.call('HGET', P .. 'mid:' .. id, ARGV[3])
if known then return {'DUPLICATE', tonumber(known)} end
if run[2] == '1' then return {'ENDED', 0} end
-- From here on everything is written.
local number = redis.call('HINCRBY', KEYS[1], 'tail', 1)
redis.call('HSET', P .. 'mid:' .. id, ARGV[3], number)
redis.call('HSET', P .. 'in:' .. id, number, struct.pack('>I4', #ARGV[3]) .. ARGV[3] .. ARGV[4])
if run[1] ~= '' then
  redis.call('SADD', P .. 'mailed:' .. run[1], id)
else
  local t = redis.call('TIME')
  redis.call('ZADD', P .. 'prios', run[3], run[3])
  redis.call('ZADD', P .. 'ready:' .. run[3], 'NX', string.format('%.0f', t[1] * 1000000 + t[2]), id)
end
return {'POSTED', number}
