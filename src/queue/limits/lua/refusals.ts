/** Lua: how long an account is refused altogether, as `http/refusals.ts` has it. */
import { LONGEST_ASKED_MS, LONGEST_PAUSE_MS, PAUSE_MS } from "../../../http/refusals.ts";

export const REFUSALS = `
-- Gives for how long nothing was taken, and 1 where others are taken, or were.
local function refused(isAlone, askedMs)
  local restMs = isAlone and (state.pauseMs or ${PAUSE_MS}) or 0
  local pauseMs = math.max(restMs, math.min(askedMs, ${LONGEST_ASKED_MS}))
  state.pausedUntilMs = math.max(state.pausedUntilMs or 0, nowMs + pauseMs)
  if not isAlone then
    return 0, 1
  end
  state.pauseMs = math.min(${LONGEST_PAUSE_MS}, (state.pauseMs or ${PAUSE_MS}) * 2)
  state.sinceMs = state.sinceMs or nowMs
  return nowMs - state.sinceMs, state.hasServed or 0
end

local function served()
  state.hasServed = 1
  state.sinceMs = nil
  state.pauseMs = nil
end
`;
