import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openRecording } from "../../src/audio/open.ts";
import { LongHeaderError } from "../../src/audio/passes.ts";
import { type PlanRequest, withPrepared } from "../../src/jobs/prepared-input.ts";
import { compressedBytes } from "../audio/compressed/fixtures.ts";
import { allBytes, type MemorySource, memorySource } from "../audio/sources.ts";
import { plainContext } from "../providers/plain-context.ts";
import { fakeProvider, SETTINGS, WISHES, workplace } from "./fake-provider.ts";
import { temporaryFolder } from "./place.ts";

const CUTS = [256 * 1024];
const INPUT = { name: "-", relativePath: "-", explicit: true };

/** An M4A file whose index comes behind so much else that a pipe of it is not kept so far. */
function indexAtTheEnd(): Uint8Array {
  const bytes = Buffer.from(compressedBytes("en-librivox-0890.m4a"));
  const index = bytes.indexOf("moov", 0, "latin1") - 4;
  const free = Buffer.alloc(17 * 1024 * 1024);
  free.writeUInt32BE(free.length);
  free.write("free", 4, "latin1");
  return new Uint8Array(Buffer.concat([bytes.subarray(0, index), free, bytes.subarray(index)]));
}

/** Of this machine; of M4A it takes what it is given as it is. */
const provider = fakeProvider({
  capabilities: {
    ...fakeProvider().capabilities,
    accepts: [{ container: "m4a", encodings: ["aac"] }],
  },
});

function requestOf(source: MemorySource, folder: string): PlanRequest {
  return {
    ...workplace({ temporaryFolder: folder }),
    openSource: async () => source,
    recogniserOf: () => ({ provider, settings: SETTINGS, context: plainContext() }),
    wishes: WISHES,
    strict: false,
    rawFormatOf: () => undefined,
    signal: new AbortController().signal,
  };
}

describe("a pipe whose index is at its end", () => {
  it.each([
    ["further away than is kept of a pipe", indexAtTheEnd()],
    ["near", compressedBytes("en-librivox-0890.m4a")],
  ])("%s, is read as a file, whole and with its checksum", async (_, bytes) => {
    const folder = temporaryFolder();
    const source = memorySource(bytes, { name: "-", pipe: true, cuts: CUTS });
    await withPrepared(requestOf(source, folder), INPUT, async ({ job }) => {
      const { recording } = job;
      expect(recording).toMatchObject({ name: "-", reopenable: true });
      expect(recording.facts.durationMs).toBeGreaterThan(5280);
      expect(Buffer.compare(await allBytes(recording.bytes()), bytes)).toBe(0);
      expect(await job.sha256()).toBe(createHash("sha256").update(bytes).digest("hex"));
      expect(readdirSync(folder)).toHaveLength(1);
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(source.openPasses()).toBe(0);
  });

  it("is let go of where nobody asked to have it kept", async () => {
    const source = memorySource(indexAtTheEnd(), { name: "-", pipe: true, cuts: CUTS });
    await expect(openRecording(source)).rejects.toThrow(LongHeaderError);
    expect(source.openPasses()).toBe(0);
  });

  it("is let go of where it is no recording after all, and nothing is left behind", async () => {
    const folder = temporaryFolder();
    const broken = indexAtTheEnd().fill(0, 17 * 1024 * 1024);
    const source = memorySource(broken, { name: "-", pipe: true, cuts: CUTS });
    const work = withPrepared(requestOf(source, folder), INPUT, async () => {});
    await expect(work).rejects.toThrow("is not a recording");
    expect(readdirSync(folder)).toEqual([]);
    expect(source.openPasses()).toBe(0);
  });
});
