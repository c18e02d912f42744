import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEvent } from "../../../src/providers/stepfun/events.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import type { EventFormat } from "../../vendors/server/event-stream.ts";
import type { Fault } from "../../vendors/server/faults.ts";
import { startStepfunDouble } from "../../vendors/stepfun/server.ts";
import { HurriedClock, openWorld, pcmInput } from "../vendor-world.ts";
import { recognised } from "./open.ts";

async function events(faults: readonly Fault[]) {
  const clock = new HurriedClock();
  const vendor = await startStepfunDouble({ clock: () => clock.now(), faults: () => faults });
  const account = { baseUrl: vendor.origin, credentials: { apiKey: vendor.apiKey } };
  try {
    return await recognised({ world: openWorld({ account, clock }) }, pcmInput(pcm(4400)));
  } finally {
    await vendor.close();
  }
}

describe("the event stream", () => {
  it("gives the same events in any dress, and cut anywhere", async () => {
    const plain = await events([]);
    const format: fc.Arbitrary<EventFormat> = fc.record(
      {
        newline: fc.constantFrom("\n" as const, "\r\n" as const, "\r" as const),
        comments: fc.boolean(),
        eventLines: fc.boolean(),
        multiLineData: fc.boolean(),
        noSpace: fc.boolean(),
        doneMarker: fc.boolean(),
        byteOrderMark: fc.boolean(),
        withoutLastBlankLine: fc.boolean(),
      },
      { noNullPrototype: true },
    );
    const slicing = fc.oneof(
      fc.constant<Fault>({ kind: "split-characters" }),
      fc.integer({ min: 1, max: 40 }).map((sizeBytes): Fault => ({ kind: "pieces", sizeBytes })),
    );
    await fc.assert(
      fc.asyncProperty(format, slicing, async (dress, slices) => {
        expect(await events([{ kind: "event-format", format: dress }, slices])).toEqual(plain);
      }),
      { numRuns: 25 },
    );
  });
});

describe("an event", () => {
  const delta = (fields: object) =>
    parseEvent(JSON.stringify({ type: "transcript.text.delta", delta: "好", ...fields }));

  it.each([
    [{ start_time: 0, end_time: 0 }],
    [{ start_time: 500, end_time: 100 }],
    [{ start_time: -1, end_time: 100 }],
    [{ start_time: "0", end_time: "100" }],
    [{ start_time: 100 }],
    [{}],
  ])("has no times with %j", (times) => {
    expect(delta(times)).toEqual({ type: "delta", text: "好" });
  });

  it("has times from 0 on, item and session", () => {
    expect(
      delta({ start_time: 0, end_time: 500, item_id: "a", meta: { session_id: "s" } }),
    ).toEqual({ type: "delta", text: "好", startMs: 0, endMs: 500, item: "a", sessionId: "s" });
  });

  it.each([
    [{ total_tokens: 7 }, 7],
    [{ type: 5, input_tokens: 3, output_tokens: 2 }, 5],
    [{ input_tokens: "many" }, undefined],
    ["free", undefined],
    [null, undefined],
  ])("of done with usage %j counts %s tokens", (usage, tokens) => {
    const event = parseEvent(JSON.stringify({ type: "transcript.text.done", text: "好", usage }));
    expect(event).toEqual({
      type: "done",
      text: "好",
      ...(tokens === undefined ? {} : { tokens }),
    });
  });

  it.each(["[DONE]", "", "{", "null", "[]", '{"type":"session.created"}', '{"no":"type"}'])(
    "that says nothing to us is passed over: %j",
    (data) => {
      expect(parseEvent(data)).toBeUndefined();
    },
  );
});
