-- Appends to one run: APPENDED, FENCED, CONFLICT or MAIL.
-- KEYS: the run. ARGV: prefix, node, incarnation, id, epoch, append id, last, seen, release, ends, summary ('' for the
-- old one), wake, priority, wait keys (JSON), number of consumed, consumed..., entries...
local P, id, epoch = ARGV[1], ARGV[4], ARGV[5]
local owner = ARGV[2] .. '#' .. ARGV[3]
local run = redis.call('HMGET', KEYS[1], 'epoch', 'owner', 'last', 'tail', 'aid', 'aepoch')
if not run[1] then return 'FENCED' end
if run[5] == ARGV[6] and run[6] == epoch then return 'APPENDED' end
local lease = redis.call('HGET', P .. 'nodes', ARGV[2])
if not lease or lease:match('^(%d+)|') ~= ARGV[3] then return 'FENCED' end
if run[1] ~= epoch or run[2] ~= owner then return 'FENCED' end
if run[3] ~= ARGV[7] then return 'CONFLICT' end
local leaves = ARGV[9] == '1' or ARGV[10] == '1'
if leaves and tonumber(run[4]) > tonumber(ARGV[8]) then return 'MAIL' end
-- From here on everything is written.
local consumed = tonumber(ARGV[15])
local first = 16 + consumed
for i = first, #ARGV do redis.call('RPUSH', P .. 'j:' .. id, ARGV[i]) end
redis.call('HSET', KEYS[1], 'aid', ARGV[6], 'aepoch', epoch)
if #ARGV >= first then redis.call('HSET', KEYS[1], 'last', tonumber(run[3]) + #ARGV - first + 1) end
for i = 16, first - 1 do redis.call('HDEL', P .. 'in:' .. id, ARGV[i]) end
if consumed > 0 and redis.call('EXISTS', P .. 'in:' .. id) == 0 then
  redis.call('SREM', P .. 'mailed:' .. owner, id)
end
if ARGV[11] ~= '' then
  redis.call('HSET', KEYS[1], 'summary', ARGV[11], 'wake', ARGV[12], 'prio', ARGV[13], 'keys', ARGV[14],
    'final', ARGV[10])
end
if leaves then
  redis.call('HSET', KEYS[1], 'owner', '', 'seen', ARGV[8])
  redis.call('SREM', P .. 'own:' .. owner, id)
  redis.call('SREM', P .. 'mailed:' .. owner, id)
  if ARGV[10] ~= '1' then
    local now = redis.call('HMGET', KEYS[1], 'wake', 'keys')
    if now[1] ~= '' then
      redis.call('ZADD', P .. 'due', now[1], id)
      redis.call('ZADD', P .. 'wakes', now[1], id)
    end
    for _, k in ipairs(cjson.decode(now[2])) do redis.call('SADD', P .. 'wk:' .. k, id) end
  else
    redis.call('DEL', P .. 'in:' .. id)
  end
end
return 'APPENDED'
