import { describe, expect, it } from "vitest";
import { keepingBytes } from "../../../src/jobs/sound/kept-pipe.ts";
import { allBytes, memorySource } from "../../audio/sources.ts";

describe("a pipe that is kept while it passes", () => {
  const bytes = Uint8Array.from({ length: 10 }, (_, index) => index);

  it.each([
    ["as much as may be kept", 10, bytes],
    ["more than may be kept", 9, undefined],
  ])("gives all of it on, and keeps it unless it is more than that: %s", async (_, most, kept) => {
    const pipe = keepingBytes(memorySource(bytes, { pipe: true, cuts: [3, 1] }), most);
    expect(await allBytes(pipe.source.open())).toEqual(bytes);
    expect(pipe.bytes()?.join()).toBe(kept?.join());
  });
});
