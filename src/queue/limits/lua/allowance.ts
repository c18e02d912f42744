/** Lua: how many may be at the vendor at once, as `http/allowance.ts` has it. */
import { FIRST_TRIAL_MS, LONGEST_TRIAL_MS, NEXT_TRIAL_MS } from "../../../http/allowance.ts";

export const ALLOWANCE = `
local function rise(limit)
  while state.most and state.most < limit and state.risesMs <= nowMs do
    state.most = state.most + 1
    state.rises = state.rises + 1
    state.risesMs = state.risesMs + ${NEXT_TRIAL_MS}
  end
end

local function allowanceRefused(acceptedCount, isNews)
  rise(math.huge)
  state.most = math.max(1, math.min(state.most or math.huge, acceptedCount))
  if not isNews then
    return
  end
  local trialMs = state.trialMs or ${FIRST_TRIAL_MS}
  local wasTrial = state.rises == 1
  state.trialMs = wasTrial and math.min(${LONGEST_TRIAL_MS}, trialMs * 2) or ${FIRST_TRIAL_MS}
  state.rises = 0
  state.risesMs = nowMs + state.trialMs
end

local function allowanceOf(limit)
  rise(limit)
  return math.min(limit, state.most or limit)
end

local function nextRiseMs(limit)
  return allowanceOf(limit) < limit and state.risesMs or math.huge
end
`;
