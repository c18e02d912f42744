import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { formatNamed } from "../../../src/formats/table.ts";
import { openLiveSink } from "../../../src/jobs/outputs/live-destinations.ts";
import type { JobEvent } from "../../../src/transcript/events.ts";
import { temporaryFolder } from "../../cli/run.ts";

const final = (text: string): JobEvent => ({
  type: "final",
  segment: { text, startMs: 0, endMs: 1000 },
});
const full = new AsrError("output", "can't write to the output", { reason: "ENOSPC" });

/** A file beside a screen that fails from its second text on. */
async function open() {
  const folder = temporaryFolder();
  const shown: string[] = [];
  const sink = await openLiveSink(
    {
      input: { name: "-", relativePath: "stdin", explicit: true },
      formats: [formatNamed("txt")],
      screenFormat: formatNamed("txt"),
      knownExtensions: ["txt"],
      output: "talk.txt",
      workingFolder: folder,
      force: false,
      uniqueName: () => "unique",
      writeToStream: async (text) => {
        if (shown.length > 0) throw full;
        shown.push(text);
      },
    },
    {
      signal: new AbortController().signal,
      clock: { sleep: async () => {} },
      onExit: () => () => {},
    },
  );
  return { sink, shown, text: () => readFile(path.join(folder, "talk.txt"), "utf8") };
}

describe("a live result in a file, beside a screen that fails", () => {
  it("goes on to its end; then the failure is told", async () => {
    const { sink, shown, text } = await open();
    for (const word of ["one.", "two.", "three."]) await sink.write(final(word));
    expect(await text()).toBe("one.\ntwo.\nthree.\n");
    await expect(sink.commit()).rejects.toMatchObject({
      kind: "output",
      details: { reason: "ENOSPC" },
    });
    expect(shown).toEqual(["one.\n"]);
    expect(await sink.keep()).toEqual([]);
    expect(await text()).toBe("one.\ntwo.\nthree.\n");
  });

  it("is kept where the job fails", async () => {
    const { sink, text } = await open();
    for (const word of ["one.", "two."]) await sink.write(final(word));
    await sink.keep();
    expect(await text()).toBe("one.\ntwo.\n");
  });
});
