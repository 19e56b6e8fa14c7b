-- Fences the other nodes of one shard whose time is over, and looks which runs of it come first for a claim. Answers
-- per run: id, priority, since when.
-- KEYS: the nodes. ARGV: prefix, node, incarnation, limit, wait keys...
local P, node, inc, limit = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local time = string.format('%.0f', now)
local lease = redis.call('HGET', KEYS[1], node)
if not lease or lease:match('^(%d+)|') ~= inc then return redis.error_reply('FENCED') end

local found, seen = {}, {}
local function candidate(id, since)
  if not seen[id] then
    seen[id] = true
    local prio = redis.call('HGET', P .. 'run:' .. id, 'prio')
    found[#found + 1] = {id = id, prio = tonumber(prio), since = tonumber(since)}
  end
end

if limit > 0 then
  local nodes = redis.call('HGETALL', KEYS[1])
  for i = 1, #nodes, 2 do
    local other, expires = nodes[i + 1]:match('^(%d+)|%d+|(%d+)$')
    if nodes[i] ~= node and tonumber(expires) <= now then
      redis.call('HDEL', KEYS[1], nodes[i])
      redis.call('SADD', P .. 'dead', nodes[i] .. '#' .. other)
    end
  end
  local due = redis.call('ZRANGEBYSCORE', P .. 'due', '-inf', time, 'WITHSCORES', 'LIMIT', 0, 1000)
  for i = 1, #due, 2 do
    local prio = redis.call('HGET', P .. 'run:' .. due[i], 'prio')
    redis.call('ZREM', P .. 'due', due[i])
    redis.call('ZADD', P .. 'prios', prio, prio)
    redis.call('ZADD', P .. 'ready:' .. prio, due[i + 1], due[i])
  end
  for _, prio in ipairs(redis.call('ZREVRANGE', P .. 'prios', 0, -1)) do
    local ready = redis.call('ZRANGE', P .. 'ready:' .. prio, 0, limit - 1, 'WITHSCORES')
    for i = 1, #ready, 2 do candidate(ready[i], ready[i + 1]) end
    if #ready == 0 then redis.call('ZREM', P .. 'prios', prio) end
    if #found >= limit then break end
  end
  for i = 5, #ARGV do
    for _, id in ipairs(redis.call('SRANDMEMBER', P .. 'wk:' .. ARGV[i], limit)) do candidate(id, now) end
  end
  for _, dead in ipairs(redis.call('SMEMBERS', P .. 'dead')) do
    local orphans = redis.call('SRANDMEMBER', P .. 'own:' .. dead, limit)
    for _, id in ipairs(orphans) do candidate(id, now) end
    if #orphans == 0 then
      redis.call('SREM', P .. 'dead', dead)
      redis.call('DEL', P .. 'mailed:' .. dead)
    end
  end
  table.sort(found, function(a, b)
    if a.prio ~= b.prio then return a.prio > b.prio end
    if a.since ~= b.since then return a.since < b.since end
    return a.id < b.id
  end)
end

local answer = {}
for i = 1, math.min(limit, #found) do
  answer[i] = {found[i].id, found[i].prio, string.format('%.0f', found[i].since)}
end
return answer
