import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digesting } from "../../src/audio/digest.ts";
import { openRecording } from "../../src/audio/open.ts";
import { buildWav, noiseBytes } from "./build-wav.ts";
import { allBytes, failure, memorySource } from "./sources.ts";

const bytes = noiseBytes("u8", 10_000);
const expected = createHash("sha256").update(bytes).digest("hex");

describe("the checksum of an input", () => {
  it.each([false, true])(
    "is taken while it is read, and costs no other pass (pipe: %s)",
    async (pipe) => {
      const original = memorySource(bytes, { pipe, cuts: [999] });
      const { source, sha256 } = digesting(original);
      expect(await allBytes(source.open())).toEqual(bytes);
      expect(await sha256()).toBe(expected);
      expect(await sha256()).toBe(expected);
      expect(original.readBytes()).toBe(bytes.length);
    },
  );

  it.each([false, true])("reads what nobody has read (pipe: %s)", async (pipe) => {
    const { sha256 } = digesting(memorySource(bytes, { pipe, cuts: [999] }));
    expect(await sha256()).toBe(expected);
  });

  it.each([false, true])("reads the rest of what was left early (pipe: %s)", async (pipe) => {
    const original = memorySource(bytes, { pipe, cuts: [999] });
    const { source, sha256 } = digesting(original);
    for await (const _ of source.open()) if (original.readBytes() > 3000) break;
    expect(await sha256()).toBe(expected);
    expect(original.openPasses()).toBe(0);
  });

  it("is right whatever passes came before, side by side or cut short", async () => {
    const order = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 40 });
    const sizes = fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(order, sizes, async (turns, cuts) => {
        // Each pass is cut in its own way.
        let opened = 0;
        const original = {
          ...memorySource(bytes),
          open: () => memorySource(bytes, { cuts: [cuts[opened++] ?? 500, 77] }).open(),
        };
        const { source, sha256 } = digesting(original);
        const passes = [0, 1, 2].map(() => source.open()[Symbol.asyncIterator]());
        for (const turn of turns) await passes[turn]?.next();
        for (const open of passes) await open.return?.();
        expect(await sha256()).toBe(expected);
      }),
      { numRuns: 50, seed: 11 },
    );
  });

  it("does not count stretches, whose beginning nobody read", async () => {
    const { source, sha256 } = digesting(memorySource(bytes, { cuts: [999] }));
    const stretch = await allBytes(source.openStretch?.(3000, 5000) ?? source.open());
    expect(stretch).toEqual(bytes.subarray(3000, 5000));
    for await (const _ of source.open()) break;
    await allBytes(source.openStretch?.(0, 9000) ?? source.open());
    expect(await sha256()).toBe(expected);
  });

  it("says what the input itself does: its path, and stretches where there are any", () => {
    expect(digesting({ ...memorySource(bytes), path: "/talk.wav" }).source.path).toBe("/talk.wav");
    const piped = digesting(memorySource(bytes, { pipe: true })).source;
    expect(piped.openStretch).toBeUndefined();
    expect("path" in piped).toBe(false);
  });

  it("covers the chunks behind the samples of a recording from a pipe", async () => {
    const wav = buildWav({
      encoding: "u8",
      channels: 1,
      sampleRate: 8000,
      data: bytes,
      after: [{ id: "LIST", body: bytes }],
    });
    const original = memorySource(wav, { pipe: true, cuts: [4096] });
    const { source, sha256 } = digesting(original);
    const recording = await openRecording(source);
    expect(await allBytes(recording.samples())).toEqual(bytes);
    expect(await sha256()).toBe(createHash("sha256").update(wav).digest("hex"));
    expect(original.openPasses()).toBe(0);
  });

  it("lets go of a pipe that was left early when nobody wants it any more", async () => {
    const original = memorySource(bytes, { pipe: true, cuts: [999] });
    const { source, close } = digesting(original);
    for await (const _ of source.open()) break;
    expect(original.openPasses()).toBe(1);
    await close();
    expect(original.openPasses()).toBe(0);
  });

  it("can't be told of a pipe that was stopped", async () => {
    const controller = new AbortController();
    const { source, sha256 } = digesting(memorySource(bytes, { pipe: true, cuts: [10] }));
    await expect(async () => {
      for await (const _ of source.open(controller.signal)) controller.abort(new Error("enough"));
    }).rejects.toThrow("enough");
    expect((await failure(sha256())).text).toContain("it was not read to its end");
  });
});
