import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { streamSource } from "../../src/audio/source.ts";
import { loadSpeechModel } from "../../src/audio/voice/model.ts";
import { AsrError } from "../../src/errors.ts";
import type { Input } from "../../src/jobs/inputs/inputs.ts";
import { type TranscriptionRequest, transcribeInputs } from "../../src/jobs/transcribe.ts";
import type { Provider } from "../../src/providers/contract.ts";
import type { JobEvent } from "../../src/transcript/events.ts";
import { memorySource } from "../audio/sources.ts";
import { plainContext } from "../providers/plain-context.ts";
import { fakeProvider, SETTINGS, WISHES } from "./fake-provider.ts";

interface Outcome {
  readonly events: Map<string, JobEvent[]>;
  readonly committed: string[];
  readonly discarded: string[];
  readonly failed: string[];
  readonly skipped: string[];
}

/** Runs inputs of headerless audio, each of so many frames. */
async function run(
  frames: Readonly<Record<string, number>>,
  provider: Provider,
  changes: Partial<TranscriptionRequest> = {},
) {
  const context = plainContext(changes.signal);
  const outcome: Outcome = {
    events: new Map(),
    committed: [],
    discarded: [],
    failed: [],
    skipped: [],
  };
  const inputs: Input[] = Object.keys(frames).map((name) => {
    return { name, relativePath: name, explicit: true };
  });
  const summary = await transcribeInputs({
    inputs,
    openSource: async ({ name }) =>
      streamSource(Readable.from([Buffer.alloc((frames[name] ?? 0) * 2)]), name),
    openSink: ({ name }) => ({
      write: async (event) => {
        outcome.events.set(name, [...(outcome.events.get(name) ?? []), event]);
      },
      commit: async () => void outcome.committed.push(name),
      discard: async () => void outcome.discarded.push(name),
      keep: async () => [],
    }),
    recogniserOf: () => ({ provider, settings: SETTINGS, context }),
    wishes: WISHES,
    speechModel: () => loadSpeechModel("energy"),
    strict: false,
    rawFormatOf: () => ({ sampleRate: 16_000, channels: 1, encoding: "s16le" }),
    concurrency: 1,
    signal: context.signal,
    clock: context.clock,
    temporaryFolder: tmpdir(),
    onExit: () => () => {},
    listener: {
      event: () => {},
      stage: () => {},
      failed: ({ name }) => void outcome.failed.push(name),
      done: () => {},
      passed: () => {},
      skipped: ({ name }, { message }) => void outcome.skipped.push(`${name}: ${message}`),
    },
    ...changes,
  });
  return { summary, ...outcome };
}

const transcriptOf = (events: readonly JobEvent[] = []) => {
  const done = events.find((event) => event.type === "done");
  return done?.type === "done" ? done.transcript : undefined;
};

describe("transcribeInputs", () => {
  it("gives each job's events from start to done, and commits its results", async () => {
    const { summary, events, committed } = await run({ a: 16_000 }, fakeProvider());
    expect(summary).toMatchObject({ done: 1, skipped: 0, failures: { count: 0 }, left: 0 });
    expect(committed).toEqual(["a"]);
    expect(events.get("a")?.map(({ type }) => type)).toEqual([
      "start",
      "final",
      "progress",
      "done",
    ]);
    expect(transcriptOf(events.get("a"))).toMatchObject({
      provider: "fake",
      model: "one",
      durationMs: 1000,
      segments: [{ text: "32000 bytes" }],
      source: { name: "a", sampleRate: 16_000, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it("goes on after a failure, and names it", async () => {
    const provider = fakeProvider();
    const picky = fakeProvider({
      async *recognize(input, context) {
        if (input.audio.durationMs === undefined) {
          for await (const event of provider.recognize(input, context)) {
            if (event.type === "final" && event.segment.text === "2 bytes") {
              throw new AsrError("recognition", "too short");
            }
            yield event;
          }
        }
      },
    });
    const { summary, committed, discarded, failed } = await run({ a: 1, b: 100 }, picky);
    expect(summary.failures).toMatchObject({ count: 1, first: { message: "too short" } });
    expect({ committed, discarded, failed }).toEqual({
      committed: ["b"],
      discarded: ["a"],
      failed: ["a"],
    });
  });

  it("waits at the end until it is known whether another run is at work", async () => {
    const slept: number[] = [];
    const { summary } = await run({ a: 1, b: 1 }, fakeProvider(), {
      clock: { ...plainContext().clock, sleep: async (ms) => void slept.push(ms) },
      ledger: {
        claim: async ({ name }) => {
          const doubtMs = name === "a" && slept.length === 0 ? 5000 : 0;
          return doubtMs === 0 && name === "a"
            ? { state: "done" }
            : { state: "elsewhere", doubtMs };
        },
      },
    });
    expect(slept).toEqual([expect.closeTo(5000, -3)]);
    expect(summary).toMatchObject({ doneBefore: 1, elsewhere: 1 });
  });

  it("stops where all would fail alike", async () => {
    let asked = 0;
    const broke = fakeProvider({
      // biome-ignore lint/correctness/useYield: it fails before its first event
      async *recognize() {
        asked += 1;
        throw new AsrError("quota", "no money left", { stopsBatch: true });
      },
    });
    const { summary } = await run({ a: 100, b: 100, c: 100 }, broke);
    expect(asked).toBe(1);
    expect(summary).toMatchObject({ done: 0, stoppedBy: { kind: "quota" } });
  });

  it("makes the next ones ready while a vendor is busy, and sends nothing of them when it stops", async () => {
    const opened: string[] = [];
    const fiveAreOpen = Promise.withResolvers<void>();
    let asked = 0;
    const remote = fakeProvider({
      // biome-ignore lint/correctness/useYield: it fails before its first event
      async *recognize() {
        asked += 1;
        await fiveAreOpen.promise;
        throw new AsrError("quota", "no money left", { stopsBatch: true });
      },
    });
    const provider = {
      ...remote,
      capabilities: {
        ...remote.capabilities,
        remote: true,
        limits: { ...remote.capabilities.limits, maxConcurrency: 4 },
      },
    };
    const names = ["a", "b", "c", "d", "e", "f"];
    const { summary, discarded, failed } = await run({}, provider, {
      concurrency: 4,
      inputs: names.map((name) => ({ name, relativePath: name, explicit: true })),
      openSource: async ({ name }) => {
        if (opened.push(name) === 5) fiveAreOpen.resolve();
        return memorySource(Buffer.alloc(3200), { name });
      },
    });
    expect(opened).toEqual(["a", "b", "c", "d", "e"]);
    expect(asked).toBe(4);
    expect(failed.toSorted()).toEqual(["a", "b", "c", "d"]);
    expect(discarded).toContain("e");
    expect(summary).toMatchObject({ done: 0, left: 2, stoppedBy: { kind: "quota" } });
  });

  it("turns what a provider lacks into an error with --strict, before it is asked", async () => {
    let asked = 0;
    const warning = { code: "unsupported-words", message: "no word times here" };
    const lacking = fakeProvider({
      resolve: () => ({ model: "one", warnings: [warning] }),
      async *recognize() {
        asked += 1;
        yield { type: "progress", audioMs: 0 };
      },
    });
    const strict = await run({ a: 100 }, lacking, { strict: true });
    expect(strict.summary.failures.first).toMatchObject({
      kind: "usage",
      message: warning.message,
    });
    expect(asked).toBe(0);
    const lenient = await run({ a: 100 }, lacking);
    expect(transcriptOf(lenient.events.get("a"))?.warnings).toEqual([warning]);
  });

  it("recognises each channel of a pipe on its own, merged by time", async () => {
    let request = 0;
    const provider = fakeProvider({
      async *recognize({ audio }) {
        const startMs = request === 0 ? 500 : 100;
        request += 1;
        for await (const _ of audio.open()) {
          // Reads its channel to the end.
        }
        yield { type: "final", segment: { text: `at ${startMs}`, startMs, endMs: startMs + 50 } };
      },
    });
    const { events } = await run({ call: 32_000 }, provider, {
      wishes: { ...WISHES, channels: "all" },
      rawFormatOf: () => ({ sampleRate: 16_000, channels: 2, encoding: "s16le" }),
    });
    expect(transcriptOf(events.get("call"))?.segments).toEqual([
      { text: "at 100", startMs: 100, endMs: 150, channel: 1 },
      { text: "at 500", startMs: 500, endMs: 550, channel: 0 },
    ]);
    const finals = (events.get("call") ?? []).filter(({ type }) => type === "final");
    expect(finals).toMatchObject([{ segment: { channel: 1 } }, { segment: { channel: 0 } }]);
  });

  it("rejects with the signal's reason, and discards what is not whole", async () => {
    const controller = new AbortController();
    const reason = new AsrError("interrupted", "interrupted", { exitCode: 130 });
    const provider = fakeProvider({
      async *recognize() {
        controller.abort(reason);
        yield { type: "progress", audioMs: 0 };
        throw new Error("broke down on the way");
      },
    });
    const discarded: string[] = [];
    const running = run({ a: 100, b: 100 }, provider, {
      signal: controller.signal,
      openSink: ({ name }) => ({
        write: async () => {},
        commit: async () => {},
        discard: async () => void discarded.push(name),
        keep: async () => [],
      }),
    });
    await expect(running).rejects.toBe(reason);
    expect(discarded).toEqual(["a"]);
  });

  /** Inputs that a folder brought, with these contents. */
  const ofFolder = (contents: Readonly<Record<string, string | Uint8Array>>) => ({
    inputs: Object.keys(contents).map((name) => ({ name, relativePath: name, explicit: false })),
    openSource: async ({ name }: Input) =>
      streamSource(Readable.from([Buffer.from(contents[name] ?? "")]), name),
  });

  it("passes over what turns out to be no audio, without a word in its result", async () => {
    const { summary, events, discarded, skipped } = await run({}, fakeProvider(), {
      ...ofFolder({ "notes.txt": "notes of the calls" }),
    });
    expect(summary).toMatchObject({ done: 0, skipped: 1, failures: { count: 0 }, left: 0 });
    expect(skipped).toEqual(["notes.txt: it is plain text"]);
    expect({ events: [...events], discarded }).toEqual({ events: [], discarded: ["notes.txt"] });
  });

  it("counts and tells what was left out before", async () => {
    const input = { name: "in/a.md", relativePath: "a.md", explicit: false };
    const error = new AsrError("audio", "it is plain text");
    const { summary, skipped } = await run({ a: 100 }, fakeProvider(), {
      skipped: [{ input, error }],
    });
    expect(summary).toMatchObject({ done: 1, skipped: 1 });
    expect(skipped).toEqual(["in/a.md: it is plain text"]);
  });

  it("fails for a folder's file that only its name says to be audio", async () => {
    const page = "<!DOCTYPE html><html></html>";
    const { summary, failed } = await run({}, fakeProvider(), ofFolder({ "page.wav": page }));
    expect(summary).toMatchObject({
      done: 0,
      skipped: 0,
      failures: { count: 1, first: { kind: "audio" } },
    });
    expect(failed).toEqual(["page.wav"]);
  });

  it("takes a folder's files for headerless audio only where their names say so", async () => {
    const noise = Buffer.alloc(64, 0x81);
    const { summary, committed } = await run({}, fakeProvider(), {
      ...ofFolder({
        "a.pcm": noise,
        "b.raw": noise,
        "c.bin": noise,
        "hi.txt": "hi\n",
        "d.wav": noise,
      }),
    });
    expect(committed).toEqual(["a.pcm", "b.raw"]);
    expect(summary).toMatchObject({
      done: 2,
      skipped: 2,
      failures: { count: 1, first: { kind: "audio" } },
    });
  });

  it("fails for an input that could not be listed, beside the others", async () => {
    const error = new AsrError("audio", "none.wav: no such file");
    const { summary, committed, discarded } = await run({ a: 100 }, fakeProvider(), {
      inputs: [
        { name: "none.wav", relativePath: "none.wav", explicit: true, error },
        { name: "a", relativePath: "a", explicit: true },
      ],
    });
    expect(summary).toMatchObject({
      done: 1,
      skipped: 0,
      failures: { count: 1, first: error },
      left: 0,
    });
    expect({ committed, discarded }).toEqual({ committed: ["a"], discarded: ["none.wav"] });
  });

  it("stops where the output is broken for all, and says so where it ends one", async () => {
    const broken = new AsrError("output", "can't write to the output", { stopsBatch: true });
    let asked = 0;
    const failing = fakeProvider({
      // biome-ignore lint/correctness/useYield: it fails before its first event
      async *recognize() {
        asked += 1;
        throw new AsrError("recognition", "no speech");
      },
    });
    const { summary } = await run({ a: 100, b: 100 }, failing, {
      openSink: () => ({
        write: async () => {},
        commit: async () => {},
        discard: () => Promise.reject(broken),
        keep: async () => [],
      }),
    });
    expect(asked).toBe(1);
    expect(summary).toMatchObject({
      stoppedBy: broken,
      failures: { count: 2, first: { kind: "recognition" }, causes: [{}, { kind: "output" }] },
    });
  });
});
