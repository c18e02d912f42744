import { describe, expect, it } from "vitest";
import { mergeChannels } from "../../src/jobs/channels.ts";
import type { RecognitionEvent } from "../../src/transcript/events.ts";

const final = (text: string, startMs: number): RecognitionEvent => ({
  type: "final",
  segment: { text, startMs, endMs: startMs + 10 },
});
const silence: RecognitionEvent = {
  type: "warning",
  warning: { code: "no-speech", message: "no speech was found" },
};
const progress = (audioMs: number): RecognitionEvent => ({ type: "progress", audioMs });

const { signal } = new AbortController();
const OPTIONS = { durationMs: 1000, concurrency: 2, signal };

async function merged(channels: readonly (readonly RecognitionEvent[])[]) {
  const sources = channels.map((events, channel) => ({
    channel,
    async *events() {
      yield* events;
    },
  }));
  const events: RecognitionEvent[] = [];
  for await (const event of mergeChannels(sources, OPTIONS)) events.push(event);
  return events;
}

describe("mergeChannels", () => {
  it("labels each channel's finals and gives them by time", async () => {
    const events = await merged([[final("b", 200)], [final("a", 100)]]);
    expect(events).toMatchObject([
      { segment: { text: "a", channel: 1 } },
      { segment: { text: "b", channel: 0 } },
    ]);
  });

  it("runs its progress over all channels, without going back", async () => {
    const one = [progress(500), progress(1000)];
    const told = (await merged([one, one])).map((event) =>
      event.type === "progress" ? event.audioMs : Number.NaN,
    );
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1000);
  });

  it("names the silent channel where the other speaks", async () => {
    const events = await merged([[silence], [final("a", 0)]]);
    expect(events).toContainEqual({
      type: "warning",
      warning: { code: "no-speech", message: "no speech was found on channel 0" },
    });
  });

  it("says once that nobody speaks", async () => {
    expect(await merged([[silence], [silence]])).toEqual([silence]);
  });
});
