import { describe, expect, it } from "vitest";
import { planReason } from "../../../src/jobs/estimating/plan-reason.ts";
import type { ConvertPlan } from "../../../src/jobs/plan.ts";

const LIMITS = {
  maxConcurrency: 1,
  maxDurationMs: 60_000,
  maxBytes: 1_000_000,
  recommendedDurationMs: 1_800_000,
};

function plan(maxMs: number, skipSilence = false): ConvertPlan {
  return {
    kind: "convert",
    container: "pcm",
    encoding: "s16le",
    sampleRate: 16_000,
    requests: ["mix"],
    parts: { maxMs, skipSilence },
    warnings: [],
  };
}

describe("why a recording is cut", () => {
  it.each([
    ["the provider's longest request", plan(60_000), "a request may have 60 s at most"],
    ["its largest", plan(31_250), "a request may have 1 MB at most"],
    ["what is best for it", plan(1_800_000), "parts of 30 min at most are best for the provider"],
    ["a wish", plan(7500), "parts of 7.5 s at most are wished for"],
    ["silence alone", plan(Number.POSITIVE_INFINITY, true), "silence is not to be sent"],
    [
      "silence and a limit",
      plan(60_000, true),
      "silence is not to be sent, and a request may have 60 s at most",
    ],
  ])("%s", (_, question, reason) => {
    expect(planReason(question, { limits: LIMITS })).toBe(reason);
  });

  it("is nothing where nothing is cut", () => {
    const { parts: _, ...whole } = plan(60_000);
    expect(planReason(whole, { limits: LIMITS })).toBeUndefined();
    expect(planReason({ kind: "as-is", warnings: [] }, { limits: LIMITS })).toBeUndefined();
  });
});
