import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import type { RecognitionEvent } from "../../src/transcript/events.ts";
import type { Interval } from "../../src/transcript/transcript.ts";
import { finalsOf, ofType, warningCodesOf } from "../providers/vendor-world.ts";
import { type Call, final, recogniser, ScriptedAudio, settled, stream } from "./utterance-world.ts";

/** Five utterances of a second, three seconds apart: at 1, 4, 7, 10 and 13 s. */
const FIVE: readonly Interval[] = [0, 1, 2, 3, 4].map((index) => ({
  startMs: 1_000 + 3_000 * index,
  endMs: 2_000 + 3_000 * index,
}));

const textsOf = (events: readonly RecognitionEvent[]) => finalsOf(events).map(({ text }) => text);
const noSpeech: RecognitionEvent = {
  type: "warning",
  warning: { code: "no-speech", message: "the fake heard nothing" },
};
const lossesOf = (events: readonly RecognitionEvent[]) =>
  ofType(events, "warning")
    .filter(({ warning }) => warning.code === "utterance-lost")
    .map(({ warning }) => warning.message);
const placeOf = ({ startMs, endMs }: Interval) => [startMs, endMs];

describe("while somebody speaks", () => {
  it("each utterance is sent as it ends, and its text comes at its place", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser();
    const { events, ended } = stream(audio, provider);
    await audio.hear(2_580);
    expect(calls).toEqual([]);
    await audio.hear(2_600);
    expect(calls.map(placeOf)).toEqual([[700, 2_300]]);
    calls[0]?.answer(
      {
        type: "final",
        segment: {
          text: "one",
          startMs: 300,
          endMs: 1_300,
          words: [{ text: "one", startMs: 400, endMs: 1_200 }],
        },
      },
      { type: "response", requestId: "r1", speech: [{ startMs: 310, endMs: 1_290 }] },
    );
    await settled();
    expect(events).toEqual([
      {
        type: "final",
        segment: {
          text: "one",
          startMs: 1_000,
          endMs: 2_000,
          words: [{ text: "one", startMs: 1_100, endMs: 1_900 }],
        },
      },
      {
        type: "response",
        requestId: "r1",
        speech: [{ startMs: 1_010, endMs: 1_990 }],
        part: { startMs: 700, endMs: 2_300, requestId: "r1" },
      },
      { type: "progress", audioMs: 2_300, lagMs: 0 },
    ]);
    await audio.end();
    await ended;
  });

  it("audio that is answered is let go, and silence as well", async () => {
    const audio = new ScriptedAudio(FIVE.slice(0, 1));
    const { provider, calls } = recogniser();
    const { ended } = stream(audio, provider);
    await audio.hear(1_800);
    expect(audio.releasedMs).toBe(700);
    await audio.hear(2_700);
    calls[0]?.answer();
    await audio.hear(60_000);
    expect(audio.releasedMs).toBeGreaterThan(59_000);
    await audio.end();
    await ended;
  });

  it("an utterance that nobody ends is cut where it is quiet, to the sample", async () => {
    const quiet = { startMs: 26_000, endMs: 26_200 };
    const audio = new ScriptedAudio([{ startMs: 0, endMs: 31_500 }], quiet);
    const { provider, calls } = recogniser();
    const { events, ended } = stream(audio, provider);
    await audio.hear(28_100);
    const [first] = calls;
    expect(first?.startMs).toBe(0);
    first?.answer(final("first"));
    await audio.hear(31_500);
    await audio.end();
    calls[1]?.answer(final("second", 0));
    await ended;
    const lengthsMs = calls.map(({ lengthMs }) => lengthMs);
    expect(lengthsMs[0]).toBeGreaterThan(26_000);
    expect(lengthsMs[0]).toBeLessThan(26_200);
    expect(lengthsMs).toEqual([lengthsMs[0], 31_500 - (lengthsMs[0] ?? 0)]);
    expect(finalsOf(events)[1]).toMatchObject({ startMs: lengthsMs[0] });
  });

  it("finals leave in the order of speech, whichever answer comes first", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 3 });
    const { events, ended } = stream(audio, provider);
    await audio.hear(9_000);
    expect(calls).toHaveLength(3);
    calls[2]?.answer(final("three"));
    calls[1]?.answer(final("two"));
    await settled();
    expect(textsOf(events)).toEqual([]);
    calls[0]?.answer(final("one"));
    await settled();
    expect(textsOf(events)).toEqual(["one", "two", "three"]);
    await audio.end();
    await ended;
  });

  it("no more are sent at once than the account allows; those that wait become one", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 20 });
    const { events, ended } = stream(audio, provider, { account: { maxConcurrency: 2 } });
    await audio.hear(15_000);
    expect(calls.map(placeOf)).toEqual([
      [700, 2_300],
      [3_700, 5_300],
    ]);
    calls[1]?.answer(final("two"));
    await settled();
    expect(calls.slice(2).map(placeOf)).toEqual([[6_700, 14_300]]);
    calls[0]?.answer(final("one"));
    calls[2]?.answer(final("three, four and five", 300, 7_300));
    await audio.end();
    await ended;
    expect(textsOf(events)).toEqual(["one", "two", "three, four and five"]);
    expect(finalsOf(events).at(-1)).toMatchObject({ startMs: 7_000, endMs: 14_000 });
  });

  it("keeps to the longest that the provider takes", async () => {
    const audio = new ScriptedAudio([{ startMs: 500, endMs: 21_000 }]);
    const { provider, calls } = recogniser({ maxDurationMs: 6_000, answer: () => [] });
    const { ended } = stream(audio, provider);
    await audio.hear(22_000);
    await audio.end();
    await ended;
    let fromMs = 200;
    for (const { startMs, endMs } of calls) {
      expect(startMs).toBe(fromMs);
      expect(endMs - startMs).toBeLessThanOrEqual(6_000);
      fromMs = endMs;
    }
    expect(fromMs).toBeGreaterThanOrEqual(21_000);
  });

  it("tells how far behind it is, and when it has caught up", async () => {
    const audio = new ScriptedAudio(FIVE.slice(0, 1));
    const { provider, calls } = recogniser();
    const { events, lagsMs, ended } = stream(audio, provider);
    await audio.hear(4_200);
    expect(lagsMs).toEqual([]);
    await audio.hear(5_700);
    expect(lagsMs).toEqual([2_020, 3_020]);
    calls[0]?.answer(final("one"));
    await settled();
    expect(lagsMs).toEqual([2_020, 3_020, 0]);
    const told = ofType(events, "progress").map(({ lagMs }) => lagMs);
    expect(told).toEqual([2_020, 3_020, 0]);
    await audio.end();
    await ended;
  });
});

describe("audio that was let go because it waited too long", () => {
  it("is not asked for, and what is left of it is", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser();
    const { events, ended } = stream(audio, provider);
    await audio.hear(9_000);
    audio.release(7_500);
    await audio.hear(15_000);
    calls[0]?.answer(final("one"));
    await settled();
    expect(calls.slice(1).map(placeOf)).toEqual([[7_500, 14_300]]);
    calls[1]?.answer(final("and so on"));
    await audio.end();
    await ended;
    expect(textsOf(events)).toEqual(["one", "and so on"]);
  });
});

describe("what utterances say", () => {
  const placed: RecognitionEvent = {
    type: "final",
    segment: { text: "One. Two.", startMs: 0, endMs: 2_200, approximate: true },
  };

  it("is placed where somebody spoke, where times are wanted and none were measured", async () => {
    const speech = [
      { startMs: 1_000, endMs: 1_500 },
      { startMs: 2_000, endMs: 2_600 },
    ];
    for (const [timesWanted, expected] of [
      [
        true,
        [
          ["One.", 1_000, 1_500],
          ["Two.", 2_000, 2_600],
        ],
      ],
      [false, [["One. Two.", 700, 2_900]]],
    ] as const) {
      const audio = new ScriptedAudio(speech);
      const { provider } = recogniser({ answer: () => [placed] });
      const { events, ended } = stream(audio, provider, { settings: { timesWanted } });
      await audio.hear(4_000);
      await audio.end();
      await ended;
      const places = finalsOf(events).map(({ text, startMs, endMs }) => [text, startMs, endMs]);
      expect(places).toEqual(expected);
    }
  });

  it("has speakers named by utterance, with a warning", async () => {
    const audio = new ScriptedAudio(FIVE.slice(0, 2));
    const spoken: RecognitionEvent = {
      type: "final",
      segment: { text: "x", startMs: 0, endMs: 1, speaker: "0" },
    };
    const { provider } = recogniser({ answer: () => [spoken] });
    const { events, ended } = stream(audio, provider);
    await audio.hear(6_000);
    await audio.end();
    await ended;
    expect(finalsOf(events).map(({ speaker }) => speaker)).toEqual(["1-0", "2-0"]);
    expect(warningCodesOf(events)).toEqual(["speakers-by-utterance"]);
  });

  it("warns once of what each of them warns of", async () => {
    const audio = new ScriptedAudio(FIVE);
    const warning: RecognitionEvent = { type: "warning", warning: { code: "odd", message: "odd" } };
    const { provider } = recogniser({ answer: () => [warning, final("x")] });
    const { events, ended } = stream(audio, provider);
    await audio.hear(15_000);
    await audio.end();
    await ended;
    expect(warningCodesOf(events)).toEqual(["odd"]);
  });

  it("passes on the language that was heard before", async () => {
    const audio = new ScriptedAudio(FIVE.slice(0, 2));
    const { provider, calls } = recogniser({
      answer: () => [final("x"), { type: "response", language: "zh" }],
    });
    const { ended } = stream(audio, provider);
    await audio.hear(6_000);
    await audio.end();
    await ended;
    expect(calls.map(({ settings }) => settings.languageBefore)).toEqual([undefined, "zh"]);
  });

  it("is one no-speech in the end where nobody heard anything", async () => {
    for (const script of [FIVE, []]) {
      const audio = new ScriptedAudio(script);
      const { provider } = recogniser({ answer: () => [noSpeech] });
      const { events, ended } = stream(audio, provider);
      await audio.hear(15_000);
      await audio.end();
      await ended;
      expect(warningCodesOf(events)).toEqual(["no-speech"]);
    }
  });

  it("is no warning where one of many was a cough", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider } = recogniser({
      answer: ({ startMs }) => (startMs < 3_000 ? [noSpeech] : [final("x")]),
    });
    const { events, ended } = stream(audio, provider);
    await audio.hear(15_000);
    await audio.end();
    await ended;
    expect(warningCodesOf(events)).toEqual([]);
  });
});

describe("the end", () => {
  it("sends what is open, and waits for it", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser();
    const { events, ended } = stream(audio, provider);
    await audio.hear(1_700);
    expect(calls).toEqual([]);
    await audio.end();
    expect(calls.map(placeOf)).toEqual([[700, 1_700]]);
    calls[0]?.answer(final("o"));
    await ended;
    expect(textsOf(events)).toEqual(["o"]);
    expect(events.at(-1)).toEqual({ type: "progress", audioMs: 1_700, lagMs: 0 });
  });

  it("too late: tells all that was answered, and where the rest is", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 3 });
    const { events, ended, stop } = stream(audio, provider);
    await audio.hear(15_000);
    await audio.end();
    calls[1]?.answer(final("two"));
    await settled();
    expect(textsOf(events)).toEqual([]);
    const reason = new Error("too late");
    stop(reason);
    await expect(ended).rejects.toBe(reason);
    expect(textsOf(events)).toEqual(["two"]);
    expect(lossesOf(events)).toEqual([
      "what was said from 0:00:00 to 0:00:02 is lost: recognition ended before it was answered",
      "what was said from 0:00:06 to 0:00:14 is lost: recognition ended before it was answered",
    ]);
  });

  it("aborted: ends with the reason, once all under way has ended", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 2 });
    const { ended, stop } = stream(audio, provider);
    await audio.hear(9_000);
    const reason = new AsrError("interrupted", "stop");
    stop(reason);
    await expect(ended).rejects.toBe(reason);
    expect(calls.map(({ state }) => state)).toEqual(["over", "over"]);
  });
});

describe("an utterance that fails", () => {
  const refused = new AsrError("recognition", "the vendor refused it", { reason: "too noisy" });
  const down = new AsrError("network", "nobody answers");

  it("is named with its place, and the others go on", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 5 });
    const { events, ended } = stream(audio, provider);
    await audio.hear(15_000);
    calls[1]?.fail(refused);
    for (const [index, call] of calls.entries()) call.answer(final(`${index + 1}`));
    await audio.end();
    await ended;
    expect(textsOf(events)).toEqual(["1", "3", "4", "5"]);
    const lost = events.findIndex(({ type }) => type === "warning");
    expect(events[lost]).toEqual({
      type: "warning",
      warning: {
        code: "utterance-lost",
        message: "what was said from 0:00:03 to 0:00:05 is lost: the vendor refused it (too noisy)",
      },
    });
    expect(textsOf(events.slice(0, lost))).toEqual(["1"]);
  });

  it.each([
    ["credentials", new AsrError("credentials", "refused")],
    ["money", new AsrError("quota", "none left", { stopsBatch: true })],
    ["settings", new AsrError("usage", "no such engine")],
    ["the program", new Error("a fault")],
  ])("for want of %s ends the stream, after what was before it", async (_, error) => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 2 });
    const { events, ended } = stream(audio, provider);
    await audio.hear(6_000);
    calls[1]?.fail(error);
    await settled();
    expect(textsOf(events)).toEqual([]);
    calls[0]?.answer(final("1"));
    await expect(ended).rejects.toBe(error);
    expect(textsOf(events)).toEqual(["1"]);
    expect(calls).toHaveLength(2);
  });

  it("takes nothing along that was answered meanwhile", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 3 });
    const { events, ended } = stream(audio, provider);
    await audio.hear(15_000);
    calls[2]?.answer(final("3"));
    await settled();
    const error = new AsrError("credentials", "refused");
    calls[0]?.fail(error);
    await expect(ended).rejects.toBe(error);
    expect(textsOf(events)).toEqual(["3"]);
    expect(lossesOf(events)).toHaveLength(2);
  });

  it("as three others before it is not lost: the stream ends with what the vendor says", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 5 });
    const { events, ended } = stream(audio, provider);
    await audio.hear(15_000);
    const refusals = calls.map(
      () => new AsrError("recognition", "not allowed", { vendorCode: 4007 }),
    );
    calls[0]?.answer(final("1"));
    calls.slice(1).forEach((call, index) => {
      const refusal = refusals[index];
      call.fail(refusal);
    });
    await expect(ended).rejects.toBe(refusals[2]);
    expect(textsOf(events)).toEqual(["1"]);
  });

  it("with others for reasons of their own is lost, as they are", async () => {
    const audio = new ScriptedAudio(FIVE);
    const { provider, calls } = recogniser({ maxConcurrency: 5 });
    const { events, ended } = stream(audio, provider);
    await audio.hear(15_000);
    calls[0]?.answer(final("1"));
    calls.slice(1).forEach((call, index) => {
      call.fail(new AsrError("recognition", "odd", { vendorCode: index }));
    });
    await audio.end();
    await ended;
    expect(lossesOf(events)).toHaveLength(4);
  });

  it("as all did is the failure of the stream, not silence", async () => {
    const audio = new ScriptedAudio(FIVE.slice(0, 1));
    const { provider, calls } = recogniser();
    const { events, ended } = stream(audio, provider);
    await audio.hear(4_000);
    calls[0]?.fail(refused);
    await audio.end();
    await expect(ended).rejects.toBe(refused);
    expect(warningCodesOf(events)).toEqual(["utterance-lost"]);
  });

  it("for want of a network is lost; three in a row end the stream", async () => {
    const isDown = (failing: readonly number[]) => async () => {
      const audio = new ScriptedAudio(FIVE);
      const { provider, calls } = recogniser({ maxConcurrency: 5 });
      const { events, ended } = stream(audio, provider);
      await audio.hear(15_000);
      const end = (call: Call, index: number) =>
        failing.includes(index) ? call.fail(down) : call.answer(final(`${index}`));
      calls.forEach(end);
      await audio.end();
      await ended;
      return [...textsOf(events), ...warningCodesOf(events)];
    };
    expect(await isDown([0, 1, 3, 4])()).toEqual(["2", ...Array(4).fill("utterance-lost")]);
    await expect(isDown([1, 2, 3])()).rejects.toBe(down);
  });
});

describe("a writer that pauses", () => {
  const spoken = [{ startMs: 1_000, endMs: 5_000 }];

  it("does not withhold what was said before", async () => {
    const audio = new ScriptedAudio(spoken);
    const { provider, calls } = recogniser({ answer: () => [final("x")] });
    const { events, ended, clock } = stream(audio, provider);
    await audio.hear(2_000);
    expect(calls).toEqual([]);
    await clock.wake(4_000);
    expect(calls.map(placeOf)).toEqual([[700, 2_000]]);
    expect(textsOf(events)).toEqual(["x"]);
    await audio.hear(7_000);
    await audio.end();
    await ended;
    expect(calls.slice(1).map(placeOf)).toEqual([[2_000, 5_300]]);
    expect(clock.sleepsMs).toEqual([]);
  });

  it("is none where audio waits to be read: then nothing is cut before its time", async () => {
    const audio = new ScriptedAudio([...FIVE.slice(0, 2), { startMs: 7_500, endMs: 9_000 }]);
    const { provider, calls } = recogniser();
    const { ended, clock, stop } = stream(audio, provider);
    await audio.hear(8_000);
    expect(calls).toHaveLength(1);
    expect(clock.sleepsMs).not.toContain(4_000);
    stop(new Error("enough"));
    await expect(ended).rejects.toThrow("enough");
  });
});
