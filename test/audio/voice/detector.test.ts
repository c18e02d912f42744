import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  SPEECH_RULES,
  SpeechDetector,
  type SpeechInterval,
} from "../../../src/audio/voice/detector.ts";

const FRAME_MS = 32;

function detect(probabilities: readonly number[], durationMs = probabilities.length * FRAME_MS) {
  const detector = new SpeechDetector(FRAME_MS);
  const found: SpeechInterval[] = [];
  for (const probability of probabilities) {
    const interval = detector.push(probability);
    if (interval !== undefined) found.push(interval);
  }
  const last = detector.finish(durationMs);
  if (last !== undefined) found.push(last);
  return found;
}

const frames = (count: number, probability: number) => Array<number>(count).fill(probability);

describe("where speech is found", () => {
  it("pads speech at both ends", () => {
    const heard = [...frames(10, 0), ...frames(10, 0.9), ...frames(10, 0)];
    expect(detect(heard)).toEqual([{ startMs: 320 - 30, endMs: 640 + 30 }]);
  });

  it("keeps a pause of less than 100 ms inside the speech", () => {
    const heard = [...frames(10, 0.9), ...frames(3, 0), ...frames(10, 0.9), ...frames(10, 0)];
    expect(detect(heard)).toEqual([{ startMs: 0, endMs: 23 * FRAME_MS + 30 }]);
  });

  it("cuts at a pause of 100 ms and more", () => {
    const heard = [...frames(10, 0.9), ...frames(4, 0), ...frames(10, 0.9), ...frames(4, 0)];
    expect(detect(heard)).toHaveLength(2);
  });

  it("is not ended by doubt: between the thresholds nothing changes", () => {
    const heard = [...frames(10, 0.9), ...frames(20, 0.4), ...frames(10, 0.9), ...frames(4, 0)];
    expect(detect(heard)).toHaveLength(1);
  });

  it("is not begun by doubt either", () => {
    expect(detect(frames(50, 0.45))).toEqual([]);
  });

  it("takes two frames for a click, three for a word", () => {
    expect(detect([...frames(5, 0), ...frames(2, 1), ...frames(10, 0)])).toEqual([]);
    expect(detect([...frames(5, 0), ...frames(3, 1), ...frames(10, 0)])).toHaveLength(1);
  });

  it("ends speech that lasts to the end with the audio, not with the last frame", () => {
    expect(detect([...frames(5, 0), ...frames(10, 1)], 470)).toEqual([
      { startMs: 130, endMs: 470 },
    ]);
  });

  it("says where the speech began that is not over yet", () => {
    const detector = new SpeechDetector(FRAME_MS);
    for (const probability of [...frames(10, 0), ...frames(2, 1)]) detector.push(probability);
    expect(detector.openSinceMs).toBe(290);
    expect(detector.analysedMs).toBe(12 * FRAME_MS);
    for (const probability of frames(4, 0)) detector.push(probability);
    expect(detector.openSinceMs).toBeUndefined();
  });

  it("finds intervals in order, apart and inside the audio, whatever the probabilities", () => {
    const probability = fc.oneof(
      fc.constant(0),
      fc.constant(1),
      fc.float({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(probability, { maxLength: 300 }), (heard) => {
        let doneMs = 0;
        for (const { startMs, endMs } of detect(heard)) {
          expect(startMs).toBeGreaterThanOrEqual(doneMs);
          expect(endMs - startMs).toBeGreaterThanOrEqual(SPEECH_RULES.minSpeechMs);
          expect(endMs).toBeLessThanOrEqual(heard.length * FRAME_MS);
          doneMs = endMs;
        }
      }),
    );
  });
});
