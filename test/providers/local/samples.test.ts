import { describe, expect, it } from "vitest";
import { SampleBuffer } from "../../../src/providers/local/samples.ts";

describe("the samples kept", () => {
  it("are addressed by the recording's time, and forgotten from its start", () => {
    const buffer = new SampleBuffer(1_000);
    buffer.push(Float32Array.from({ length: 100 }, (_, index) => index));
    buffer.dropBefore(40);
    buffer.push(Float32Array.from({ length: 50 }, (_, index) => 100 + index));
    expect([...buffer.slice(98, 103)]).toEqual([98, 99, 100, 101, 102]);
    expect([...buffer.slice(0, 42)]).toEqual([40, 41]);
    expect([...buffer.slice(148, 500)]).toEqual([148, 149]);
    expect(buffer.endMs).toBe(150);
    buffer.dropBefore(1_000);
    expect(buffer.endMs).toBe(150);
    expect([...buffer.slice(0, 500)]).toEqual([]);
  });
});
