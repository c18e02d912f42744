/** The JSON Schemas (2020-12) of what asr reads and writes, from what checks it. */
import { z } from "zod";
import { PROVIDER_IDS, PROVIDERS } from "../../providers/registry.ts";
import { configJsonSchema } from "../../settings/schema.ts";
import { eventSchema } from "../../transcript/event-schema.ts";
import { transcriptSchema } from "../../transcript/schema.ts";
import { caseJsonSchema } from "../../verify/case-file.ts";
import type { SchemaName } from "./names.ts";

interface SchemaSource {
  readonly title: string;
  readonly description: string;
  readonly load: () => object;
}

const SOURCES: Readonly<Record<SchemaName, SchemaSource>> = {
  transcript: {
    title: "asr transcript",
    description: "A transcript as asr transcribe -f json writes it. Times are seconds.",
    load: () => z.toJSONSchema(transcriptSchema, { io: "input" }),
  },
  events: {
    title: "asr event",
    description: "One line of what asr transcribe -f jsonl and asr stream -f jsonl write.",
    load: () => z.toJSONSchema(eventSchema, { io: "input" }),
  },
  config: {
    title: "asr settings",
    description: "A settings file: .asrrc, asr.config.json, config.yaml.",
    load: () => configJsonSchema(PROVIDERS),
  },
  case: {
    title: "asr verify case",
    description: "A case of asr verify: NAME.case.yaml.",
    load: () => caseJsonSchema(PROVIDER_IDS),
  },
};

/** Its `$id` names it and is no address: the schema stands nowhere but here. */
export function jsonSchemaOf(name: SchemaName): object {
  const { title, description, load } = SOURCES[name];
  const { $schema, ...body } = withoutSafeIntegers(Object(load()));
  return { $schema, $id: `urn:asr-cli:schema:${name}`, title, description, ...body };
}

/** Where a schema sets no bound, zod names the safe integers: noise to a reader. */
function withoutSafeIntegers(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isNoise = (key: string, item: unknown) =>
    (key === "maximum" || key === "minimum") && Math.abs(Number(item)) === Number.MAX_SAFE_INTEGER;
  return JSON.parse(JSON.stringify(value, (key, item) => (isNoise(key, item) ? undefined : item)));
}
