import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { createConsole } from "../../src/terminal/console.ts";
import { createJobLog } from "../../src/terminal/job-log.ts";
import { transcript } from "./runs.ts";

function openLog(quiet = false) {
  const lines: unknown[] = [];
  let nowMs = 0;
  const console = createConsole((text) => void lines.push(JSON.parse(text)));
  console.configure({ logFormat: "json", quiet });
  const log = createJobLog({
    console,
    outputsOf: ({ name }) => [`out/${name}.txt`],
    now: () => nowMs,
  });
  const wait = (ms: number): void => {
    nowMs += ms;
  };
  return { lines, log, wait };
}

const A = { name: "a.wav" };

describe("the log of a run for programs", () => {
  it("has a line for an input that is done", () => {
    const { lines, log, wait } = openLog();
    log.event(A, { type: "start", provider: "stepfun" });
    wait(1234);
    const usage = { requests: 2, billedMs: 61_000 };
    log.done(A, { ...transcript(60_500), usage, requestIds: ["r1", "r2"] });
    expect(lines).toEqual([
      {
        ...{ level: "info", event: "done", input: "a.wav", provider: "stepfun" },
        ...{ outputs: ["out/a.wav.txt"], duration: 60.5, billed_seconds: 61 },
        ...{ request_ids: ["r1", "r2"], seconds: 1.234 },
      },
    ]);
  });

  it("has one for a failure, and for what is not to be done", () => {
    const { lines, log } = openLog();
    log.failed(A, new AsrError("audio", "a.wav: is empty"));
    log.passed(A, "done_before");
    log.passed(A, "elsewhere");
    expect(lines).toEqual([
      {
        ...{ level: "error", event: "failed", code: "audio", exit_code: 3, input: "a.wav" },
        ...{ message: "a.wav: is empty", retryable: false },
      },
      { level: "info", event: "passed", input: "a.wav", reason: "done_before" },
      { level: "info", event: "passed", input: "a.wav", reason: "elsewhere" },
    ]);
  });

  it("tells failures alone where it is to be quiet", () => {
    const { lines, log } = openLog(true);
    log.done(A, transcript(1000));
    log.passed(A, "elsewhere");
    log.failed(A, new AsrError("audio", "is empty"));
    expect(lines).toMatchObject([{ event: "failed" }]);
  });
});
