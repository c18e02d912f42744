import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVEL_MS, type SoundMap } from "../../../src/audio/voice/sound-map.ts";
import { cutParts } from "../../../src/jobs/parts/cut.ts";
import type { AudioPart } from "../../../src/jobs/parts/part.ts";
import { soundingStretches } from "../../../src/jobs/parts/sounding.ts";
import { totalMs } from "../../../src/transcript/intervals.ts";
import type { Interval } from "../../../src/transcript/transcript.ts";
import { share } from "../../share.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Speech at full level, silence between; `level` overrides the loudness at a time. */
function sound(
  durationMs: number,
  speech: readonly Interval[],
  level?: (atMs: number) => number,
): SoundMap {
  const levels = new Float32Array(Math.ceil(durationMs / LEVEL_MS));
  if (level === undefined) {
    for (const { startMs, endMs } of speech) levels.fill(0.1, startMs / LEVEL_MS, endMs / LEVEL_MS);
  } else for (const index of levels.keys()) levels[index] = level(index * LEVEL_MS);
  return { durationMs, speech, levels };
}

/** Speech from 0 to the end with pauses in it. */
function pausing(durationMs: number, ...pauses: [startMs: number, endMs: number][]): SoundMap {
  const edges = [0, ...pauses.flat(), durationMs];
  const speech: Interval[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    speech.push({ startMs: edges[index] ?? 0, endMs: edges[index + 1] ?? 0 });
  }
  return sound(durationMs, speech);
}

const whole = (map: SoundMap, maxMs: number) => cutParts(map, { maxMs, skipSilence: false });
const voiced = (map: SoundMap, maxMs: number) => cutParts(map, { maxMs, skipSilence: true });
const startOf = ({ pieces }: AudioPart) => pieces[0]?.startMs ?? Number.NaN;
const endOf = ({ pieces }: AudioPart) => pieces.at(-1)?.endMs ?? Number.NaN;
const startsOf = (parts: readonly AudioPart[]) => parts.map(startOf);

describe("cutting", () => {
  it("leaves a recording whole that is short enough", () => {
    const only = [{ pieces: [{ startMs: 0, endMs: MINUTE }], overlapMs: 0 }];
    expect(whole(pausing(MINUTE, [100, 900]), MINUTE)).toEqual(only);
    expect(whole(sound(0, []), MINUTE)).toEqual([
      { pieces: [{ startMs: 0, endMs: 0 }], overlapMs: 0 },
    ]);
  });

  it("cuts in the middle of a pause", () => {
    expect(startsOf(whole(pausing(90_000, [50_000, 50_400]), MINUTE))).toEqual([0, 50_200]);
  });

  it("takes the late of two good pauses where an early one costs a request", () => {
    const map = pausing(115_000, [20_000, 20_500], [45_000, 45_400], [57_000, 57_400]);
    expect(startsOf(whole(map, MINUTE))).toEqual([0, 57_200]);
  });

  it("takes a good pause of the last third before a later, shorter one", () => {
    const map = pausing(115_000, [45_000, 45_400], [57_000, 57_120], [90_000, 90_500]);
    expect(startsOf(whole(map, MINUTE))).toEqual([0, 45_200, 90_250]);
  });

  it("takes the longest of short pauses", () => {
    const map = pausing(115_000, [50_000, 50_040], [56_000, 56_200], [57_000, 57_050]);
    expect(startsOf(whole(map, MINUTE))).toEqual([0, 56_100]);
  });

  it("finds the quietest spot of a pause, away from the speech", () => {
    const speech = [
      { startMs: 0, endMs: 50_000 },
      { startMs: 51_000, endMs: 90_000 },
    ];
    const level = (atMs: number) => {
      if (atMs < 50_000 || atMs >= 51_000) return 0.1;
      return atMs >= 50_600 && atMs < 50_700 ? 0.0001 : 0.01;
    };
    expect(startsOf(whole(sound(90_000, speech, level), MINUTE))).toEqual([0, 50_650]);
  });

  it("cuts tones, which nobody speaks, where they are silent", () => {
    const tones = sound(3600_000, [], (atMs) => (atMs % 1000 < 700 ? 0.3 : 0));
    const parts = whole(tones, MINUTE);
    expect(parts.length).toBeLessThanOrEqual(61);
    for (const startMs of startsOf(parts).slice(1)) {
      expect(startMs % 1000).toBeGreaterThanOrEqual(750);
      expect(startMs % 1000).toBeLessThanOrEqual(950);
    }
  });

  it("cuts speech without a pause with an overlap, at the quietest spots", () => {
    const speech = [{ startMs: 0, endMs: 100_000 }];
    const level = (atMs: number) =>
      [59_400, 57_800].some((quietMs) => atMs >= quietMs - 50 && atMs < quietMs + 50) ? 0.001 : 0.1;
    expect(whole(sound(100_000, speech, level), MINUTE)).toEqual([
      { pieces: [{ startMs: 0, endMs: 59_400 }], overlapMs: 0 },
      { pieces: [{ startMs: 57_800, endMs: 100_000 }], overlapMs: 1600 },
    ]);
  });

  it("evens out the last parts instead of sending a leftover second", () => {
    const speech = Array.from({ length: 3600 * 3 }, (_, index) => ({
      startMs: index * 1000 + 200,
      endMs: index * 1000 + 800,
    }));
    const parts = whole(sound(3 * 60 * MINUTE + SECOND, speech), 30 * MINUTE);
    expect(parts).toHaveLength(7);
    for (const { pieces } of parts) expect(totalMs(pieces)).toBeGreaterThan(25 * MINUTE);
  });

  it("takes no more requests than it must for an exact multiple of the limit", () => {
    const map = sound(10 * MINUTE, [], () => 0);
    expect(whole(map, MINUTE)).toHaveLength(10);
  });

  it("ends a part with a long silence before speech that nobody interrupts", () => {
    const parts = whole(sound(109_000, [{ startMs: 50_000, endMs: 109_000 }]), MINUTE);
    const [, second] = startsOf(parts);
    expect(second).toBeLessThanOrEqual(50_000);
    expect(second).toBeGreaterThan(45_000);
    expect(parts[1]?.overlapMs).toBe(0);
  });
});

describe("leaving silence out", () => {
  it("sends speech with some silence around, and short silences", () => {
    const speech = [
      { startMs: 100, endMs: 2000 },
      { startMs: 2900, endMs: 4000 },
      { startMs: 10_000, endMs: 12_000 },
    ];
    expect(voiced(sound(20_000, speech), MINUTE)).toEqual([
      {
        pieces: [
          { startMs: 0, endMs: 4300 },
          { startMs: 9700, endMs: 12_300 },
        ],
        overlapMs: 0,
      },
    ]);
  });

  it("cuts where silence was left out, and counts only what is sent", () => {
    const speech = Array.from({ length: 6 }, (_, index) => ({
      startMs: index * 100_000 + 1000,
      endMs: index * 100_000 + 20_400,
    }));
    const parts = voiced(sound(600_000, speech), MINUTE);
    expect(parts.map(({ pieces }) => totalMs(pieces))).toEqual([MINUTE, MINUTE]);
    expect(parts[1]?.pieces[0]).toEqual({ startMs: 300_700, endMs: 320_700 });
  });

  it("makes no part of a recording without speech", () => {
    expect(voiced(sound(600_000, []), MINUTE)).toEqual([]);
    expect(voiced(sound(0, []), MINUTE)).toEqual([]);
  });
});

/** Speech and silence in turn, from syllables to hours of either, at any loudness. */
const recordings = fc
  .record({
    startsWithSpeech: fc.boolean(),
    lengths: fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 40_000 }),
      ),
      { maxLength: 60 },
    ),
    seed: fc.integer(),
    loud: fc.boolean(),
  })
  .map(({ startsWithSpeech, lengths, seed, loud }): SoundMap => {
    const speech: Interval[] = [];
    let atMs = 0;
    for (const [index, lengthMs] of lengths.entries()) {
      if ((index % 2 === 0) === startsWithSpeech) {
        speech.push({ startMs: atMs, endMs: atMs + lengthMs });
      }
      atMs += lengthMs;
    }
    const noise = (timeMs: number) => Math.abs(Math.sin(timeMs * 7919 + seed)) * (loud ? 0.5 : 0);
    return sound(atMs, speech, noise);
  });

const limits = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 300, max: 10_000 }),
  fc.constant(MINUTE),
);
/** A limit that makes no thousands of parts. */
const cases = fc.tuple(recordings, limits).map(([map, maxMs]) => ({
  map,
  maxMs: Math.max(maxMs, Math.ceil(map.durationMs / 500)),
}));

/** The silences of a recording that lie in a stretch of it, or touch it. */
function pausesIn(
  map: SoundMap,
  sounding: readonly Interval[],
  { startMs, endMs }: Interval,
): Interval[] {
  const edges = [
    0,
    ...sounding.flatMap((interval) => [interval.startMs, interval.endMs]),
    map.durationMs,
  ];
  const pauses: Interval[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const pause = { startMs: edges[index] ?? 0, endMs: edges[index + 1] ?? 0 };
    const touches = pause.startMs <= endMs && pause.endMs > startMs;
    if (pause.endMs > pause.startMs && touches) pauses.push(pause);
  }
  return pauses;
}

function checkParts(
  map: SoundMap,
  parts: readonly AudioPart[],
  maxMs: number,
  sounding: readonly Interval[] = map.speech,
): void {
  for (const [index, part] of parts.entries()) {
    expect(totalMs(part.pieces)).toBeLessThanOrEqual(maxMs);
    for (const [at, { startMs, endMs }] of part.pieces.entries()) {
      expect(endMs).toBeGreaterThan(startMs);
      expect(Number.isInteger(startMs) && Number.isInteger(endMs)).toBe(true);
      if (at > 0) expect(startMs).toBeGreaterThan(part.pieces[at - 1]?.endMs ?? Number.NaN);
    }
    const before = parts[index - 1];
    if (before === undefined) {
      expect(part.overlapMs).toBe(0);
      continue;
    }
    expect(startOf(part)).toBeGreaterThan(startOf(before));
    expect(part.overlapMs).toBeLessThanOrEqual(Math.min(2000, maxMs / 3));
    const seamMs = endOf(before);
    if (part.overlapMs > 0) expect(startOf(part)).toBe(seamMs - part.overlapMs);
    else expect(startOf(part)).toBeGreaterThanOrEqual(seamMs);
    const inSpeech = map.speech.some(({ startMs, endMs }) => startMs < seamMs && seamMs < endMs);
    if (part.overlapMs === 0 && !inSpeech) continue;
    // A forced cut: no pause between, but for a short rest of the one that the part begins with.
    const reach = { startMs: startOf(before), endMs: startOf(before) + maxMs };
    for (const pause of before.pieces.length > 1 ? [] : pausesIn(map, sounding, reach)) {
      expect(pause.startMs).toBeLessThanOrEqual(reach.startMs);
      expect(Math.min(pause.endMs, endOf(before))).toBeLessThan(
        reach.startMs + Math.max(1, Math.floor(maxMs / 3)),
      );
    }
  }
}

/** How often each stretch of a recording is sent beyond the stated overlaps. */
function stated(parts: readonly AudioPart[]): Interval[] {
  return parts.flatMap(({ pieces, overlapMs }) =>
    pieces.map(({ startMs, endMs }, index) => ({
      startMs: index === 0 ? startMs + overlapMs : startMs,
      endMs,
    })),
  );
}

describe("what no detector calls speech", () => {
  it("is no pause where it is as loud as speech and goes on", () => {
    const parts = whole(
      sound(3 * MINUTE, [], () => 0.3),
      MINUTE,
    );
    expect(parts.slice(1).every(({ overlapMs }) => overlapMs >= 1000)).toBe(true);
  });

  it("is a pause between tones", () => {
    const tones = (timeMs: number) => (timeMs % 1000 < 700 ? 0.3 : 0);
    const parts = whole(sound(3 * MINUTE, [], tones), MINUTE);
    for (const part of parts.slice(1)) {
      expect(part.overlapMs).toBe(0);
      expect(startOf(part) % 1000).toBeGreaterThanOrEqual(700);
    }
  });

  it("is a pause where it is no more than a hum behind speech", () => {
    const speech = [
      { startMs: 0, endMs: 50_000 },
      { startMs: 58_000, endMs: 100_000 },
    ];
    const hum = (timeMs: number) => (timeMs < 50_000 || timeMs >= 58_000 ? 0.3 : 0.02);
    const [, second] = whole(sound(100_000, speech, hum), MINUTE);
    expect(second?.overlapMs).toBe(0);
  });
});

describe("for any recording and any limit", () => {
  const runs = { numRuns: share(300, 3000) };

  it("the parts cover all of it once, but for the overlaps", () => {
    fc.assert(
      fc.property(cases, ({ map, maxMs }) => {
        fc.pre(map.durationMs > 0);
        const parts = whole(map, maxMs);
        checkParts(map, parts, maxMs, soundingStretches(map, map.speech));
        let coveredMs = 0;
        for (const { startMs, endMs } of stated(parts)) {
          expect(startMs).toBe(coveredMs);
          coveredMs = endMs;
        }
        expect(coveredMs).toBe(map.durationMs);
        expect(whole(map, maxMs)).toEqual(parts);
      }),
      runs,
    );
  });

  it("without silence the parts cover every voiced sample once, but for the overlaps", () => {
    fc.assert(
      fc.property(cases, ({ map, maxMs }) => {
        const parts = voiced(map, maxMs);
        checkParts(map, parts, maxMs);
        const sent = stated(parts);
        for (const [index, { startMs }] of sent.entries()) {
          expect(startMs).toBeGreaterThanOrEqual(sent[index - 1]?.endMs ?? 0);
        }
        for (const { startMs, endMs } of map.speech) {
          const covered = sent.map((piece) => ({
            startMs: Math.max(startMs, piece.startMs),
            endMs: Math.max(startMs, piece.startMs, Math.min(endMs, piece.endMs)),
          }));
          expect(totalMs(covered.filter((piece) => piece.endMs > piece.startMs))).toBe(
            endMs - startMs,
          );
        }
        if (map.speech.length === 0) expect(parts).toEqual([]);
      }),
      runs,
    );
  });

  it("three hours with thousands of pauses are cut without looking at each pause for each part", () => {
    const speech = Array.from({ length: 40_000 }, (_, index) => ({
      startMs: index * 270 + 50,
      endMs: index * 270 + 250,
    }));
    const map = sound(3 * 60 * MINUTE, speech);
    for (const maxMs of [5 * SECOND, MINUTE, 30 * MINUTE]) {
      const parts = whole(map, maxMs);
      expect(parts.length).toBeLessThanOrEqual(Math.ceil((map.durationMs / maxMs) * 1.11));
      expect(endOf(parts.at(-1) ?? { pieces: [], overlapMs: 0 })).toBe(map.durationMs);
    }
  });
});
