import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { digesting } from "../../../src/audio/digest.ts";
import { fileSource } from "../../../src/audio/source.ts";
import { AsrError } from "../../../src/errors.ts";
import type { Ledger, LedgerEntry } from "../../../src/jobs/ledger/ledger.ts";
import type { Transcript } from "../../../src/transcript/transcript.ts";
import { createPlace, identity, type Place } from "./place.ts";

const TRANSCRIPT: Transcript = {
  provider: "fake",
  durationMs: 4000,
  segments: [],
  warnings: [],
  requestIds: ["r1", "r2"],
  usage: { requests: 2, billedMs: 4000 },
};
const ANSWER = [
  { type: "response", requestId: "r1", usage: { requests: 1, billedMs: 2000 } },
  { type: "final", segment: { text: "hi", startMs: 0, endMs: 900 } },
] as const;
const PART = { part: { pieces: [{ startMs: 0, endMs: 2000 }], overlapMs: 0 } };

let place: Place;
beforeEach(() => {
  place = createPlace();
});

async function sha256(): Promise<string> {
  return digesting(await fileSource(place.input.path ?? "", "a.wav")).sha256();
}

const claim = (ledger: Ledger, settings = "settings") =>
  ledger.claim(place.input, { outputs: place.outputs, settings, sha256 });

/** The claim must be this run's. */
async function entryOf(ledger: Ledger, settings?: string): Promise<LedgerEntry> {
  const claimed = await claim(ledger, settings);
  if (claimed.state !== "ours") throw new Error(`the input is ${claimed.state}`);
  return claimed.entry;
}

/** Does the input from beginning to end. */
async function transcribe(ledger: Ledger, settings?: string): Promise<void> {
  const entry = await entryOf(ledger, settings);
  const parts = entry.begin(await sha256());
  if (parts.load(PART) === undefined) parts.save(PART, ANSWER);
  writeFileSync(path.join(place.out, "a.txt"), "hi\n");
  await entry.done(TRANSCRIPT);
}

/** As SIGKILL ends a run. */
const kill = (pid: number): void => void place.running.delete(pid);

describe("an input that is done", () => {
  beforeEach(async () => {
    const first = await place.open(1);
    await transcribe(first);
    await first.close();
    kill(1);
    place.nowMs = 2000;
  });

  it("is not done again", async () => {
    expect(await claim(await place.open(2))).toEqual({ state: "done" });
    expect(place.read("SELECT state, tries, billed_ms, request_ids FROM inputs")).toEqual([
      { state: "done", tries: 1, billed_ms: 4000, request_ids: '["r1","r2"]' },
    ]);
  });

  it("stays done where only its time has changed, and is not read a second time", async () => {
    const file = place.input.path ?? "";
    utimesSync(file, new Date(0), new Date(5_000_000));
    const ledger = await place.open(2);
    expect(await claim(ledger)).toEqual({ state: "done" });
    const unread = () => Promise.reject(new Error("it was read"));
    const request = { outputs: place.outputs, settings: "settings", sha256: unread };
    expect(await ledger.claim(place.input, request)).toEqual({ state: "done" });
  });

  it("stays done where its result was corrected", async () => {
    writeFileSync(path.join(place.out, "a.txt"), "Hi there!\n");
    expect(await claim(await place.open(2))).toEqual({ state: "done" });
  });

  it.each<[string, () => void]>([
    ["its content has another size", () => writeFileSync(place.input.path ?? "", "audio, more")],
    ["its content is another", () => writeFileSync(place.input.path ?? "", "oidua")],
    ["its result is gone", () => rmSync(path.join(place.out, "a.txt"))],
    ["its result is empty", () => writeFileSync(path.join(place.out, "a.txt"), "")],
  ])("is done again where %s", async (_, change) => {
    change();
    // A file system may count time in steps longer than this test.
    utimesSync(place.input.path ?? "", new Date(0), new Date(7_000_000));
    expect(await claim(await place.open(2))).toMatchObject({ state: "ours" });
  });

  it("is done again with other settings, and asked for anew", async () => {
    const ledger = await place.open(2);
    const entry = await entryOf(ledger, "others");
    expect(entry.begin(await sha256()).load(PART)).toBeUndefined();
  });

  it("stays done while it is away, and is not asked for anew when it is back", async () => {
    const file = place.input.path ?? "";
    const { mtime } = statSync(file);
    rmSync(file);
    const ledger = await place.open(2);
    expect(await claim(ledger)).toEqual({ state: "missing" });
    writeFileSync(file, "audio");
    utimesSync(file, mtime, mtime);
    expect(await claim(ledger)).toEqual({ state: "done" });
  });

  it("stays done where there is no place for one more result", async () => {
    const ledger = await place.open(2);
    const outputs = [...place.outputs, { format: "srt", path: path.join(place.out, "a.srt") }];
    writeFileSync(path.join(place.out, "a.srt"), "mine");
    const more = ledger.claim(place.input, { outputs, settings: "settings", sha256 });
    await expect(more).rejects.toMatchObject({ message: expect.stringContaining("a.srt") });
    expect(await claim(ledger)).toEqual({ state: "done" });
  });

  it.each([0, 2000])("is done again once where that is forced at %d ms", async (nowMs) => {
    // A clock may have been set back since.
    place.nowMs = nowMs;
    const ledger = await place.open(2, { force: true });
    await transcribe(ledger);
    expect(await claim(ledger)).toEqual({ state: "done" });
  });

  it("keeps its answers, and what they cost", async () => {
    expect(place.read("SELECT start_ms, end_ms, request_id, billed_ms FROM parts")).toEqual([
      { start_ms: 0, end_ms: 2000, request_id: "r1", billed_ms: 2000 },
    ]);
  });
});

describe("an input that another run works on", () => {
  it("is left to it", async () => {
    await claim(await place.open(1));
    expect(await claim(await place.open(2))).toEqual({ state: "elsewhere", doubtMs: 0 });
  });

  it("is taken over once that was killed, with its answers and without its drafts", async () => {
    const entry = await entryOf(await place.open(1));
    entry.begin(await sha256()).save(PART, ANSWER);
    writeFileSync(path.join(place.out, ".asr-run1-0.part"), "half");
    writeFileSync(path.join(place.out, ".asr-run9-0.part"), "another's");
    const second = await place.open(2);
    kill(1);
    const taken = await entryOf(second);
    expect(taken.begin(await sha256()).load(PART)).toEqual(ANSWER);
    expect(readdirSync(place.out)).not.toContain(".asr-run1-0.part");
    expect(readdirSync(place.out)).toContain(".asr-run9-0.part");
  });

  it("is open again where that one was called off", async () => {
    const entry = await entryOf(await place.open(1));
    entry.release();
    expect(await claim(await place.open(2))).toMatchObject({ state: "ours" });
  });

  it("is free at once after a restart of the machine, or where its number is another's", async () => {
    for (const later of [
      identity(2, { machine: "later pids" }),
      identity(2, { processStart: "later" }),
    ]) {
      place = createPlace();
      await claim(await place.open(1, { self: identity(1, { processStart: "before" }) }));
      expect(await claim(await place.open(2, { self: later }))).toMatchObject({ state: "ours" });
    }
  });

  it("on another machine is free when that has not been heard of for a minute", async () => {
    await claim(await place.open(1, { self: identity(1, { host: "there", machine: "other x" }) }));
    kill(1);
    place.nowMs += 59_000;
    const ledger = await place.open(2);
    expect(await claim(ledger)).toEqual({ state: "elsewhere", doubtMs: 1000 });
    place.nowMs += 2000;
    expect(await claim(ledger)).toMatchObject({ state: "ours" });
  });

  it("is not ended by a run that was taken for dead", async () => {
    const late = await entryOf(await place.open(1));
    kill(1);
    await claim(await place.open(2));
    writeFileSync(path.join(place.out, "a.txt"), "hi\n");
    await late.done(TRANSCRIPT);
    expect(place.read("SELECT state, run FROM inputs")).toEqual([
      { state: "running", run: "run2" },
    ]);
  });
});

describe("a file that is in the way", () => {
  beforeEach(() => writeFileSync(path.join(place.out, "a.txt"), "mine"));

  it("fails its input each time, and is forced away", async () => {
    const ledger = await place.open(1);
    for (let count = 0; count < 2; count++) {
      await expect(claim(ledger)).rejects.toMatchObject({
        kind: "output",
        message: expect.stringContaining("a.txt"),
        details: { hint: expect.stringContaining("--force") },
      });
    }
    expect(place.read("SELECT state, error_kind FROM inputs")).toEqual([
      { state: "failed", error_kind: "output" },
    ]);
    await ledger.close();
    await transcribe(await place.open(2, { force: true }));
    expect(await claim(await place.open(3))).toEqual({ state: "done" });
  });
});

describe("an answer that is kept", () => {
  it.each([
    ["1234567890", { text: "hi", startMs: 12_345_678, endMs: 12_345_678 }],
    ['say "hi" to 0123', { text: "hi", startMs: 0, endMs: 900 }],
  ])("is the same later, whatever the secret is: %s", async (secret, segment) => {
    const ledger = await place.open(1, { secrets: [secret] });
    const parts = (await entryOf(ledger)).begin(await sha256());
    parts.save(PART, [{ type: "final", segment: { ...segment, text: `x ${secret}` } }]);
    expect(parts.load(PART)).toEqual([{ type: "final", segment: { ...segment, text: "x ***" } }]);
  });
});

it("says whose the result in the way is, where recordings were moved", async () => {
  const ledger = await place.open(1);
  await transcribe(ledger);
  const moved = { ...place.input, path: `${place.input.path}.moved` };
  const request = { outputs: place.outputs, settings: "settings", sha256 };
  await expect(ledger.claim(moved, request)).rejects.toMatchObject({
    details: { reason: `by the folder's ledger it is the result of ${place.input.path}` },
  });
});

describe("an input that failed", () => {
  it("is told with its reason and without secrets, and tried again with its answers", async () => {
    const first = await place.open(1, { secrets: ["a-secret-key-0123"] });
    const entry = await entryOf(first);
    const dirty = { ...ANSWER[1], segment: { ...ANSWER[1].segment, text: "a-secret-key-0123" } };
    entry.begin(await sha256()).save(PART, [dirty]);
    const details = { hint: "wait", vendorCode: 4006, reason: "a-secret-key-0123 was busy" };
    entry.failed(new AsrError("quota", "too many", details));
    expect(place.read("SELECT state, error_kind, error_reason, vendor_code FROM inputs")).toEqual([
      { state: "failed", error_kind: "quota", error_reason: "*** was busy", vendor_code: 4006 },
    ]);
    expect(JSON.stringify(place.read("SELECT * FROM parts"))).not.toContain("a-secret-key");
    const again = await entryOf(first);
    expect(again.begin(await sha256()).load(PART)).toMatchObject([{ segment: { text: "***" } }]);
    expect(place.read("SELECT tries, error_kind FROM inputs")).toEqual([
      { tries: 2, error_kind: null },
    ]);
  });

  it("is asked for anew where its content has changed", async () => {
    const ledger = await place.open(1);
    const entry = await entryOf(ledger);
    entry.begin(await sha256()).save(PART, ANSWER);
    entry.failed(new AsrError("network", "cut"));
    writeFileSync(place.input.path ?? "", "something else");
    expect((await entryOf(ledger)).begin(await sha256()).load(PART)).toBeUndefined();
  });
});

describe("a pipe", () => {
  it("is never done, but its result is its own", async () => {
    const stdin = { name: "-", relativePath: "stdin", explicit: true };
    const request = { outputs: place.outputs, settings: "s", sha256 };
    for (const pid of [1, 2]) {
      const ledger = await place.open(pid);
      const claimed = await ledger.claim(stdin, request);
      if (claimed.state !== "ours") throw new Error(claimed.state);
      writeFileSync(path.join(place.out, "a.txt"), "hi\n");
      await claimed.entry.done(TRANSCRIPT);
    }
  });
});

describe("inputs that are planned", () => {
  it("are waiting, and stay what they were when planned again", async () => {
    const ledger = await place.open(1);
    const other = { ...place.input, path: "/b.wav", relativePath: "b.wav" };
    ledger.plan([place.input, other]);
    await transcribe(ledger);
    ledger.plan([place.input, other]);
    expect(place.read("SELECT relative_path, state FROM inputs ORDER BY id")).toEqual([
      { relative_path: "a.wav", state: "done" },
      { relative_path: "b.wav", state: "waiting" },
    ]);
  });

  it("may be one recording with several results", async () => {
    const ledger = await place.open(1);
    const named = (output: string) => ({ ...place.input, own: { place: "list:1", output } });
    ledger.plan([named("zh/a"), named("en/a")]);
    expect(place.read("SELECT output_name FROM inputs")).toHaveLength(2);
  });
});
