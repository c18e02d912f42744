/**
 * Lua: whose turn it is. The next place goes to the worker with the fewest, among equals to the one
 * that has waited longest, as `http/fair-line.ts` has it for flows. Who is called and does not come
 * leaves the line, so that a dead one delays the others once.
 */
import { callsChannel, GRACE_MS, TURNS } from "../model.ts";

export const LINE = `
local function heldBy(name)
  return tonumber(redis.call('HGET', held, name) or 0)
end

-- Puts a worker at the end of those with as many places.
local function queueUp(name)
  state.turn = (state.turn or 0) + 1
  redis.call('ZADD', waiting, string.format('%.0f', heldBy(name) * ${TURNS} + state.turn), name)
end

-- One place more or less; a worker that waits keeps its turn among those with as many.
local function countHeld(name, change)
  if redis.call('HINCRBY', held, name, change) <= 0 then
    redis.call('HDEL', held, name)
  end
  if redis.call('ZSCORE', waiting, name) then
    redis.call('ZINCRBY', waiting, string.format('%.0f', change * ${TURNS}), name)
  end
end

local function leaveLine(name)
  redis.call('ZREM', waiting, name)
  if state.called == name then
    state.called = nil
  end
end

-- When an account can have its next start: now, later, or not before somebody leaves.
local function opensMs(limit, perSecond)
  local atMs = math.max(nowMs, state.pausedUntilMs or 0)
  local running = redis.call('HLEN', places)
  if running >= allowanceOf(limit) then
    if running >= limit then
      return math.huge
    end
    atMs = math.max(atMs, nextRiseMs(limit))
  end
  return perSecond and math.max(atMs, startsOpenMs(allowedStarts(perSecond))) or atMs
end

-- The first one in line; whoever was called and is late is out of it.
local function first()
  if state.called and state.called ~= worker and nowMs > state.comesByMs then
    leaveLine(state.called)
  end
  return redis.call('ZRANGE', waiting, 0, 0)[1]
end

-- Tells the first one in line when to come. Gives how long the asking worker itself has to wait, or
-- -1: until it is called.
local function callFirst()
  local name = first()
  local atMs = name and opensMs(state.limit, state.perSecond ~= 0 and state.perSecond) or math.huge
  if atMs == math.huge then
    state.called = nil
    return -1
  end
  local waitMs = math.ceil(atMs - nowMs)
  local isTold = state.called == name
    and (atMs == state.comesAtMs or (atMs == nowMs and state.comesAtMs <= nowMs))
  if not isTold then
    state.called = name
    state.comesAtMs = atMs
    state.comesByMs = atMs + ${GRACE_MS}
  end
  if name == worker then
    return waitMs
  end
  if not isTold then
    redis.call('PUBLISH', '${callsChannel("")}' .. name, stateKey .. ' ' .. waitMs)
  end
  return -1
end
`;
