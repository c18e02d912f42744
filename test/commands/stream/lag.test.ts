import { describe, expect, it } from "vitest";
import { counted, createLagGate } from "../../../src/commands/stream/lag.ts";

/** A gate with a clock that the test sets, and what it told. */
function gateAt(startMs: number) {
  let nowMs = startMs;
  const told: number[] = [];
  const gate = createLagGate(
    () => nowMs,
    (lagMs) => void told.push(lagMs),
  );
  return {
    told,
    gate,
    /** Audio as it is spoken, in pieces of 200 ms. */
    speak(durationMs: number) {
      for (let spokenMs = 0; spokenMs < durationMs; spokenMs += 200) {
        nowMs += 200;
        gate.came(200);
      }
    },
    later(ms: number) {
      nowMs += ms;
    },
  };
}

describe("the lag of a pipe", () => {
  it("is told of what comes as it is spoken, also where the pipe was full at first", () => {
    const { gate, speak, told } = gateAt(1000);
    gate.came(2000);
    speak(6000);
    gate.lag(3000);
    gate.lag(4000);
    gate.lag(0);
    expect(told).toEqual([3000, 4000, 0]);
  });

  it("is not told of what comes faster than it can be spoken, however slow it gets then", () => {
    const { gate, later, told } = gateAt(0);
    gate.came(6000);
    gate.lag(2500);
    later(60_000);
    gate.came(200);
    gate.lag(60_000);
    expect(told).toEqual([]);
  });

  it("is told once that is sure, and taken back where it was none", () => {
    const { gate, speak, told } = gateAt(0);
    speak(2000);
    gate.lag(2500);
    speak(3000);
    expect(told).toEqual([]);
    speak(400);
    expect(told).toEqual([2500]);
    gate.came(9000);
    gate.lag(9000);
    expect(told).toEqual([2500, 0]);
  });

  it("forgives a source that paused no leap", () => {
    const { gate, speak, later, told } = gateAt(0);
    speak(6000);
    later(60_000);
    gate.came(6000);
    gate.lag(3000);
    expect(told).toEqual([]);
  });
});

it("audio is counted as it passes", async () => {
  async function* chunks() {
    yield new Uint8Array(320);
    yield new Uint8Array(32);
  }
  const came: number[] = [];
  const sizes: number[] = [];
  for await (const { length } of counted(chunks(), 32, (ms) => void came.push(ms))) {
    sizes.push(length);
  }
  expect({ came, sizes }).toEqual({ came: [10, 1], sizes: [320, 32] });
});
