import { globSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { load as loadYaml } from "js-yaml";
import { describe, expect, it } from "vitest";
import { SCHEMA_NAMES, type SchemaName } from "../../src/commands/schema/names.ts";
import { AsrError } from "../../src/errors.ts";
import { jsonl } from "../../src/formats/jsonl.ts";
import { readStored } from "../../src/formats/reading/read.ts";
import { PROVIDER_IDS } from "../../src/providers/registry.ts";
import type { JobEvent } from "../../src/transcript/events.ts";
import { readTranscript, transcriptToJson } from "../../src/transcript/json.ts";
import { eventsOf } from "../../src/transcript/replay.ts";
import { readCaseFile } from "../../src/verify/case-file.ts";
import { asrInProcess } from "../cli/in-process.ts";
import { ROOT, temporaryFolder } from "../cli/run.ts";
import { anySegment, anyTranscript } from "../transcript/arbitraries.ts";

async function schemaOf(name: SchemaName) {
  const { code, stdout, stderr } = await asrInProcess(["schema", name]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

async function validatorOf(name: SchemaName) {
  return new Ajv2020({ strict: true, strictTypes: false }).compile(await schemaOf(name));
}

const texts = (pattern: string): [string, string][] =>
  globSync(pattern, { cwd: ROOT }).map((name) => [
    name,
    readFileSync(path.join(ROOT, name), "utf8"),
  ]);

const isFine = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch {
    return false;
  }
};

describe("asr schema", () => {
  it.each(SCHEMA_NAMES)(
    "prints %s as JSON Schema 2020-12 with a name and a title",
    async (name) => {
      expect(await schemaOf(name)).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: `urn:asr-cli:schema:${name}`,
        title: expect.stringMatching(/^asr /),
        description: expect.any(String),
      });
    },
  );

  it("refuses another name and says which there are", async () => {
    const { code, stdout, stderr } = await asrInProcess(["schema", "subtitles"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('unknown schema "subtitles"');
    expect(stderr).toContain(SCHEMA_NAMES.join(", "));
  });

  it("works whatever a settings file says", async () => {
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, ".asrrc"), "nonsense: 1\n");
    expect((await asrInProcess(["schema", "config"], { cwd })).code).toBe(0);
  });
});

describe("the schema of a transcript", () => {
  it("takes every JSON transcript of the fixtures", async () => {
    const validate = await validatorOf("transcript");
    const files = [
      ...texts("fixtures/cases/**/*.expected.json"),
      ...texts("fixtures/formats/*.json"),
    ];
    expect(files.length).toBeGreaterThan(7);
    for (const [name, text] of files) {
      expect(validate(JSON.parse(text)), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true);
      expect(
        isFine(() => readTranscript(text)),
        name,
      ).toBe(true);
    }
  });

  it("takes whatever the writer writes, and of changed ones what the reader takes", async () => {
    const validate = await validatorOf("transcript");
    const odd = fc.constantFrom(null, true, -1, 0, 1, 1.5, "x", [], {}, [1], [{}], undefined);
    const change = fc.tuple(fc.nat(), odd);
    fc.assert(
      fc.property(anyTranscript, change, (transcript, [at, value]) => {
        const written = JSON.parse(JSON.stringify(transcriptToJson(transcript)));
        expect(validate(written), JSON.stringify(validate.errors)).toBe(true);
        // One key of the document, or of its first segment or its usage, becomes something else.
        const { segments, usage } = written;
        const places = [written, segments[0], usage].flatMap((holder) =>
          Object.keys(holder ?? {}).map((key) => ({ holder, key })),
        );
        const place = places[at % places.length];
        if (place === undefined) return;
        place.holder[place.key] = value;
        const text = JSON.stringify(written);
        expect(validate(JSON.parse(text)), text).toBe(isFine(() => readTranscript(text)));
      }),
    );
  });
});

describe("the schema of events", () => {
  const linesOf = (events: Iterable<JobEvent>): unknown[] => {
    const writer = jsonl.open({});
    const text = Array.from(events, (event) => writer.write(event)).join("");
    return text.split("\n").flatMap((line): unknown[] => (line === "" ? [] : [JSON.parse(line)]));
  };

  it("takes the lines of the fixtures, and so does the reader", async () => {
    const validate = await validatorOf("events");
    const files = texts("fixtures/formats/*.jsonl");
    expect(files).not.toEqual([]);
    for (const [name, text] of files) {
      expect((await readStored(text, async () => [])).segments.length, name).toBeGreaterThan(0);
      for (const line of text.trimEnd().split("\n")) {
        expect(validate(JSON.parse(line)), `${name}: ${JSON.stringify(validate.errors)}`).toBe(
          true,
        );
      }
    }
  });

  it("takes whatever the writer writes", async () => {
    const validate = await validatorOf("events");
    const check = (line: unknown) =>
      expect(validate(line), JSON.stringify([line, validate.errors])).toBe(true);
    fc.assert(
      fc.property(anyTranscript, anySegment(), fc.boolean(), (transcript, segment, isBare) => {
        const error = new AsrError("network", "the upload took too long", {
          ...(isBare ? {} : { reason: "r", hint: "h", vendorCode: 4008, requestId: "a" }),
        });
        const more: JobEvent[] = [
          { type: "partial", segment },
          { type: "progress", audioMs: 10, ...(isBare ? {} : { lagMs: 5 }) },
          { type: "warning", warning: { code: "no-speech", message: "nothing was heard" } },
          { type: "error", error },
        ];
        for (const line of [...linesOf(eventsOf(transcript)), ...linesOf(more)]) check(line);
      }),
    );
  });

  it.each([
    [{ type: "final", start: 0, end: 1, text: "no id" }],
    [{ type: "partial", start: 0, end: 1 }],
    [{ type: "error", code: "nonsense", message: "x", retryable: false }],
    [{ type: "progress" }],
    [{ type: "word", start: 0, end: 1, text: "x" }],
    [{ start: 0, end: 1, text: "x" }],
  ])("refuses %j", async (line) => {
    expect((await validatorOf("events"))(line)).toBe(false);
  });
});

describe("the schema of settings", () => {
  it("may be named in the file", async () => {
    const cwd = temporaryFolder();
    const settings = { $schema: "./asr.schema.json", language: "zh" };
    expect((await validatorOf("config"))(settings)).toBe(true);
    await writeFile(path.join(cwd, ".asrrc.json"), JSON.stringify(settings));
    const { code, stdout, stderr } = await asrInProcess(["config", "show", "--json"], { cwd });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).not.toContain("$schema");
  });
});

describe("the schema of a case", () => {
  it("takes the fixtures and the documented case", async () => {
    const validate = await validatorOf("case");
    const [, documented = ""] =
      /^```yaml\n(.*?)^```/ms.exec(readFileSync(path.join(ROOT, "docs/verify.md"), "utf8")) ?? [];
    const files = [...texts("fixtures/cases/**/*.case.yaml"), ["docs/verify.md", documented]];
    expect(files.length).toBeGreaterThan(8);
    for (const [name = "", text = ""] of files) {
      expect(validate(loadYaml(text)), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  it.each([
    [{ audio: "talk.wav", options: { language: "zh", words: true, set: { a: 1 } } }, true],
    [{ audio: "talk.wav", expected: "a.srt", tags: ["x"], max_wer: 0.1 }, true],
    [{ expected: "a.srt" }, false],
    [{ audio: "" }, false],
    [{ audio: "talk.wav", provider: "nobody" }, false],
    [{ audio: "talk.wav", options: { rate: 0 } }, false],
    [{ audio: "talk.wav", options: { proxy: "http://x" } }, false],
    [{ audio: "talk.wav", max_wer: -1 }, false],
    [{ audio: "talk.wav", normalize: ["nothing"] }, false],
    [{ audio: "talk.wav", max_were: 1 }, false],
  ])("says of %j what asr verify says: %j", async (data, valid) => {
    const text = JSON.stringify(data);
    const read = await readCaseFile("x.case.yaml", text, PROVIDER_IDS).then(
      () => true,
      () => false,
    );
    expect([(await validatorOf("case"))(data), read]).toEqual([valid, valid]);
  });
});
