import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { bundleProgram } from "../../scripts/binary/program.ts";
import { RENEWABLE } from "../../src/installation/import-anew.ts";
import { AUDIO, ownFolder } from "./run.ts";

type Library = typeof import("@audio/decode-amr");

describe("a library in the binary that is evaluated anew after a fault", () => {
  it("stands alone, and decodes", async () => {
    const { files } = await bundleProgram(ownFolder());
    const code = readFileSync(files[RENEWABLE["@audio/decode-amr"]] ?? "", "utf8");
    const module = { exports: {} };
    const run = runInThisContext(`(function (module, exports, require) {${code}\n})`);
    run(module, module.exports, createRequire(process.execPath));
    const decoder = await (module.exports as Library).decoder();
    const bytes = readFileSync(path.join(AUDIO, "compressed", "en-librivox-0890.amr"));
    expect(decoder.decode(bytes).sampleRate).toBe(8000);
  });
});
