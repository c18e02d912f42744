import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { joinParts, type PartJob } from "../../../src/jobs/parts/join.ts";
import type { FinalEvent, RecognitionEvent } from "../../../src/transcript/events.ts";
import type { Segment } from "../../../src/transcript/transcript.ts";

const MINUTE = 60_000;
const NEVER = new AbortController().signal;

/** A part of a minute whose provider says what the test tells it to, when it tells it. */
class Scripted implements PartJob {
  readonly part;
  begun = false;
  returned = false;
  readonly #events: RecognitionEvent[] = [];
  #end: { error?: unknown } | undefined;
  #wake = () => {};

  constructor(index: number, overlapMs = 0) {
    const startMs = index * MINUTE - overlapMs;
    this.part = { pieces: [{ startMs, endMs: (index + 1) * MINUTE }], overlapMs };
  }

  say(...events: RecognitionEvent[]): this {
    this.#events.push(...events);
    this.#wake();
    return this;
  }

  end(error?: unknown): this {
    this.#end = { error };
    this.#wake();
    return this;
  }

  async *events(): AsyncGenerator<RecognitionEvent> {
    this.begun = true;
    try {
      for (;;) {
        for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
          yield next;
        }
        if (this.#end !== undefined) break;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      if (this.#end.error !== undefined) throw this.#end.error;
    } finally {
      this.returned = true;
    }
  }
}

const parts = (count: number) => Array.from({ length: count }, (_, index) => new Scripted(index));
const final = (text: string, startMs = 1000, more: Partial<Segment> = {}): FinalEvent => ({
  type: "final",
  segment: { text, startMs, endMs: startMs + 500, ...more },
});
const partial = (text: string): RecognitionEvent => ({ ...final(text), type: "partial" });
const warning = (code: string, message = code): RecognitionEvent => ({
  type: "warning",
  warning: { code, message },
});
const progress = (audioMs: number): RecognitionEvent => ({ type: "progress", audioMs });

/** All that is said, and what is thrown after it. */
async function heard(jobs: readonly PartJob[], concurrency = 9, signal = NEVER) {
  const events: RecognitionEvent[] = [];
  try {
    for await (const event of joinParts(jobs, { concurrency, signal })) events.push(event);
  } catch (error) {
    return { events, error };
  }
  return { events, error: undefined };
}
const textsOf = (events: readonly RecognitionEvent[]) =>
  events.flatMap((event) => (event.type === "final" ? [event.segment.text] : []));
const spoken = (events: readonly RecognitionEvent[]) =>
  events.filter(({ type }) => type !== "progress");
/** Lets all that can go on go on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("parts of a recording", () => {
  it("come out in order, whichever is done first, with the recording's times", async () => {
    const [one, two, three] = parts(3);
    const words = [{ text: "two", startMs: 1000, endMs: 1200 }];
    three?.say(final("three")).end();
    two?.say(final("two", 1000, { words })).end();
    const all = heard([one, two, three].filter((job) => job !== undefined));
    await settled();
    one?.say(final("one")).end();
    expect((await all).events.filter(({ type }) => type === "final")).toEqual([
      final("one"),
      final("two", MINUTE + 1000, {
        words: [{ text: "two", startMs: MINUTE + 1000, endMs: MINUTE + 1200 }],
      }),
      final("three", 2 * MINUTE + 1000),
    ]);
  });

  it("are let out as soon as all before are done, partials of the earliest alone", async () => {
    const [one, two] = parts(2);
    if (one === undefined || two === undefined) throw new Error("no parts");
    const events = joinParts([one, two], { concurrency: 2, signal: NEVER });
    const next = async () => {
      const { value } = await events.next();
      return value?.type === "progress" ? value.audioMs : value?.segment?.text;
    };
    two.say(partial("unseen"), final("second"));
    one.say(partial("first…"), final("first"));
    expect(await next()).toBe("first…");
    expect(await next()).toBe("first");
    one.end();
    expect(await next()).toBe(MINUTE);
    expect(await next()).toBe("second");
    two.say(partial("third…"));
    expect(await next()).toBe("third…");
    two.end();
    expect(await next()).toBe(2 * MINUTE);
    expect((await events.next()).done).toBe(true);
  });

  it("run no more at once than allowed", async () => {
    const jobs = parts(4);
    const all = heard(jobs, 2);
    await settled();
    expect(jobs.map(({ begun }) => begun)).toEqual([true, true, false, false]);
    jobs[1]?.end();
    await settled();
    expect(jobs.map(({ begun }) => begun)).toEqual([true, true, true, false]);
    for (const job of jobs) job.end();
    expect((await all).error).toBeUndefined();
    expect(jobs.every(({ begun }) => begun)).toBe(true);
  });

  it("make one progress that never goes back and counts nothing twice", async () => {
    const jobs = [new Scripted(0), new Scripted(1, 2000)];
    jobs[0]?.say(progress(30_000), progress(10_000)).end();
    jobs[1]?.say(progress(1000), progress(32_000), progress(99_999)).end();
    const { events } = await heard(jobs);
    const told = events.flatMap((event) => (event.type === "progress" ? [event.audioMs] : []));
    expect(told.at(-1)).toBe(2 * MINUTE);
    expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
  });

  it("say which part an answer is of, and where it heard speech", async () => {
    const jobs = parts(2);
    const speech = [{ startMs: 100, endMs: 900 }];
    jobs[0]?.end();
    jobs[1]?.say({ type: "response", requestId: "r2", speech, durationMs: MINUTE }).end();
    const { events } = await heard(jobs);
    expect(spoken(events)).toEqual([
      {
        type: "response",
        requestId: "r2",
        durationMs: MINUTE,
        speech: [{ startMs: MINUTE + 100, endMs: MINUTE + 900 }],
        part: { startMs: MINUTE, endMs: 2 * MINUTE, requestId: "r2" },
      },
    ]);
  });

  it("warn once of one thing, and of silence only where all are silent", async () => {
    const mixed = parts(2);
    mixed[0]?.say(warning("slow"), warning("no-speech")).end();
    mixed[1]?.say(warning("slow"), warning("slow", "other"), final("hi")).end();
    const { events } = await heard(mixed);
    expect(spoken(events)).toEqual([
      warning("slow"),
      warning("slow", "other"),
      final("hi", MINUTE + 1000),
    ]);
    const silent = parts(2).map((job) => job.say(warning("no-speech", "nothing")).end());
    expect(spoken((await heard(silent)).events)).toEqual([warning("no-speech", "nothing")]);
    const channel = (index: number) => warning("no-speech", `nothing on channel ${index}`);
    const sides = parts(2).map((job, index) => job.say(channel(index), channel(2)).end());
    expect(spoken((await heard(sides)).events)).toEqual([channel(2)]);
    expect((await heard([])).events).toMatchObject([{ warning: { code: "no-speech" } }]);
  });

  it("name speakers by part, and say so once", async () => {
    const jobs = parts(2).map((job) =>
      job.say(final("a", 0, { speaker: "0" }), final("b", 900, { speaker: "1" })).end(),
    );
    const { events } = await heard(jobs);
    const speakers = events.flatMap((e) => (e.type === "final" ? [e.segment.speaker] : []));
    expect(speakers).toEqual(["1-0", "1-1", "2-0", "2-1"]);
    const warnings = events.filter(({ type }) => type === "warning");
    expect(warnings).toMatchObject([{ warning: { code: "speakers-by-part" } }]);
  });

  it("of one part alone change nothing but times", async () => {
    const said = [partial("a"), final("b", 900, { speaker: "0" }), warning("no-speech")];
    const job: PartJob = {
      part: {
        pieces: [
          { startMs: 5000, endMs: 6000 },
          { startMs: 9000, endMs: 10_000 },
        ],
        overlapMs: 0,
      },
      async *events() {
        yield* said;
        yield { type: "response", speech: [{ startMs: 500, endMs: 1500 }] };
      },
    };
    expect((await heard([job])).events).toEqual([
      { ...final("a", 9000), type: "partial" },
      { type: "final", segment: { text: "b", startMs: 9000, endMs: 9400, speaker: "0" } },
      warning("no-speech"),
      {
        type: "response",
        speech: [
          { startMs: 5500, endMs: 6000 },
          { startMs: 9000, endMs: 9500 },
        ],
      },
    ]);
  });

  it("do not say twice what was heard on both sides of a forced cut", async () => {
    const jobs = [new Scripted(0), new Scripted(1, 2000), new Scripted(2)];
    jobs[1]?.say(final("the country can do", 200), final("for you", 9000)).end();
    jobs[2]?.say(final("my fellow citizens")).end();
    jobs[0]?.say(final("ask not", 1000), final("what your country can", 59_000)).end();
    const { events } = await heard(jobs);
    expect(textsOf(events)).toEqual([
      "ask not",
      "what your country",
      "can do",
      "for you",
      "my fellow citizens",
    ]);
  });
});

describe("a part that fails", () => {
  const failure = new AsrError("quota", "the account is empty", {
    stopsBatch: true,
    vendorCode: 4004,
    hint: "pay",
    retryAfterMs: 500,
    outcomeUnknown: true,
  });

  it("is named with its place, and keeps what the error says", async () => {
    const jobs = parts(3);
    jobs[0]?.say(final("one")).end();
    jobs[1]?.end(failure);
    jobs[2]?.say(final("three")).end();
    const { events, error } = await heard(jobs);
    expect(textsOf(events)).toEqual(["one", "three"]);
    expect(error).toBeInstanceOf(AsrError);
    expect(error).toMatchObject({
      kind: "quota",
      message: "part 2 of 3 (0:01:00 to 0:02:00) failed: the account is empty",
      details: failure.details,
    });
  });

  it("keeps new parts from being begun, and lets those under way finish", async () => {
    const jobs = parts(4);
    const all = heard(jobs, 2);
    await settled();
    jobs[0]?.end(failure);
    await settled();
    expect(jobs[2]?.begun).toBe(false);
    jobs[1]?.say(final("paid for")).end();
    const { events, error } = await all;
    expect(textsOf(events)).toEqual(["paid for"]);
    expect(error).toMatchObject({ message: expect.stringMatching(/^part 1 of 4 /) });
    expect(jobs[2]?.begun).toBe(false);
  });

  it("is the first in order where several fail", async () => {
    const jobs = parts(2);
    jobs[1]?.end(new AsrError("network", "second"));
    const all = heard(jobs);
    await settled();
    jobs[0]?.end(new AsrError("network", "first"));
    expect((await all).error).toMatchObject({ message: expect.stringMatching(/: first$/) });
  });

  it("does not swallow what waited to be joined with it", async () => {
    const jobs = [new Scripted(0), new Scripted(1, 2000)];
    jobs[0]?.say(final("the last words", 59_000)).end();
    jobs[1]?.end(failure);
    const { events } = await heard(jobs);
    expect(textsOf(events)).toEqual(["the last words"]);
  });
});

describe("stopping", () => {
  it("throws the signal's reason once the parts under way have ended", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const jobs = parts(3);
    jobs[0]?.say(final("one"));
    const all = heard(jobs, 2, controller.signal);
    await settled();
    controller.abort(reason);
    jobs[0]?.end(reason);
    await settled();
    expect(jobs[2]?.begun).toBe(false);
    jobs[1]?.end(reason);
    expect((await all).error).toBe(reason);
    expect(jobs.map(({ begun }) => begun)).toEqual([true, true, false]);
  });

  it("begins nothing where it was aborted before", async () => {
    const jobs = parts(2);
    const { error } = await heard(jobs, 2, AbortSignal.abort("no"));
    expect(error).toBe("no");
    expect(jobs.some(({ begun }) => begun)).toBe(false);
  });

  it("ends the parts under way where nobody reads on", async () => {
    const jobs = parts(3);
    for (const job of jobs) job.say(final("x"), final("y"), final("z"));
    for await (const event of joinParts(jobs, { concurrency: 2, signal: NEVER })) {
      expect(event.type).toBe("final");
      setImmediate(() => {
        for (const job of jobs) job.end();
      });
      break;
    }
    expect(jobs.map(({ begun, returned }) => [begun, returned])).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ]);
  });
});
