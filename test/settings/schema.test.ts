import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load as loadYaml } from "js-yaml";
import { describe, expect, it } from "vitest";
import { generatedFiles } from "../../scripts/generate.ts";
import { PROVIDERS as REAL_PROVIDERS } from "../../src/providers/registry.ts";
import { exampleConfig } from "../../src/settings/example.ts";
import { mayComeFrom, OPTION_ROWS } from "../../src/settings/options.ts";
import { configJsonSchema, fileSchema } from "../../src/settings/schema.ts";
import { complaint, load, PROVIDERS, temporaryWorld } from "./world.ts";

/** The example with every key in force. */
function uncommented(text: string): string {
  return text.replaceAll(/^#(?! \S)/gm, "");
}

const validator = (providers = PROVIDERS) =>
  new Ajv2020({ strict: true, strictTypes: false }).compile(Object(configJsonSchema(providers)));

describe("the example file", () => {
  it.each([
    ["with its defaults", (text: string) => text],
    ["with every key in force", uncommented],
  ])("is valid %s, by the JSON Schema and by us", async (_, edit) => {
    const text = edit(exampleConfig(PROVIDERS, true));
    const data = loadYaml(text);
    const validate = validator();
    expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
    const world = await temporaryWorld();
    await world.write("home/.config/asr/config.yaml", text);
    for (const { credentials } of PROVIDERS) {
      for (const { variable } of credentials) world.environment[`MY_${variable}`] = "x";
    }
    expect((await load(world)).values.channels).toBe("mix");
  });

  it("has every key", () => {
    const data = Object(loadYaml(uncommented(exampleConfig(PROVIDERS, false))));
    const keys = OPTION_ROWS.filter((row) => mayComeFrom(row, "file")).map((row) => row.key);
    expect(Object.keys(data).toSorted()).toEqual(
      [...keys, "profiles", "providers", "vendors"].toSorted(),
    );
    expect(Object.keys(data.vendors.acme)).toEqual([
      "appId",
      "secretKey",
      "token",
      "baseUrl",
      "concurrency",
      "requestsPerSecond",
      "account",
      "signedHost",
    ]);
    expect(Object.keys(data.providers.bolt)).toContain("pricePerHour");
  });

  it("sets nothing but defaults as it is committed, and nothing at all as it is written", () => {
    const defaults = Object.fromEntries(
      OPTION_ROWS.filter((row) => mayComeFrom(row, "file")).flatMap((row) =>
        row.default === undefined || row.example !== undefined ? [] : [[row.key, row.default]],
      ),
    );
    expect(loadYaml(exampleConfig(REAL_PROVIDERS, true))).toEqual(defaults);
    expect(exampleConfig(REAL_PROVIDERS, false)).not.toMatch(/^[^#\n]/m);
  });
});

describe("the JSON Schema", () => {
  it.each([
    [{ language: "zh", rate: 8000, format: ["srt"] }, true],
    [{ format: "srt,vtt" }, true],
    [{ format: " srt , ,vtt," }, true],
    [{ format: "srt" + ",$" + "{env:FORMAT}" }, true],
    [{ hotword: "a:1, b c" }, true],
    [{ normalize: "" }, true],
    [{ format: "srt,xyz" }, false],
    [{ format: "srt vtt" }, false],
    [{ format: "" }, false],
    [{ format: [] }, false],
    [{ rate: "$" + "{env:RATE}" }, true],
    [{ profiles: { any: { words: true, providers: { bolt: { set: { a: 1, b: "x" } } } } } }, true],
    [{ rate: 0 }, false],
    [{ rate: 1.5 }, false],
    [{ rate: "8000" }, false],
    [{ words: "yes" }, false],
    [{ format: ["xyz"] }, false],
    [{ provider: "nobody" }, false],
    [{ languge: "zh" }, false],
    [{ profile: "x" }, false],
    [{ profiles: { any: { profiles: {} } } }, false],
    [{ vendors: { acme: { appId: 123 } } }, false],
    [{ vendors: { bolt: { signedHost: "x.example" } } }, false],
    [{ providers: { local: { baseUrl: "https://x.example" } } }, false],
  ])("says of %j what the program says: %j", async (data, valid) => {
    expect(validator()(data)).toBe(valid);
    expect(fileSchema(PROVIDERS).safeParse(data).success).toBe(valid);
    const world = await temporaryWorld();
    world.environment.RATE = "8000";
    world.environment.FORMAT = "vtt";
    await world.write("home/.config/asr/config.json", data);
    expect((await complaint(load(world))) === "0").toBe(valid);
  });

  it("refuses a long text of nothing as quickly as a short one, and names what was meant", async () => {
    expect(validator()({ format: `${",".repeat(50_000)}x` })).toBe(false);
    const world = await temporaryWorld();
    await world.write("home/.config/asr/config.json", { format: "txt, srtt" });
    expect(await complaint(load(world))).toMatch(/\| did you mean "srt"\?$/);
  });

  it("tells an editor what every key does", () => {
    const { properties } = Object(configJsonSchema(PROVIDERS));
    for (const row of OPTION_ROWS.filter((option) => mayComeFrom(option, "file"))) {
      expect(properties[row.key]).toMatchObject({ description: row.help });
    }
  });
});

describe("generated files", () => {
  it("are what the tables say", async () => {
    for (const [name, wanted] of await generatedFiles()) {
      const file = new URL(`../../${name}`, import.meta.url);
      expect(await readFile(file, "utf8"), `${name}: run npm run generate`).toBe(wanted);
    }
  });
});
