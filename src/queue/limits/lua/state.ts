/** Lua: the keys, the state and the time that each script begins with. */
import { LONGEST_SILENCE_MS } from "../model.ts";

/** Sets `rawMs` to the server's time; tests bring one of their own. */
export const SERVER_TIME = `
local time = redis.call('TIME')
local rawMs = time[1] * 1000 + math.floor(time[2] / 1000)
`;

export const STATE = `
local stateKey, places, pending, starts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local workers, waiting, held = KEYS[5], KEYS[6], KEYS[7]
local worker = ARGV[1]

local state = {}
local stored = redis.call('HGETALL', stateKey)
for i = 1, #stored, 2 do
  -- A worker's name may look like a number: 16 digits, or 1e15.
  state[stored[i]] = stored[i] ~= 'called' and tonumber(stored[i + 1]) or stored[i + 1]
end

-- A clock that was set back stands still for nobody: from then on its time counts with an offset.
local nowMs = rawMs + (state.offsetMs or 0)
local silentMs = nowMs - (state.nowMs or nowMs)
if silentMs < 0 then
  state.offsetMs = (state.offsetMs or 0) - silentMs
  nowMs = state.nowMs
end
state.nowMs = nowMs

-- No worker was heard of for longer than any living one is silent: Redis was down, and they could
-- not renew their leases.
if silentMs > ${LONGEST_SILENCE_MS} then
  for _, name in ipairs(redis.call('ZRANGE', workers, 0, -1)) do
    redis.call('ZINCRBY', workers, silentMs, name)
  end
end

-- 17 digits give a double back as it was.
local function exact(number)
  return string.format('%.17g', number)
end

local function save()
  local fields = {}
  for name, value in pairs(state) do
    fields[#fields + 1] = name
    fields[#fields + 1] = type(value) == 'number' and exact(value) or value
  end
  redis.call('DEL', stateKey)
  redis.call('HSET', stateKey, unpack(fields))
end
`;
