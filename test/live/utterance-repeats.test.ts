import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { TooLate } from "../../src/live/last-words.ts";
import type { RecognitionEvent } from "../../src/transcript/events.ts";
import { finalsOf, ofType, warningCodesOf } from "../providers/vendor-world.ts";
import { final, recogniser, ScriptedAudio, settled, stream } from "./utterance-world.ts";

const TWO = [
  { startMs: 1_000, endMs: 2_000 },
  { startMs: 4_000, endMs: 5_000 },
];
/** Half a minute and the utterance's length. */
const LIMIT_MS = 31_600;
const WAITS_MS = [600, 1_200, 2_400, 4_800, 9_600, 19_200, 20_000, 20_000];

const textsOf = (events: readonly RecognitionEvent[]) => finalsOf(events).map(({ text }) => text);
const down = () => new AsrError("network", "nobody answers", { retryable: true });

async function spoken(options: { readonly remote?: boolean; readonly maxRepeats?: number } = {}) {
  const { maxRepeats = 3, ...shape } = options;
  const audio = new ScriptedAudio(TWO);
  const fake = recogniser({ maxConcurrency: 2, ...shape });
  const run = stream(audio, fake.provider, { maxRepeats });
  await audio.hear(6_000);
  await audio.end();
  return { ...fake, ...run };
}

/** The first utterance fails again and again, with each wait between. */
async function repeatInVain({ calls, clock }: Awaited<ReturnType<typeof spoken>>): Promise<void> {
  for (const [repeat, waitMs] of WAITS_MS.entries()) {
    calls.at(repeat === 0 ? 0 : -1)?.fail(down());
    await settled();
    await clock.wake(waitMs);
  }
}

describe("an utterance whose answer does not come", () => {
  it("is sent again once, then lost with its place; the text behind it comes", async () => {
    const { calls, events, ended, clock } = await spoken();
    calls[1]?.answer(final("two"));
    await settled();
    await clock.wake(LIMIT_MS);
    expect(calls[0]?.state).toBe("over");
    await clock.wake(600);
    expect(calls).toHaveLength(3);
    expect(calls[2]?.startMs).toBe(calls[0]?.startMs);
    expect(textsOf(events)).toEqual([]);
    await clock.wake(LIMIT_MS);
    await ended;
    expect(textsOf(events)).toEqual(["two"]);
    expect(warningCodesOf(events)).toEqual(["audio-sent-again", "utterance-lost"]);
    expect(ofType(events, "warning")[1]?.warning.message).toBe(
      "what was said from 0:00:00 to 0:00:02 is lost: no answer within 32 s",
    );
    expect(ofType(events, "response").map(({ usage, part }) => [usage, part])).toEqual([
      [{ requests: 0, billedMs: 0, possiblyBilledTwice: true }, undefined],
    ]);
    expect(clock.sleepsMs).toEqual([]);
  });

  it("is not sent again with --retries 0", async () => {
    const { calls, events, ended, clock } = await spoken({ maxRepeats: 0 });
    calls[1]?.answer(final("two"));
    await settled();
    await clock.wake(LIMIT_MS);
    await ended;
    expect(calls).toHaveLength(2);
    expect(warningCodesOf(events)).toEqual(["utterance-lost"]);
  });

  it("is waited for on this machine, however long it takes", async () => {
    const { calls, ended, clock } = await spoken({ remote: false });
    expect(clock.sleepsMs).toEqual([]);
    for (const call of calls) call.answer(final("x"));
    await ended;
  });

  it("leaves no timer behind where it comes", async () => {
    const { calls, ended, clock } = await spoken();
    expect(clock.sleepsMs).toEqual([LIMIT_MS, LIMIT_MS]);
    for (const call of calls) call.answer(final("x"));
    await ended;
    expect(clock.sleepsMs).toEqual([]);
  });
});

describe("an utterance during an outage", () => {
  it("is sent again until the network is back, and nothing is lost", async () => {
    const outage = await spoken();
    const { calls, events, ended } = outage;
    calls[1]?.answer(final("two"));
    await repeatInVain(outage);
    calls.at(-1)?.answer(final("one"));
    await ended;
    expect(calls).toHaveLength(2 + WAITS_MS.length);
    expect(textsOf(events)).toEqual(["one", "two"]);
    expect(warningCodesOf(events)).toEqual([]);
  });

  it("that does not end ends the stream, after what was answered", async () => {
    const outage = await spoken();
    const { calls, events, ended } = outage;
    calls[1]?.answer(final("two"));
    await repeatInVain(outage);
    calls.at(-1)?.fail(down());
    await expect(ended).rejects.toMatchObject({ kind: "network", message: "nobody answers" });
    expect(textsOf(events)).toEqual(["two"]);
    expect(warningCodesOf(events)).toEqual(["utterance-lost"]);
  });

  it("waits as long as the vendor asks", async () => {
    const { calls, events, ended, clock } = await spoken();
    calls[1]?.answer(final("two"));
    const details = { retryable: true, retryAfterMs: 7_000 };
    calls[0]?.fail(new AsrError("quota", "too many", details));
    await settled();
    await clock.wake(7_000);
    calls.at(-1)?.answer(final("one"));
    await ended;
    expect(textsOf(events)).toEqual(["one", "two"]);
  });

  it("is the failure of the stream where the last words wait for it in vain", async () => {
    const { calls, events, ended, clock, stop } = await spoken();
    calls[1]?.answer(final("two"));
    await settled();
    const failure = down();
    calls[0]?.fail(failure);
    await settled();
    stop(new TooLate());
    await expect(ended).rejects.toBe(failure);
    expect(textsOf(events)).toEqual(["two"]);
    expect(warningCodesOf(events)).toEqual(["utterance-lost"]);
    expect(clock.sleepsMs).toEqual([]);
  });
});
