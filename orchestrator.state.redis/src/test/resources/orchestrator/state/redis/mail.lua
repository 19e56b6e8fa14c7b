-- The mail of a node's runs in one shard: run, number and packed message in turn.
-- KEYS: the nodes. ARGV: prefix, node, incarnation.
local P = ARGV[1]
local lease = redis.call('HGET', KEYS[1], ARGV[2])
if not lease or lease:match('^(%d+)|') ~= ARGV[3] then return redis.error_reply('FENCED') end
local answer = {}
for _, id in ipairs(redis.call('SMEMBERS', P .. 'mailed:' .. ARGV[2] .. '#' .. ARGV[3])) do
  local inbox = redis.call('HGETALL', P .. 'in:' .. id)
  for i = 1, #inbox, 2 do
    answer[#answer + 1] = {id, tonumber(inbox[i]), inbox[i + 1]}
  end
end
return answer
