-- Creates one run: CREATED, EXISTS or KEY_CONFLICT with the run that has the start key, or NODE_FENCED.
-- KEYS: the run. ARGV: prefix, node, incarnation ('' for nobody), id, start key ('' for none), input hash, final,
-- summary, wake, priority, wait keys (JSON), entries...
local P, node, inc, id, key, hash = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
if inc ~= '' then
  local lease = redis.call('HGET', P .. 'nodes', node)
  if not lease or lease:match('^(%d+)|') ~= inc then return {'NODE_FENCED', id} end
end
if redis.call('EXISTS', KEYS[1]) == 1 then return {'CREATED', id} end
if key ~= '' then
  local holder = redis.call('HMGET', P .. 'key:' .. key, 'run', 'hash')
  if holder[1] then
    if holder[2] == hash then return {'EXISTS', holder[1]} end
    return {'KEY_CONFLICT', holder[1]}
  end
end
-- From here on everything is written.
local owner, epoch = '', '1'
if inc ~= '' then owner = node .. '#' .. inc end
redis.call('HSET', KEYS[1], 'epoch', epoch, 'owner', owner, 'last', #ARGV - 11, 'tail', 0, 'seen', 0,
  'final', ARGV[7], 'summary', ARGV[8], 'wake', ARGV[9], 'prio', ARGV[10], 'keys', ARGV[11], 'cseq', -1, 'fruitless', 0)
for i = 12, #ARGV do redis.call('RPUSH', P .. 'j:' .. id, ARGV[i]) end
if key ~= '' then redis.call('HSET', P .. 'key:' .. key, 'run', id, 'hash', hash) end
if owner ~= '' then
  redis.call('SADD', P .. 'own:' .. owner, id)
else
  if ARGV[9] ~= '' then
    redis.call('ZADD', P .. 'due', ARGV[9], id)
    redis.call('ZADD', P .. 'wakes', ARGV[9], id)
  end
  for _, k in ipairs(cjson.decode(ARGV[11])) do redis.call('SADD', P .. 'wk:' .. k, id) end
end
return {'CREATED', id}
