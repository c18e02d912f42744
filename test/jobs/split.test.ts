import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { wavHeader } from "../../src/audio/encode.ts";
import { openRecording } from "../../src/audio/open.ts";
import { fileSource } from "../../src/audio/source.ts";
import { AsrError } from "../../src/errors.ts";
import { IncompleteError } from "../../src/jobs/incomplete.ts";
import type { PlanWishes } from "../../src/jobs/plan.ts";
import { prepareJob } from "../../src/jobs/prepare.ts";
import { recognise } from "../../src/jobs/recognise.ts";
import type { Provider, RecognitionSettings } from "../../src/providers/contract.ts";
import type { JobEvent } from "../../src/transcript/events.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";
import { plainContext } from "../providers/plain-context.ts";
import { fakeProvider, SETTINGS, WISHES, workplace } from "./fake-provider.ts";
import { temporaryFolder } from "./place.ts";

const RATE = 16_000;
const SPOKEN = path.join(import.meta.dirname, "../../fixtures/audio/en-librivox-0890.wav");
/** Speech is played by hiss of a rising level: loud enough for an energy detector. */
const PHRASE_MS = 1500;
const PAUSE_MS = 500;

/** Phrases with pauses between them, in a WAV file. */
async function phrases(count: number): Promise<string> {
  const stepFrames = ((PHRASE_MS + PAUSE_MS) * RATE) / 1000;
  const samples = new Int16Array(count * stepFrames);
  let seed = 1;
  for (let frame = 0; frame < samples.length; frame++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    const isLoud = frame % stepFrames < (PHRASE_MS * RATE) / 1000;
    samples[frame] = Math.round((seed / 2 ** 30 - 1) * (isLoud ? 9000 : 2));
  }
  return written([Buffer.from(samples.buffer)]);
}

/** Samples as a WAV file. */
async function written(pieces: readonly Uint8Array[], channels = 1): Promise<string> {
  const file = path.join(temporaryFolder(), "recording.wav");
  const bytes = Buffer.concat(pieces);
  const header = wavHeader({ sampleRate: RATE, channels, encoding: "s16le" }, bytes.length);
  await writeFile(file, Buffer.concat([header, bytes]));
  return file;
}

/** Hears how many bytes it got. */
const counted = fakeProvider().recognize;

/** A provider that takes so much at once. */
function limited(
  maxDurationMs: number,
  recognize?: Provider["recognize"],
  changes: Partial<Provider["capabilities"]["gives"]> = {},
): Provider {
  const heard = recognize ?? counted;
  const provider = fakeProvider({
    async *recognize(input, context) {
      yield* heard(input, context);
      yield { type: "response", requestId: "a" };
    },
  });
  const { capabilities } = provider;
  return {
    ...provider,
    capabilities: {
      ...capabilities,
      limits: { ...capabilities.limits, maxDurationMs },
      gives: { ...capabilities.gives, ...changes },
    },
  };
}

interface Outcome {
  readonly events: JobEvent[];
  readonly transcript?: Transcript;
  readonly error?: unknown;
}

async function run(
  file: string,
  provider: Provider,
  wishes: Partial<PlanWishes> = {},
  settings: Partial<RecognitionSettings> = {},
  more: {
    readonly folder?: string;
    readonly signal?: AbortSignal;
    readonly sha256?: () => Promise<string>;
    readonly onEvent?: (event: JobEvent) => void;
  } = {},
): Promise<Outcome> {
  const recording = await openRecording(await fileSource(file));
  const job = {
    recording,
    provider,
    settings: { ...SETTINGS, ...settings },
    wishes: { ...WISHES, ...wishes },
    strict: false,
    sha256: more.sha256 ?? (async () => ""),
  };
  const events: JobEvent[] = [];
  try {
    const place = workplace({ temporaryFolder: more.folder ?? temporaryFolder() });
    const context = plainContext(more.signal);
    for await (const event of recognise(prepareJob(job), context, place)) {
      events.push(event);
      more.onEvent?.(event);
    }
  } catch (error) {
    return { events, error };
  }
  const done = events.at(-1);
  return done?.type === "done" ? { events, transcript: done.transcript } : { events };
}

describe("a recording that is too long for one request", () => {
  it("is cut at pauses, and all of it is sent once", async () => {
    const { transcript } = await run(await phrases(10), limited(7000));
    expect(transcript?.parts?.length).toBeGreaterThanOrEqual(3);
    expect(transcript?.parts?.at(0)?.startMs).toBe(0);
    expect(transcript?.parts?.at(-1)?.endMs).toBe(20_000);
    for (const [index, { startMs, endMs }] of (transcript?.parts ?? []).entries()) {
      expect(endMs - startMs).toBeLessThanOrEqual(7000);
      expect(startMs).toBe(index === 0 ? 0 : transcript?.parts?.[index - 1]?.endMs);
      // In the second half of a step of two seconds: in a pause.
      if (index > 0) expect(startMs % 2000).toBeGreaterThanOrEqual(PHRASE_MS);
    }
    const sent = transcript?.segments.map(({ text }) => Number.parseInt(text, 10)) ?? [];
    expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(20 * RATE * 2);
  });

  it("gives segments the times of the recording, in order", async () => {
    const { transcript } = await run(await phrases(10), limited(7000));
    const starts = transcript?.segments.map(({ startMs }) => startMs);
    expect(starts).toEqual(transcript?.parts?.map(({ startMs }) => startMs));
  });

  it("keeps what was recognised where a part fails for good, and names its place", async () => {
    const failing = limited(7000, async function* ({ audio }) {
      const number = ++asked;
      for await (const _ of audio.open());
      if (number === 2) throw new AsrError("recognition", "no luck", { vendorCode: 4010 });
      yield { type: "final", segment: { text: "heard", startMs: 0, endMs: 1000 } };
    });
    let asked = 0;
    const { error, events } = await run(await phrases(10), failing);
    expect(error).toBeInstanceOf(IncompleteError);
    expect(error).toMatchObject({
      kind: "recognition",
      message: expect.stringMatching(/part 2 of \d .*no luck/),
      details: { vendorCode: 4010, provider: "fake" },
      transcript: {
        segments: expect.arrayContaining([expect.objectContaining({ text: "heard" })]),
      },
    });
    expect(events.some(({ type }) => type === "done")).toBe(false);
  });

  it("fails as ever where nothing was recognised", async () => {
    const failing = limited(7000, async function* () {
      yield* [];
      throw new AsrError("credentials", "who are you", { stopsBatch: true });
    });
    const { error } = await run(await phrases(10), failing);
    expect(error).not.toBeInstanceOf(IncompleteError);
    expect(error).toMatchObject({ kind: "credentials", details: { stopsBatch: true } });
  });

  it("names speakers by part, and says so", async () => {
    const telling = limited(7000, async function* () {
      const segment = { text: "a", startMs: 0, endMs: 1000, speaker: "0" };
      yield { type: "final", segment };
    });
    const { transcript } = await run(await phrases(10), telling);
    expect(transcript?.segments.slice(0, 2).map(({ speaker }) => speaker)).toEqual(["1-0", "2-0"]);
    expect(transcript?.warnings.map(({ code }) => code)).toEqual(["speakers-by-part"]);
  });
});

describe("--skip-silence", () => {
  it("sends speech alone, with the times of the recording", async () => {
    const speech = (await readFile(SPOKEN)).subarray(44);
    const silent = await written([speech, Buffer.alloc(60_000 * 32), speech]);
    let sentMs = 0;
    const counting = limited(600_000, async function* ({ audio }) {
      for await (const chunk of audio.open()) sentMs += chunk.length / 32;
      const endMs = sentMs;
      yield { type: "final", segment: { text: "last words", startMs: endMs - 1000, endMs } };
    });
    const { transcript } = await run(silent, counting, { skipSilence: true });
    expect(sentMs).toBeLessThan(13_000);
    expect(transcript?.durationMs).toBe(70_600);
    expect(transcript?.segments[0]?.startMs).toBeGreaterThan(68_000);
  });

  it("asks nobody about silence alone", async () => {
    const silence = await written([Buffer.alloc(5000 * 32)]);
    let asked = 0;
    const counting = limited(600_000, async function* () {
      asked += 1;
      yield* [];
    });
    const { transcript } = await run(silence, counting, { skipSilence: true });
    expect(asked).toBe(0);
    expect(transcript?.segments).toEqual([]);
    expect(transcript?.warnings.map(({ code }) => code)).toEqual(["no-speech"]);
  });
});

describe("a provider without times", () => {
  const untimed = limited(
    600_000,
    async function* ({ audio }) {
      const endMs = audio.durationMs ?? 0;
      const text = "One two three. Four five six.";
      yield { type: "final", segment: { text, startMs: 0, endMs, approximate: true } };
    },
    { segmentTimes: "approximate" },
  );

  it("has its sentences placed where somebody speaks", async () => {
    const { transcript } = await run(await phrases(2), untimed, {}, { timesWanted: true });
    const [first, second] = transcript?.segments ?? [];
    expect(first).toMatchObject({ text: "One two three.", approximate: true });
    expect(first?.endMs).toBeLessThan(2000);
    expect(second?.startMs).toBeGreaterThan(1500);
  });

  it("is left alone where nobody asks for times", async () => {
    const { transcript } = await run(await phrases(2), untimed);
    expect(transcript?.segments).toHaveLength(1);
  });

  it("gets shorter parts for --segment-seconds", async () => {
    const { transcript } = await run(await phrases(6), untimed, { segmentMs: 4000 });
    expect(transcript?.parts?.length).toBeGreaterThanOrEqual(3);
  });
});

describe("what is paid for", () => {
  it("is kept where the rest is called off", async () => {
    const controller = new AbortController();
    const reason = new AsrError("interrupted", "interrupted", { exitCode: 130 });
    const answer = Promise.withResolvers<void>();
    const onEvent = ({ type }: JobEvent): void => {
      if (type === "response") answer.resolve();
    };
    let asked = 0;
    const stopping = limited(7000, async function* ({ audio }, context) {
      const number = ++asked;
      for await (const _ of audio.open());
      if (number === 3) {
        // Parts run side by side: what is to be kept must have been answered.
        await answer.promise;
        controller.abort(reason);
      }
      context.signal.throwIfAborted();
      yield { type: "final", segment: { text: "heard", startMs: 0, endMs: 1000 } };
    });
    const { signal } = controller;
    const outcome = await run(await phrases(10), stopping, {}, {}, { signal, onEvent });
    expect(outcome.error).toBeInstanceOf(IncompleteError);
    expect(outcome.error).toMatchObject({ kind: "interrupted" });
    const { transcript } = outcome.error as IncompleteError;
    expect(transcript.segments.length).toBeGreaterThan(0);
  });

  it("is given without its checksum where the input has gone", async () => {
    const gone = async () => {
      throw new AsrError("audio", "it is not there any more");
    };
    const { transcript } = await run(await phrases(2), limited(60_000), {}, {}, { sha256: gone });
    expect(transcript?.segments).toHaveLength(1);
    expect(transcript?.source).toBeUndefined();
    expect(transcript?.warnings.map(({ code }) => code)).toEqual(["input-gone"]);
  });

  it("is kept of the channel that was answered where the other one fails", async () => {
    const stereo = await written([Buffer.alloc(8 * RATE)], 2);
    let asked = 0;
    const failing = limited(60_000, async function* ({ audio }) {
      for await (const _ of audio.open());
      if (++asked === 2) throw new AsrError("recognition", "no luck");
      yield { type: "final", segment: { text: "left", startMs: 0, endMs: 1000 } };
    });
    const { error } = await run(stereo, failing, { channels: "all" });
    expect(error).toBeInstanceOf(IncompleteError);
    expect((error as IncompleteError).transcript.segments).toMatchObject([{ text: "left" }]);
  });
});

it("places each channel where it speaks itself, in order of time", async () => {
  const speech = (await readFile(SPOKEN)).subarray(44);
  const silence = Buffer.alloc(speech.length);
  const left = Buffer.concat([silence, speech]);
  const right = Buffer.concat([speech, silence]);
  const frames = Buffer.alloc(left.length * 2);
  for (let at = 0; at < left.length; at += 2) {
    left.copy(frames, at * 2, at, at + 2);
    right.copy(frames, at * 2 + 2, at, at + 2);
  }
  const untimed = limited(
    600_000,
    async function* ({ audio }) {
      const endMs = audio.durationMs ?? 0;
      yield { type: "final", segment: { text: "Said.", startMs: 0, endMs, approximate: true } };
    },
    { segmentTimes: "approximate" },
  );
  const wishes = { channels: "all" } as const;
  const { events } = await run(await written([frames], 2), untimed, wishes, { timesWanted: true });
  const finals = events.flatMap((event) => (event.type === "final" ? [event.segment] : []));
  expect(finals.map(({ channel }) => channel)).toEqual([1, 0]);
  expect(finals[0]?.endMs).toBeLessThan(6000);
  expect(finals[1]?.startMs).toBeGreaterThan(5000);
});

it("leaves no file behind, however it ends", async () => {
  const folder = temporaryFolder();
  const mp3 = path.join(
    import.meta.dirname,
    "../../fixtures/audio/compressed/en-librivox-0890.mp3",
  );
  expect(existsSync(mp3)).toBe(true);
  const remote = (recognize?: Provider["recognize"]) => {
    const provider = limited(3000, recognize);
    return { ...provider, capabilities: { ...provider.capabilities, remote: true } };
  };
  const seen: string[][] = [];
  const watching = remote(async function* ({ audio }) {
    seen.push(await readdir(folder));
    for await (const _ of audio.open());
    yield { type: "progress", audioMs: 0 };
  });
  await run(mp3, watching, {}, {}, { folder });
  expect(seen[0]).toHaveLength(1);
  expect(await readdir(folder)).toEqual([]);
  const failing = remote(async function* () {
    yield* [];
    throw new AsrError("network", "gone");
  });
  expect((await run(mp3, failing, {}, {}, { folder })).error).toBeDefined();
  expect(await readdir(folder)).toEqual([]);
});
