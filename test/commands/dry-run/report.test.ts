import { describe, expect, it } from "vitest";
import { dryRunJson } from "../../../src/commands/dry-run/json.ts";
import { dryRunText } from "../../../src/commands/dry-run/text.ts";
import { audioError } from "../../../src/errors.ts";
import { type Estimate, type Price, totalOf } from "../../../src/jobs/estimate.ts";
import { failuresOf } from "../../../src/jobs/failures.ts";
import type { Survey, SurveyedInput } from "../../../src/jobs/survey.ts";
import { fakeProvider } from "../../jobs/fake-provider.ts";

const ESTIMATE: Estimate = {
  durationMs: 3_661_400,
  container: "m4a",
  encoding: "aac",
  plan: "2 parts of 16 kHz mono pcm, cut at pauses",
  requests: 2,
  starts: 2,
  bytes: 117_164_800,
  billedMs: 3_661_400,
  leastMs: 500,
};

const SHORT: Estimate = {
  durationMs: 4200,
  container: "wav",
  encoding: "s16le",
  plan: "as it is",
  requests: 1,
  starts: 1,
  bytes: 134_444,
  billedMs: 4200,
  leastMs: 0,
};

function planned(name: string, estimate: Estimate, changes = {}): SurveyedInput {
  const { container, encoding, durationMs } = estimate;
  const facts = { container, encoding, durationMs, sampleRate: 44_100, channels: 2 };
  return {
    input: { name, relativePath: name, explicit: true },
    provider: "stepfun",
    estimate,
    planned: { facts, model: "m", warnings: [], ...changes },
  };
}

function failed(name: string): SurveyedInput {
  const error = audioError(`${name}: is text`, "name a recording", "it has no header");
  return { input: { name, relativePath: name, explicit: true }, provider: "stepfun", error };
}

function survey(inputs: readonly SurveyedInput[], price?: Price): Survey {
  const estimates = inputs.flatMap((one) => ("estimate" in one ? [one.estimate] : []));
  const limits = { maxConcurrency: 5, maxRequestsPerSecond: 2 };
  const capabilities = { ...fakeProvider().capabilities, limits, remote: true };
  return {
    inputs,
    total: totalOf(estimates, { capabilities, ...(price === undefined ? {} : { price }) }),
    summary: { done: estimates.length, skipped: 0, failures: failuresOf([]), left: 0 },
  };
}

const textOf = (of: Survey, columns: number) => [...dryRunText(of, columns)].join("");
const jsonOf = (of: Survey) => [...dryRunJson(of)].join("");

const TWO = [planned("meeting.m4a", ESTIMATE), planned("会议.wav", SHORT)];

describe("the table of a dry run", () => {
  it("has a row an input, numbers below each other, and a total", () => {
    expect(textOf(survey(TWO), 0)).toBe(
      [
        "INPUT        DURATION  CONTAINER    PLAN                                       REQUESTS      SIZE   BILLED  AT LEAST",
        "meeting.m4a   1:01:01  m4a (aac)    2 parts of 16 kHz mono pcm, cut at pauses         2  117.2 MB  1:01:01     0.5 s",
        "会议.wav        4.2 s  wav (s16le)  as it is                                          1  134.4 kB    4.2 s         -",
        "total         1:01:06                                                                 3  117.3 MB  1:01:06     1.0 s",
        "",
      ].join("\n"),
    );
  });

  it("shortens names in the middle to keep to the terminal", () => {
    const name = "recordings of the quarterly planning meeting, second day.m4a";
    const lines = textOf(survey([planned(name, ESTIMATE)]), 125)
      .trimEnd()
      .split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBe(125);
    expect(lines[1]).toMatch(/^recordi\S*.*….*day\.m4a {2,}1:01:01/);
  });

  it("puts the plan below where the terminal is too narrow", () => {
    const lines = textOf(survey(TWO), 80).trimEnd().split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[0]).not.toContain("PLAN");
    expect(lines[2]).toBe("  2 parts of 16 kHz mono pcm, cut at pauses");
    expect(lines[4]).toBe("  as it is");
    expect(lines).toHaveLength(6);
  });

  it("says why an input fails, and counts the others", () => {
    const text = textOf(survey([failed("notes.txt"), planned("a.wav", SHORT)]), 0);
    expect(text).toContain("notes.txt  FAILED: is text: it has no header\n");
    expect(text).toMatch(/^total +4\.2 s +1 +134\.4 kB/m);
  });

  it("shows what it costs, where there is a price", () => {
    const cost = { amount: 0.0037333, currency: "CNY" };
    const priced = planned("a.wav", { ...SHORT, cost });
    const text = textOf(survey([priced], { perHour: 3.2, currency: "CNY" }), 0);
    expect(text).toMatch(/COST\n.* 0\.0037 CNY\ntotal.* 0\.0037 CNY\n$/);
  });

  it("does not say how large what has not been made is", () => {
    const { bytes: _, ...unknown } = SHORT;
    expect(textOf(survey([planned("a.mp4", unknown)]), 0)).toMatch(/as it is +1 +\? +4\.2 s/);
  });
});

describe("the JSON of a dry run", () => {
  it("has every figure in seconds and bytes", () => {
    const parts = [
      { overlapMs: 0, pieces: [{ startMs: 0, endMs: 1_800_100 }] },
      {
        overlapMs: 0,
        pieces: [
          { startMs: 1_800_100, endMs: 2_000_000 },
          { startMs: 2_100_000, endMs: 3_661_400 },
        ],
      },
    ];
    const warnings = [{ code: "engine-rate", message: "…" }];
    const cost = { amount: 3.2546, currency: "CNY" };
    const input = planned("meeting.m4a", { ...ESTIMATE, cost }, { parts, warnings });
    const text = jsonOf(survey([input, failed("x")], { perHour: 3.2, currency: "CNY" }));
    expect(JSON.parse(text)).toEqual({
      provider: "stepfun",
      model: "m",
      inputs: [
        {
          input: "meeting.m4a",
          duration: 3661.4,
          container: "m4a",
          encoding: "aac",
          sample_rate: 44_100,
          channels: 2,
          model: "m",
          plan: "2 parts of 16 kHz mono pcm, cut at pauses",
          requests: 2,
          bytes: 117_164_800,
          billed_seconds: 3661.4,
          least_seconds: 0.5,
          cost: 3.2546,
          parts: [
            { start: 0, end: 1800.1 },
            { start: 1800.1, end: 3661.4 },
          ],
          warnings,
        },
        {
          input: "x",
          error: {
            code: "audio",
            exit_code: 3,
            message: "x: is text",
            reason: "it has no header",
            hint: "name a recording",
            retryable: false,
          },
        },
      ],
      total: {
        inputs: 2,
        failed: 1,
        duration: 3661.4,
        requests: 2,
        bytes: 117_164_800,
        billed_seconds: 3661.4,
        least_seconds: 0.5,
        cost: 3.254578,
      },
      currency: "CNY",
    });
  });

  it("names no model for all where inputs differ, and no cost without a price", () => {
    const report = JSON.parse(
      jsonOf(survey([planned("a", SHORT), planned("b", SHORT, { model: "n" })])),
    );
    expect(report).not.toHaveProperty("model");
    expect(report).not.toHaveProperty("currency");
    expect(report.total).not.toHaveProperty("cost");
    expect(report.inputs.map(({ model }: { model: string }) => model)).toEqual(["m", "n"]);
  });
});
