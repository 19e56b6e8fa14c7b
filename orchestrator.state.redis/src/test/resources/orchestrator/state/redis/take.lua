-- Claims those of the given runs of one shard that can still be claimed. Answers the time, the next wake ('' for none),
-- and per run: id, epoch, last, fruitless claims, tail, summary, its inbox as number and packed message in turn,
-- and whether it was taken over.
-- KEYS: the nodes. ARGV: prefix, node, incarnation, number of wait keys, wait keys..., runs...
local P, node, inc, keys = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local owner = node .. '#' .. inc
local t = redis.call('TIME')
local lease = redis.call('HGET', KEYS[1], node)
if not lease or lease:match('^(%d+)|') ~= inc then return redis.error_reply('FENCED') end

local function claimable(id, run)
  if run[1] == false or run[9] == '1' then return false end
  if run[1] ~= '' then return redis.call('SISMEMBER', P .. 'dead', run[1]) == 1 end
  if redis.call('ZSCORE', P .. 'ready:' .. run[7], id) then return true end
  for i = 5, 4 + keys do
    if redis.call('SISMEMBER', P .. 'wk:' .. ARGV[i], id) == 1 then return true end
  end
  return false
end

local answer = {string.format('%.0f', t[1] * 1000000 + t[2]), ''}
for i = 5 + keys, #ARGV do
  local id = ARGV[i]
  local key = P .. 'run:' .. id
  local run = redis.call('HMGET', key, 'owner', 'last', 'cseq', 'fruitless', 'tail', 'summary', 'prio', 'keys', 'final')
  if claimable(id, run) then
    if run[1] ~= '' then redis.call('SREM', P .. 'own:' .. run[1], id) end
    redis.call('ZREM', P .. 'due', id)
    redis.call('ZREM', P .. 'wakes', id)
    redis.call('ZREM', P .. 'ready:' .. run[7], id)
    for _, k in ipairs(cjson.decode(run[8])) do redis.call('SREM', P .. 'wk:' .. k, id) end
    local fruitless = 1
    if run[3] == run[2] then fruitless = tonumber(run[4]) + 1 end
    local epoch = redis.call('HINCRBY', key, 'epoch', 1)
    redis.call('HSET', key, 'owner', owner, 'cseq', run[2], 'fruitless', fruitless)
    redis.call('SADD', P .. 'own:' .. owner, id)
    local inbox = redis.call('HGETALL', P .. 'in:' .. id)
    if #inbox > 0 then redis.call('SADD', P .. 'mailed:' .. owner, id) end
    answer[#answer + 1] = {id, epoch, tonumber(run[2]), fruitless, tonumber(run[5]), run[6], inbox,
      run[1] ~= '' and 1 or 0}
  end
end
local next = redis.call('ZRANGE', P .. 'wakes', 0, 0, 'WITHSCORES')
if next[2] then answer[2] = next[2] end
return answer
