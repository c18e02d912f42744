/** `asr schema`: JSON Schema of what asr reads and writes. */
import type { Command } from "commander";
import { usageError } from "../errors.ts";
import { PROVIDER_IDS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import { SCHEMA_NAMES, type SchemaName } from "./schema/names.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

const EXAMPLES = `
Examples:
  $ asr schema config > asr.schema.json
  $ asr schema events | jq '.oneOf[].properties.type.const'`;

export function register(program: Command, world: World): void {
  const command = program
    .command("schema")
    .summary("JSON Schema of transcripts, events, settings and cases")
    .description(
      "Print the JSON Schema (2020-12) of a JSON transcript, a line of JSON Lines, a settings file " +
        "or a case of asr verify.",
    )
    .addHelpText("after", EXAMPLES);
  const name = command
    .createArgument("<NAME>", "what the schema is of")
    .choices(SCHEMA_NAMES)
    .argParser(schemaName);
  command.addArgument(name);
  const givenFlags = addOptions(command, "schema", PROVIDER_IDS);
  command.action(async (known: SchemaName) => {
    await commandSettings("schema", givenFlags(), world);
    const { jsonSchemaOf } = await import("./schema/json-schema.ts");
    await world.stdout.write(`${JSON.stringify(jsonSchemaOf(known), undefined, 2)}\n`);
  });
}

/** @throws AsrError kind "usage" for a name that is none */
function schemaName(text: string): SchemaName {
  const known = SCHEMA_NAMES.find((name) => name === text);
  if (known !== undefined) return known;
  throw usageError(`unknown schema "${text}"`, `use one of ${SCHEMA_NAMES.join(", ")}`);
}
