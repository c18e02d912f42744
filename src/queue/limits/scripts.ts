/**
 * The scripts, each of which Redis does as one step. The keys are those of `model.ts`; the first
 * argument is the worker that asks. Each gives, at the end, how long that worker has to wait before
 * it asks for a place: milliseconds, or -1: until it is called. All may be sent twice, as a client does that lost its connection
 * before the answer: the second time changes nothing.
 */
import { ALLOWANCE } from "./lua/allowance.ts";
import { LEASES } from "./lua/leases.ts";
import { LINE } from "./lua/line.ts";
import { REFUSALS } from "./lua/refusals.ts";
import { STARTS } from "./lua/starts.ts";
import { SERVER_TIME, STATE } from "./lua/state.ts";
import { KEPT_MS } from "./model.ts";

/**
 * Arguments: worker, place, at once, starts a second (0: no limit), how many requests of the worker
 * wait, and the place that it gives back first, if any. Gives whether it has the place (1 or 0).
 */
const ENTER = `
local place, limit, perSecond, wanted = ARGV[2], ARGV[3] + 0, ARGV[4] + 0, ARGV[5] + 0
local left = ARGV[6]
if left then
  leave(left)
end
state.limit, state.perSecond = limit, perSecond
local granted = redis.call('HEXISTS', places, place)
if granted == 0 then
  if not redis.call('ZSCORE', waiting, worker) then
    queueUp(worker)
  end
  if first() == worker and opensMs(limit, perSecond ~= 0 and perSecond) <= nowMs then
    granted = 1
    leaveLine(worker)
    takePlace(place)
    if perSecond ~= 0 then
      admitStart(place, allowedStarts(perSecond))
    end
    if wanted > 1 then
      queueUp(worker)
    end
  end
end
local waitMs = callFirst()
save()
return { granted, waitMs }
`;

/** Arguments: worker, place. Its request went out just now. */
const STARTED = `
settleStart(ARGV[2], nowMs)
local waitMs = callFirst()
save()
return waitMs
`;

/**
 * Arguments: worker, place, the refusals of that place so far with this one, how long the vendor asks
 * to wait (ms). Gives for how long the vendor has taken nothing (ms), and 1 where it takes others.
 */
const REFUSE = `
local place, count, askedMs = ARGV[2], ARGV[3] + 0, ARGV[4] + 0
local cuts, before = string.match(redis.call('HGET', places, place) or '', '^(%d+):(%d+)$')
local others = redis.call('HLEN', places) - 1
local forMs, isPassing = 0, 1
if before and tonumber(before) < count then
  forMs, isPassing = refused(others == 0, askedMs)
  -- Those who began before a cut say nothing new by complaining too.
  local isNews = tonumber(cuts) == (state.cuts or 0)
  allowanceRefused(others, isNews)
  if isNews then
    state.cuts = (state.cuts or 0) + 1
    cutShare()
  end
  redis.call('HSET', places, place, cuts .. ':' .. count)
elseif before and others == 0 then
  forMs, isPassing = nowMs - (state.sinceMs or nowMs), state.hasServed or 0
end
local waitMs = callFirst()
save()
return { forMs, isPassing, waitMs }
`;

/** Arguments: worker, place. */
const LEAVE = `
leave(ARGV[2])
local waitMs = callFirst()
save()
return waitMs
`;

/**
 * Arguments: worker, whether it waits (1 or 0), how many places it has, these, and those it has asked
 * for. Renews its lease. Redis is told what it lost, and forgets what the worker does not know of; one
 * that has nothing and wants nothing is forgotten altogether.
 */
const BEAT = `
local waits, count = ARGV[2] == '1', ARGV[3] + 0
local known = {}
for i = 4, #ARGV do
  known[ARGV[i]] = true
  if i < 4 + count and redis.call('HEXISTS', places, ARGV[i]) == 0 then
    takePlace(ARGV[i])
  end
end
for _, place in ipairs(placesOf(worker)) do
  if not known[place] then
    freePlace(place)
  end
end
if not waits then
  leaveLine(worker)
  if #ARGV == 3 then
    forget(worker)
  end
end
local waitMs = callFirst()
save()
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ${KEPT_MS})
end
return waitMs
`;

/** Name of a script → its text. */
export type LimitScripts = Readonly<
  Record<"enter" | "started" | "refuse" | "leave" | "beat", string>
>;

/** @param time Lua that sets `rawMs`, the milliseconds of the server's clock */
export function limitScripts(time: string = SERVER_TIME): LimitScripts {
  const whole = (script: string): string =>
    [time, STATE, ALLOWANCE, REFUSALS, STARTS, LINE, LEASES, script].join("");
  return {
    enter: whole(ENTER),
    started: whole(STARTED),
    refuse: whole(REFUSE),
    leave: whole(LEAVE),
    beat: whole(BEAT),
  };
}
