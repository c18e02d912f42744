import { describe, expect, it } from "vitest";
import { failureCauses } from "../../src/commands/failure-causes.ts";
import { summaryFacts, summaryText } from "../../src/commands/run-summary.ts";
import { shellWord } from "../../src/commands/shell-word.ts";
import { AsrError } from "../../src/errors.ts";
import { failuresOf } from "../../src/jobs/failures.ts";
import { openRun } from "../terminal/runs.ts";

function finishedRun() {
  const run = openRun(6, { stepfun: { perHour: 1.5, currency: "CNY" } });
  const { tally, start, bill, wait, finish } = run;
  tally.pass("done_before");
  tally.skip(start("notes.txt"));
  wait(60_000);
  for (const name of ["a.wav", "b.wav"]) {
    const input = start(name);
    wait(345_000);
    bill(input, 15.2);
    finish(input, 15 * 3_600_000);
  }
  tally.fail(start("c.wav"));
  return run;
}

describe("the summary of a run", () => {
  it("is a line with what was done, how fast, and what it cost", () => {
    expect(summaryText(finishedRun().tally, false)).toBe(
      "2 of 5 inputs done in 12:30: 30.0 h of audio (144x), 30.4 h billed, 45.60 CNY; " +
        "1 was done already",
    );
  });

  it("says what is left of a run that was interrupted", () => {
    const { tally } = openRun(3);
    expect(summaryText(tally, true)).toBe("0 of 3 inputs done in 0.0 s; 3 are left");
    expect(summaryText(tally, false)).toBe(undefined);
  });

  it("is short where all was done", () => {
    const { tally } = openRun(2);
    tally.pass("done_before");
    tally.pass("elsewhere");
    expect(summaryText(tally, false)).toBe(
      "1 of 2 inputs was done already; 1 of 2 inputs is left to another run",
    );
  });

  it("has the same facts for programs", () => {
    expect(summaryFacts(finishedRun().tally)).toEqual({
      ...{ inputs: 5, done: 2, failed: 1, done_before: 1, elsewhere: 0, left: 1, skipped: 1 },
      ...{ audio_seconds: 108_000, billed_seconds: 109_440, seconds: 750 },
      spend: [{ amount: 45.6, currency: "CNY" }],
    });
  });
});

describe("why inputs failed", () => {
  it("is grouped by kind and vendor's code, the most frequent first", () => {
    const damaged = new AsrError("audio", "is damaged");
    const refused = (vendorCode: number) =>
      new AsrError("recognition", "failed", { provider: "stepfun", vendorCode });
    expect(failureCauses(failuresOf([refused(1), damaged, refused(1), refused(2)]))).toBe(
      "2 × recognition refused or failed (stepfun code 1); " +
        "1 × audio missing, damaged or not taken; " +
        "1 × recognition refused or failed (stepfun code 2)",
    );
    const many = Array.from({ length: 50 }, (_, code) => refused(code));
    expect(failureCauses(failuresOf(many))).toMatch(/; 46 × others$/);
  });
});

describe("a name in a proposed command", () => {
  it.each([
    ["out/", "out/"],
    ["结果/a", "结果/a"],
    ["my out", "'my out'"],
    ["it's", "'it'\\''s'"],
    ["-o", "./-o"],
  ])("%s can be typed as %s", (name, word) => {
    expect(shellWord(name, "linux")).toBe(word);
  });

  it("is quoted as Windows has it", () => {
    expect(shellWord("my out", "win32")).toBe('"my out"');
  });
});
