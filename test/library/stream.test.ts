import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { stream, type TranscriptionEvent } from "../../src/index.ts";
import { CLIP, openProvider, SAID } from "./providers.ts";

const samples = async () => (await readFile(CLIP)).subarray(44);

/** Chunks of 200 ms. */
async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 6400) yield bytes.subarray(at, at + 6400);
}

describe.each(["tencent-realtime", "feishu-stream", "stepfun"] as const)("stream with %s", (id) => {
  it("gives finals that the transcript has as well", { timeout: 20_000 }, async () => {
    const { vendor, provider } = await openProvider(id);
    const job = stream(slices(await samples()), { provider });
    const events: TranscriptionEvent[] = [];
    for await (const event of job) events.push(event);
    const finals = events.flatMap((event) => (event.type === "final" ? event.segment : []));
    const { segments, durationMs } = await job.transcript;
    expect(segments).toEqual(finals);
    expect(await job.text()).toContain(SAID);
    expect(durationMs).toBe(5300);
    expect(events[0]?.type).toBe("start");
    expect(vendor.violations).toEqual([]);
  });
});

it("takes a WAV as it comes, from a stream of Node", async () => {
  const { provider } = await openProvider("tencent-realtime");
  const wav = Readable.from(slices(await readFile(CLIP)));
  expect(await stream(wav, { provider }).text()).toContain(SAID);
});

/** Samples that never end. */
async function* endless(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield* slices(bytes);
    await setTimeout(5);
  }
}

it("is aborted where it waits for audio", async () => {
  const { provider } = await openProvider("tencent-realtime");
  const stop = new AbortController();
  const job = stream(endless(await samples()), { provider, signal: stop.signal });
  const heard = (async () => {
    for await (const event of job) if (event.type === "final") stop.abort();
  })();
  await expect(heard).rejects.toMatchObject({ name: "AbortError" });
});

it("ends with its last words where it is told to", async () => {
  const { provider } = await openProvider("tencent-realtime");
  const end = new AbortController();
  const job = stream(endless(await samples()), { provider, ending: end.signal });
  for await (const event of job) if (event.type === "final") end.abort();
  expect(await job.text()).toContain(SAID);
});

/** Speech, and then a microphone that gives nothing more. */
async function* stalled(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* slices(bytes);
  await new Promise(() => {});
}

it("is called off where its events are left while one is waited for", async () => {
  const { vendor, provider } = await openProvider("tencent-realtime");
  const job = stream(stalled(await samples()), { provider });
  const events = job[Symbol.asyncIterator]();
  expect((await events.next()).value?.type).toBe("start");
  const heard: string[] = [];
  const reading = (async () => {
    for (;;) {
      const { done, value } = await events.next();
      if (done === true) return;
      heard.push(value.type);
    }
  })();
  await expect.poll(() => heard).toContain("final");
  const before = heard.length;
  await events.return?.();
  await reading;
  // What it waited for came no more.
  expect(heard).toHaveLength(before);
  expect(vendor.requests.filter(({ outcome }) => outcome === "open")).toEqual([]);
  await expect(job.transcript).rejects.toMatchObject({ kind: "interrupted" });
});
