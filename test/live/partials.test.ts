import { describe, expect, it } from "vitest";
import { PartialAgreement } from "../../src/live/partial-agreement.ts";
import { finalsOf, ofType, warningCodesOf } from "../providers/vendor-world.ts";
import { final, recogniser, ScriptedAudio, settled, stream } from "./utterance-world.ts";

function agreed(...hypotheses: readonly string[]): string[] {
  const agreement = new PartialAgreement();
  return hypotheses.flatMap((text) => (agreement.push(text) ? [agreement.text] : []));
}

describe("what two runs agree on", () => {
  it("is what they begin with, word by word", () => {
    expect(agreed("and so", "and so my fellow", "and so, my fellow Americans")).toEqual([
      "and so",
      "and so, my fellow",
    ]);
  });

  it("is Chinese by the character", () => {
    expect(agreed("今天", "今天天七", "今天天气很好", "今天天气很好吗")).toEqual([
      "今天",
      "今天天",
      "今天天气很好",
    ]);
  });

  it("is the same whatever the case and the punctuation", () => {
    expect(agreed("Hello world", "hello, World!")).toEqual(["hello, World"]);
  });

  it("is nothing that one run says alone", () => {
    expect(agreed("thank you")).toEqual([]);
    expect(agreed("thank you", "", "and so")).toEqual([]);
  });

  it("is kept where later runs say something else, and goes on where they come back", () => {
    const wavering = ["a b", "a b", "x y z", "x y z", "a b c", "a b c d"];
    expect(agreed(...wavering)).toEqual(["a b", "a b c"]);
  });
});

const SPOKEN = [
  { startMs: 1_000, endMs: 6_000 },
  { startMs: 8_000, endMs: 9_000 },
];

const partialsOf = (events: Parameters<typeof ofType>[0]) =>
  ofType(events, "partial").map(({ segment }) => segment.text);

describe("an utterance that is being spoken", () => {
  it("is recognised again and again, about every second, where that costs nothing", async () => {
    const audio = new ScriptedAudio(SPOKEN);
    const { provider, calls } = recogniser({ remote: false });
    const { events, ended } = stream(audio, provider);
    await audio.hear(1_660);
    expect(calls).toEqual([]);
    await audio.hear(1_700);
    expect(calls.map(({ endMs }) => endMs)).toEqual([1_700]);
    await audio.hear(3_500);
    expect(calls).toHaveLength(1);
    calls[0]?.answer(final("and so my"));
    await settled();
    expect(calls.map(({ endMs }) => endMs)).toEqual([1_700, 3_500]);
    calls[1]?.answer(final("and so"), final("my fellow"));
    await settled();
    expect(ofType(events, "partial")).toEqual([
      {
        type: "partial",
        segment: { text: "and so my", startMs: 700, endMs: 3_500, approximate: true },
      },
    ]);
    await audio.end();
    calls.at(-1)?.answer(final("and so my fellow"));
    await ended;
    expect(finalsOf(events)).toHaveLength(1);
  });

  it("is never in the way of its final: a run ends in the pause before", async () => {
    const audio = new ScriptedAudio(SPOKEN);
    const { provider, calls } = recogniser({ remote: false });
    const { events, ended } = stream(audio, provider);
    await audio.hear(6_200);
    expect(calls[0]?.state).toBe("open");
    await audio.hear(6_260);
    expect(calls[0]?.state).toBe("over");
    await audio.hear(6_600);
    expect(calls.slice(1)).toMatchObject([{ startMs: 700, endMs: 6_300, state: "open" }]);
    await audio.hear(8_900);
    // The next is being spoken, but the recogniser is busy with what is over.
    expect(calls).toHaveLength(2);
    calls[1]?.answer(final("one"));
    await settled();
    expect(calls.slice(2)).toMatchObject([{ startMs: 7_700, endMs: 8_900 }]);
    await audio.end();
    expect(calls.map(({ state }) => state)).toEqual(["over", "over", "over", "open"]);
    calls[3]?.answer(final("two"));
    await ended;
    expect(finalsOf(events).map(({ text }) => text)).toEqual(["one", "two"]);
    expect(warningCodesOf(events)).toEqual([]);
  });

  it("is taken back where nothing came of it", async () => {
    const audio = new ScriptedAudio(SPOKEN.slice(0, 1));
    const { provider, calls } = recogniser({ remote: false });
    const { events, ended } = stream(audio, provider);
    for (const untilMs of [1_800, 3_000, 4_000]) {
      await audio.hear(untilMs);
      calls.at(-1)?.answer(final("thank you"));
      await settled();
    }
    expect(partialsOf(events)).toEqual(["thank you"]);
    await audio.hear(7_000);
    calls.at(-1)?.answer();
    await audio.end();
    await ended;
    expect(partialsOf(events)).toEqual(["thank you", ""]);
  });

  it("is not paid for twice", async () => {
    const audio = new ScriptedAudio(SPOKEN);
    const { provider, calls } = recogniser({ remote: true, answer: () => [final("x")] });
    const { events, ended } = stream(audio, provider);
    await audio.hear(10_000);
    await audio.end();
    await ended;
    expect(calls).toHaveLength(2);
    expect(partialsOf(events)).toEqual([]);
  });

  it("may fail unseen: the final tells", async () => {
    const audio = new ScriptedAudio(SPOKEN.slice(0, 1));
    const { provider, calls } = recogniser({ remote: false });
    const { events, ended } = stream(audio, provider);
    await audio.hear(2_000);
    calls[0]?.fail(new Error("too little"));
    await audio.hear(7_000);
    calls.at(-1)?.answer(final("one"));
    await audio.end();
    await ended;
    expect(finalsOf(events)).toHaveLength(1);
  });
});
