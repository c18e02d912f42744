/** Lua: the starts of the last second, as `http/start-share.ts` and `http/start-window.ts` have it. */
import { CUT, LEAST_SHARE, RECOVERY_PER_SECOND } from "../../../http/start-share.ts";
import { LATE_MS, WINDOW_MS } from "../../../http/start-window.ts";

export const STARTS = `
local function share()
  local recovered = (nowMs - (state.cutMs or 0)) / 1000 * ${RECOVERY_PER_SECOND}
  return math.min(1, (state.share or 1) + math.max(0, recovered))
end

local function cutShare()
  state.share = math.max(${LEAST_SHARE}, share() * ${CUT})
  state.cutMs = nowMs
end

local function allowedStarts(perSecond)
  return math.max(1, math.floor(perSecond * share() + 1e-9))
end

local function countStarts()
  redis.call('ZREMRANGEBYSCORE', starts, '-inf', nowMs - ${WINDOW_MS})
  return redis.call('ZCARD', starts) + redis.call('HLEN', pending)
end

-- From here on it may start at any moment.
local function admitStart(place, allowed)
  local inTimeMs = countStarts() == 0 and nowMs or nowMs - ${LATE_MS}
  state.dueMs = math.max(state.dueMs or 0, inTimeMs) + ${WINDOW_MS} / allowed
  redis.call('HSET', pending, place, nowMs)
end

-- It started at startMs; without that: when it could at the earliest.
local function settleStart(place, startMs)
  local sinceMs = redis.call('HGET', pending, place)
  if not sinceMs then
    return
  end
  redis.call('HDEL', pending, place)
  redis.call('ZADD', starts, startMs or sinceMs, place)
end

local function startsOpenMs(allowed)
  local excess = countStarts() - allowed
  local dueMs = state.dueMs or 0
  if excess < 0 then
    return dueMs
  end
  local leaving = redis.call('ZRANGE', starts, excess, excess, 'WITHSCORES')[2]
  return leaving and math.max(dueMs, leaving + ${WINDOW_MS}) or math.huge
end
`;
