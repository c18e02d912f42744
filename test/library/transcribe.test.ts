import { createReadStream, openAsBlob, readdirSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { setImmediate, setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  AsrError,
  createProvider,
  IncompleteError,
  type ProviderOptions,
  type TranscribeOptions,
  type TranscriptionEvent,
  transcribe,
} from "../../src/index.ts";
import { temporaryFolder } from "../cli/run.ts";
import { VENDOR_IDS } from "../cli/vendor-accounts.ts";
import { maxConcurrency } from "../vendors/server/traffic.ts";
import { CLIP, openProvider, SAID } from "./providers.ts";

async function collect(events: AsyncIterable<TranscriptionEvent>): Promise<TranscriptionEvent[]> {
  const all: TranscriptionEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const spools = (): string[] => readdirSync(tmpdir()).filter((name) => name.endsWith(".spool"));

describe.each(VENDOR_IDS)("transcribe with %s", (id) => {
  it("gives the events of the job, and the transcript", async () => {
    const { vendor, provider } = await openProvider(id);
    const job = transcribe(CLIP, { provider });
    const events = await collect(job);
    expect(events[0]).toMatchObject({ type: "start", provider: id });
    expect(events.at(-1)).toMatchObject({ type: "done" });
    expect(events.map(({ type }) => type)).not.toContain("response");
    expect(await job.text()).toContain(SAID);
    const { segments, usage, requestIds } = await job.transcript;
    expect(segments[0]?.startMs).toBeGreaterThanOrEqual(0);
    expect(usage?.billedMs).toBeGreaterThan(5000);
    expect(requestIds.length).toBeGreaterThan(0);
    expect(vendor.violations).toEqual([]);
  });

  it("takes a stream of unknown length", async () => {
    const { vendor, provider } = await openProvider(id);
    expect(await transcribe(createReadStream(CLIP), { provider }).text()).toContain(SAID);
    expect(vendor.violations).toEqual([]);
  });
});

describe("the audio", () => {
  const bytes = () => readFile(CLIP);
  it.each([
    ["a file: URL", async () => pathToFileURL(CLIP)],
    ["bytes", bytes],
    ["an ArrayBuffer", async () => Uint8Array.from(await bytes()).buffer],
    ["a blob of a file", () => openAsBlob(CLIP)],
    ["a web stream", async () => (await openAsBlob(CLIP)).stream()],
    ["an iterable", async () => Readable.from([await bytes()])],
  ])("may be %s", async (_, open) => {
    const { vendor, provider } = await openProvider("tencent-flash", {}, { keepAudio: true });
    expect(await transcribe(await open(), { provider }).text()).toContain(SAID);
    const received = vendor.requests.flatMap(({ audio }) => audio?.bytes ?? []);
    expect(Buffer.compare(Buffer.concat(received), await bytes())).toBe(0);
  });

  it("may have no header, where its format is said", async () => {
    const { vendor, provider } = await openProvider("tencent-flash");
    const samples = (await bytes()).subarray(44);
    const rawFormat = { sampleRate: 16_000 };
    expect(await transcribe(samples, { provider, rawFormat }).text()).toContain(SAID);
    expect(vendor.violations).toEqual([]);
    await expect(transcribe(samples, { provider }).transcript).rejects.toMatchObject({
      kind: "audio",
    });
  });

  it("may not be anything else", async () => {
    const { provider } = await openProvider("stepfun");
    const { transcript } = transcribe(42 as unknown as string, { provider });
    await expect(transcript).rejects.toMatchObject({ kind: "usage" });
  });

  it("is not fetched from anywhere", async () => {
    const { vendor, provider } = await openProvider("stepfun");
    for (const address of ["https://example.com/a.wav", new URL("https://example.com/a.wav")]) {
      const { transcript } = transcribe(address, { provider });
      await expect(transcript).rejects.toMatchObject({
        kind: "usage",
        hint: expect.stringContaining("fetch"),
      });
    }
    expect(vendor.requests).toEqual([]);
  });
});

describe("one paid request", () => {
  it("is not doubled by reading twice, in whatever order", async () => {
    const { vendor, provider } = await openProvider("stepfun");
    const job = transcribe(CLIP, { provider });
    const text = job.text();
    const events = await collect(job);
    const again = await collect(job);
    expect(await text).toContain(SAID);
    const finals = (all: readonly TranscriptionEvent[]) => all.filter((e) => e.type === "final");
    expect(finals(events).length).toBeGreaterThan(0);
    expect(finals(again)).toEqual(finals(events));
    expect((await job.transcript).segments).toEqual(
      finals(events).flatMap((event) => (event.type === "final" ? event.segment : [])),
    );
    expect(vendor.requests).toHaveLength(1);
  });

  it("is none before somebody asks", async () => {
    const { vendor, provider } = await openProvider("stepfun");
    transcribe(CLIP, { provider });
    await provider.check();
    expect(vendor.requests).toEqual([]);
  });
});

/** A header and some samples, and then silence on the line. */
async function* stalled(): AsyncGenerator<Uint8Array> {
  yield (await readFile(CLIP)).subarray(0, 64_000);
  await new Promise(() => {});
}

describe("the end before the end", () => {
  it.each([
    ["an iterable", stalled],
    ["a stream of Node", () => Readable.from(stalled())],
    ["a web stream", () => ReadableStream.from(stalled())],
    ["an empty web stream", () => new ReadableStream<Uint8Array>()],
  ])("comes at once where %s has stalled, and leaves no file", async (_, open) => {
    const { provider } = await openProvider("tencent-flash");
    const before = spools();
    const stop = new AbortController();
    const job = transcribe(open(), { provider, signal: stop.signal });
    const { transcript } = job;
    await setTimeout(50);
    stop.abort();
    await expect(transcript).rejects.toMatchObject({ name: "AbortError" });
    expect(spools()).toEqual(before);
  });

  it("is the signal's reason, and leaves no file", async () => {
    const { provider } = await openProvider("stepfun");
    const before = spools();
    const stop = new AbortController();
    const job = transcribe(createReadStream(CLIP), { provider, signal: stop.signal });
    const reason = new DOMException("enough", "AbortError");
    const heard = (async () => {
      for await (const event of job) if (event.type === "start") stop.abort(reason);
    })();
    await expect(heard).rejects.toBe(reason);
    await expect(job.transcript).rejects.toBe(reason);
    expect(spools()).toEqual(before);
  });

  it("comes when the reader leaves the loop", async () => {
    const { vendor, provider } = await openProvider("tencent-flash");
    const before = spools();
    const job = transcribe(createReadStream(CLIP), { provider });
    for await (const event of job) if (event.type === "start") break;
    await expect(job.transcript).rejects.toMatchObject({ kind: "interrupted" });
    expect(spools()).toEqual(before);
    expect(vendor.requests.filter(({ audio }) => audio !== undefined)).toEqual([]);
  });

  it("comes when a stream made of the events is cancelled before it was read", async () => {
    const { provider } = await openProvider("stepfun");
    const events = transcribe(CLIP, { provider })[Symbol.asyncIterator]();
    expect(await events.return?.()).toMatchObject({ done: true });
    expect(await events.next()).toMatchObject({ done: true });
  });

  it("does not come where the transcript is wanted all the same", async () => {
    const { provider } = await openProvider("tencent-flash");
    const job = transcribe(CLIP, { provider });
    const text = job.text();
    for await (const event of job) if (event.type === "start") break;
    expect(await text).toContain(SAID);
  });
});

it("waits for a reader who is busy", async () => {
  const { vendor, provider } = await openProvider("stepfun");
  for await (const event of transcribe(CLIP, { provider })) {
    if (event.type !== "start") continue;
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(vendor.requests).toEqual([]);
  }
  expect(vendor.requests).toHaveLength(1);
});

it("throws what was recognised, and paid, with a failure after that", async () => {
  const fault = { kind: "code", code: 4007 } as const;
  const limits = { concurrency: 1 };
  const double = { faults: [{ at: 1, fault }] };
  const { vendor, provider } = await openProvider("tencent-flash", { limits }, double);
  const failed = await transcribe(CLIP, { provider, split: 3 }).transcript.catch(
    (error: unknown) => error,
  );
  expect(failed).toBeInstanceOf(IncompleteError);
  expect(failed).toMatchObject({ vendorCode: 4007, provider: "tencent-flash" });
  expect(failed instanceof IncompleteError && failed.transcript.segments.length).toBeGreaterThan(0);
  expect(vendor.requests).toHaveLength(2);
});

it("crashes nobody where a failure is heard of in one place alone", async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);
  process.on("unhandledRejection", hear);
  onTestFinished(() => void process.off("unhandledRejection", hear));
  const { provider } = await openProvider("stepfun");
  const job = transcribe("no-such.wav", { provider });
  void job.text();
  await expect(collect(job)).rejects.toMatchObject({ kind: "audio" });
  await setImmediate();
  expect(unheard).toEqual([]);
});

it("tells of a stream that failed before anybody asked", async () => {
  const { provider } = await openProvider("stepfun");
  const missing = createReadStream("no-such.wav");
  const job = transcribe(missing, { provider });
  await new Promise<void>((closed) => void missing.once("close", () => closed()));
  await expect(job.transcript).rejects.toMatchObject({
    kind: "audio",
    reason: expect.stringContaining("no such file"),
  });
});

it("leaves nothing with a signal that outlives it", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const { provider } = await openProvider("stepfun");
  const { signal } = new AbortController();
  const heard = async () => {
    const bytes = new Uint8Array(await readFile(CLIP));
    await transcribe(bytes, { provider, signal }).text();
    return new WeakRef(bytes);
  };
  const held = [await heard(), await heard(), await heard()];
  await setTimeout(10);
  collectGarbage();
  // The last one may still lie in a register.
  expect(held.slice(0, 2).map((bytes) => bytes.deref()?.length)).toEqual([undefined, undefined]);
});

describe("a provider", () => {
  it("refuses what its vendor does not know, before anything is sent", async () => {
    const { vendor, provider } = await openProvider("stepfun", { set: { langauge: "zh" } });
    await expect(provider.check()).rejects.toMatchObject({
      kind: "usage",
      hint: expect.stringContaining("language"),
    });
    await expect(transcribe(CLIP, { provider }).transcript).rejects.toBeInstanceOf(AsrError);
    expect(vendor.requests).toEqual([]);
  });

  it.each([
    [{ baseUrl: "http://example.com" }, "baseUrl"],
    [{ retries: 99 }, "retries"],
    [{ limits: { concurrency: 0 } }, "concurrency"],
    [{ retires: 2 }, "retries"],
  ])("refuses %o by the rules of the settings", async (options, told) => {
    const provider = createProvider("stepfun", options as ProviderOptions<"stepfun">);
    const error = await provider.check().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "usage" });
    expect(JSON.stringify(error, ["message", "details", "hint"])).toContain(told);
  });

  it("names the credentials that are missing, and reads none that it was not given", async () => {
    process.env.STEPFUN_API_KEY = "of the process";
    try {
      const check = createProvider("stepfun").check();
      await expect(check).rejects.toMatchObject({
        kind: "credentials",
        hint: expect.stringContaining("createProvider"),
      });
    } finally {
      delete process.env.STEPFUN_API_KEY;
    }
  });

  it("holds the account's limit over all its calls", async () => {
    const limits = { concurrency: 2 };
    const recognise = async () => {
      await setTimeout(20);
      return [{ text: SAID, startMs: 0, endMs: 100 }];
    };
    const { vendor, provider } = await openProvider("tencent-flash", { limits }, { recognise });
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => transcribe(CLIP, { provider }).text()));
    expect(vendor.requests).toHaveLength(6);
    expect(maxConcurrency(vendor.requests)).toBe(2);
  });

  it("is of no use after its end", async () => {
    const { provider } = await openProvider("stepfun");
    await transcribe(CLIP, { provider }).text();
    await provider.close();
    await expect(transcribe(CLIP, { provider }).text()).rejects.toMatchObject({ kind: "usage" });
  });
});

describe("options of a call", () => {
  it("ask the vendor as flags do", async () => {
    const { vendor, provider } = await openProvider("tencent-flash", { language: "en" });
    await transcribe(CLIP, {
      provider,
      words: true,
      hotwords: [{ text: "腾讯", weight: 10 }],
    }).text();
    const url = new URL(vendor.requests[0]?.url ?? "", "http://double");
    expect(url.searchParams.get("engine_type")).toBe("16k_en");
    expect(url.searchParams.get("word_info")).toBe("2");
    expect(url.searchParams.get("hotword_list")).toBe("腾讯|10");
  });

  it("are strict", async () => {
    const { provider } = await openProvider("stepfun");
    const wrong = { provider, channels: "left" } as unknown as Parameters<typeof transcribe>[1];
    await expect(transcribe(CLIP, wrong).transcript).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("channels"),
    });
  });

  it.each([
    [{ rawFormat: { rate: 8000 } }, "rate"],
    [{ rawFormat: { sampleRate: "8k" } }, "sampleRate"],
    [{ hotwords: "腾讯" }, "hotwords"],
    [{ hotwords: [null] }, "hotwords"],
    [{ formats: ["pdf"] }, "formats"],
    [{ signal: new AbortController() }, "signal"],
  ])("are strict without types: %o", async (wrong, told) => {
    const { vendor, provider } = await openProvider("stepfun");
    const options = { ...wrong, provider } as unknown as TranscribeOptions;
    await expect(transcribe(CLIP, options).transcript).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining(told),
    });
    expect(vendor.requests).toEqual([]);
  });

  it("may not be left out", async () => {
    const careless = transcribe as unknown as (audio: string) => ReturnType<typeof transcribe>;
    await expect(careless(CLIP).transcript).rejects.toMatchObject({ kind: "usage" });
  });

  it("become warnings where the vendor lacks a feature, or errors", async () => {
    const { provider } = await openProvider("stepfun");
    const { warnings } = await transcribe(CLIP, { provider, words: true }).transcript;
    expect(warnings.map(({ code }) => code)).toContain("unsupported-words");
    const strict = transcribe(CLIP, { provider, words: true, strict: true });
    await expect(strict.transcript).rejects.toMatchObject({ kind: "usage" });
  });

  it("name headerless files by their extension, as the command does", async () => {
    const { provider } = await openProvider("tencent-flash");
    const file = path.join(temporaryFolder(), "talk.pcm");
    await copyFile(CLIP.replace("en-librivox-0890.wav", "en-goforward-16k-s16le.raw"), file);
    expect(await transcribe(file, { provider }).text()).toContain(SAID);
  });
});
