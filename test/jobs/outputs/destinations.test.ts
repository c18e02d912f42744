import { link, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import type { WritableFormat } from "../../../src/jobs/outputs/destination.ts";
import {
  type DestinationRequest,
  openDestinations,
} from "../../../src/jobs/outputs/destinations.ts";
import { sinkContext, temporaryFolder } from "../place.ts";

const TXT: WritableFormat = {
  name: "txt",
  extension: "txt",
  sharing: { separator: "\n", interleaved: false },
  open: () => ({ write: (event) => (event.type === "progress" ? "text\n" : "") }),
};
const JSONL: WritableFormat = { ...TXT, name: "jsonl", extension: "jsonl", grows: true };

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

async function destinations(inputs: string[], changes: Partial<DestinationRequest>) {
  let names = 0;
  const { openSink } = await openDestinations({
    inputs: inputs.map((name) => ({
      name,
      path: path.join(folder, name),
      relativePath: name,
      explicit: true,
    })),
    several: inputs.length > 1,
    formats: [TXT],
    knownExtensions: ["txt", "jsonl"],
    workingFolder: folder,
    keepExtension: false,
    force: true,
    writeToStream: async () => {},
    uniqueName: () => `${names++}`,
    ...changes,
  });
  return openSink;
}

const usage = (...words: string[]) => ({
  kind: "usage",
  exitCode: 2,
  message: expect.stringMatching(new RegExp(words.join(".*"))),
});

describe("results never destroy a recording", () => {
  beforeEach(async () => {
    await writeFile(path.join(folder, "talk.wav"), "sound");
    await symlink("talk.wav", path.join(folder, "link.wav"));
    await symlink(".", path.join(folder, "here"));
    await link(path.join(folder, "talk.wav"), path.join(folder, "hard.wav"));
  });

  it.each([
    ["talk.wav", "link.wav"],
    ["link.wav", "talk.wav"],
    ["talk.wav", "here/talk.wav"],
    ["talk.wav", "hard.wav"],
  ])("not %s by -o %s", async (input, output) => {
    for (const format of [TXT, JSONL]) {
      const opening = destinations([input], { output, formats: [format] });
      await expect(opening).rejects.toMatchObject(usage("overwrite", input));
    }
    expect(await readFile(path.join(folder, "talk.wav"), "utf8")).toBe("sound");
  });

  it("not one of several, through a link in the output folder", async () => {
    await mkdir(path.join(folder, "out"));
    await symlink("../talk.wav", path.join(folder, "out", "talk.txt"));
    const opening = destinations(["other.wav", "talk.wav"], { output: "out" });
    await expect(opening).rejects.toMatchObject(usage("overwrite"));
  });
});

describe("two results never share a place", () => {
  it.each([
    ["a link to the other", "a.txt", "out/b.txt"],
    ["a link to one that is still to be made", "none.txt", "out/b.txt"],
  ])("by %s", async (_, target, other) => {
    await mkdir(path.join(folder, "out"));
    if (target === "a.txt") await writeFile(path.join(folder, "out", "a.txt"), "");
    else await symlink(target, path.join(folder, "out", "a.txt"));
    await symlink(target, path.join(folder, other));
    const opening = destinations(["a.wav", "b.wav"], { output: "out" });
    await expect(opening).rejects.toMatchObject(usage("a.wav", "b.wav"));
  });

  it("but two formats may go nowhere", async () => {
    await symlink("/dev/null", path.join(folder, "a.txt"));
    await symlink("/dev/null", path.join(folder, "a.jsonl"));
    await expect(
      destinations(["a.wav"], { output: "a.txt", formats: [TXT, JSONL] }),
    ).resolves.toEqual(expect.any(Function));
  });
});

describe("-o /dev/stdout", () => {
  it.each(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "out"])(
    "%s is the stream",
    async (output) => {
      await symlink("/dev/stdout", path.join(folder, "out"));
      let written = "";
      const openSink = await destinations(["a.wav", "b.wav"], {
        output,
        writeToStream: async (text) => {
          written += text;
        },
      });
      for (const index of [0, 1]) {
        const input = { name: "a.wav", relativePath: "a.wav", explicit: true };
        const sink = openSink(input, index, sinkContext());
        await sink.write({ type: "progress", audioMs: 0 });
        await sink.commit();
      }
      expect(written).toBe("text\n\ntext\n");
    },
  );
});

describe("a broken stream", () => {
  it("stops the run: nothing more is to be paid for", async () => {
    const openSink = await destinations(["a.wav", "b.wav"], {
      writeToStream: () => Promise.reject(new AsrError("output", "can't write to the output")),
    });
    const input = { name: "a.wav", relativePath: "a.wav", explicit: true };
    const writing = openSink(input, 0, sinkContext()).write({ type: "progress", audioMs: 0 });
    await expect(writing).rejects.toMatchObject({
      exitCode: 10,
      details: { stopsBatch: true, hint: expect.any(String) },
    });
  });
});

describe("hundreds of results", () => {
  const inputs = Array.from({ length: 200 }, (_, index) => `talk-${index}.wav`);
  const withName = (name: string) => [...inputs, name];

  it("are looked at as one is: links, folders in the way, long names", async () => {
    await mkdir(path.join(folder, "out", "way.txt"), { recursive: true });
    await writeFile(path.join(folder, "talk-7.wav"), "sound");
    await expect(destinations(withName("way.wav"), { output: "out" })).rejects.toMatchObject({
      exitCode: 10,
    });
    const long = `${"n".repeat(252)}.wav`;
    await expect(destinations(withName(long), { output: "new" })).rejects.toMatchObject({
      exitCode: 10,
    });
    await symlink("../talk-7.wav", path.join(folder, "out", "talk-9.txt"));
    const opening = destinations(inputs, { output: "out" });
    await expect(opening).rejects.toMatchObject(usage("talk-9", "overwrite", "talk-7"));
  });

  it("go into a folder that is still to be made, below a link", async () => {
    await mkdir(path.join(folder, "real"));
    await symlink("real", path.join(folder, "linked"));
    const opening = destinations(inputs, { output: "linked/new/" });
    await expect(opening).resolves.toEqual(expect.any(Function));
  });
});
