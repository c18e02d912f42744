import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Input } from "../../../src/jobs/inputs/inputs.ts";
import { type OutputRequest, planOutputs } from "../../../src/jobs/outputs/outputs.ts";
import { portableName } from "../../../src/jobs/outputs/portable-name.ts";

const SRT = { name: "srt", extension: "srt" };
const JSON_FORMAT = { name: "json", extension: "json" };

function input(name: string): Input {
  return { name, path: path.resolve("/in", name), relativePath: name, explicit: true };
}

function plan(request: Partial<OutputRequest> & Pick<OutputRequest, "inputs" | "output">) {
  return planOutputs({
    several: request.inputs.length > 1,
    formats: [SRT],
    knownExtensions: ["srt", "json", "txt"],
    outputIsFolder: false,
    workingFolder: "/out",
    keepExtension: false,
    ...request,
  }).map((files) => files.map((file) => file.path));
}

describe("planOutputs", () => {
  it("writes one input in one format to exactly the path that was given", () => {
    expect(plan({ inputs: [input("a.wav")], output: "talk.final" })).toEqual([["/out/talk.final"]]);
  });

  it("replaces a format's extension where one input goes into several formats", () => {
    const formats = [SRT, JSON_FORMAT];
    expect(plan({ inputs: [input("a.wav")], output: "talk.srt", formats })).toEqual([
      ["/out/talk.srt", "/out/talk.json"],
    ]);
    expect(plan({ inputs: [input("a.wav")], output: "talk.final", formats })).toEqual([
      ["/out/talk.final.srt", "/out/talk.final.json"],
    ]);
  });

  it("keeps the path below a folder", () => {
    const inputs = [input("mon/a.wav"), input("tue/a.wav")];
    expect(plan({ inputs, output: "subs", outputIsFolder: true })).toEqual([
      ["/out/subs/mon/a.srt"],
      ["/out/subs/tue/a.srt"],
    ]);
  });

  it("keeps the audio's extension on request", () => {
    const request = { output: "subs", outputIsFolder: true, keepExtension: true };
    expect(plan({ inputs: [input("a.wav")], ...request })).toEqual([["/out/subs/a.wav.srt"]]);
  });

  it.each([
    ["a.wav", "a.mp3", /--keep-extension/],
    ["A.wav", "a.wav", /^(?!.*--keep-extension).*different folders/],
    ["caf\u00e9.wav", "cafe\u0301.wav", /^(?!.*--keep-extension).*different folders/],
  ])("refuses %s and %s, which would write one path", (one, other, hint) => {
    const inputs = [input(one), input(other)];
    expect(() => plan({ inputs, output: "subs", outputIsFolder: true })).toThrow(
      expect.objectContaining({
        kind: "usage",
        message: expect.stringContaining(one),
        details: expect.objectContaining({ hint: expect.stringMatching(hint) }),
      }),
    );
  });

  it("refuses several inputs for one file", () => {
    expect(() => plan({ inputs: [input("a.wav"), input("b.wav")], output: "all.srt" })).toThrow(
      expect.objectContaining({ kind: "usage" }),
    );
  });

  it("never lets a result overwrite its input", () => {
    expect(() => plan({ inputs: [input("a.wav")], output: "/in/a.wav" })).toThrow(
      expect.objectContaining({ kind: "usage" }),
    );
  });
});

describe("portableName", () => {
  it.each([
    ["10:30 call?.wav", "10_30 call_.wav"],
    ["con", "con_"],
    ["NUL.txt", "NUL_.txt"],
    ["ends. ", "ends__"],
    ["会议.wav", "会议.wav"],
  ])("turns %j into %j", (name, portable) => {
    expect(portableName(name)).toBe(portable);
  });
});
