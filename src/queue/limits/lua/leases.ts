/** Lua: workers live as long as they are heard of; a dead one's places are free. */
import { LEASE_MS } from "../model.ts";

export const LEASES = `
local function placesOf(name)
  local own = {}
  for _, place in ipairs(redis.call('HKEYS', places)) do
    if string.sub(place, 1, #name + 1) == name .. '/' then
      own[#own + 1] = place
    end
  end
  return own
end

local function takePlace(place)
  redis.call('HSET', places, place, (state.cuts or 0) .. ':0')
  countHeld(string.match(place, '^[^/]+'), 1)
end

local function freePlace(place)
  settleStart(place)
  redis.call('HDEL', places, place)
  countHeld(string.match(place, '^[^/]+'), -1)
end

local function leave(place)
  local value = redis.call('HGET', places, place)
  if not value then
    return
  end
  if string.match(value, ':0$') then
    served()
  end
  freePlace(place)
end

local function forget(name)
  for _, place in ipairs(placesOf(name)) do
    freePlace(place)
  end
  leaveLine(name)
  redis.call('ZREM', workers, name)
end

redis.call('ZADD', workers, nowMs, worker)
for _, name in ipairs(redis.call('ZRANGEBYSCORE', workers, '-inf', nowMs - ${LEASE_MS})) do
  forget(name)
end
`;
