import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadSettings } from "../../src/settings/load.ts";
import type { OptionRow } from "../../src/settings/options.ts";
import { OPTION_ROWS } from "../../src/settings/options.ts";
import { flagOf, variableOf } from "../../src/settings/spelling.ts";
import { PROVIDERS, parseFlags, temporaryWorld } from "./world.ts";

/** README, "Which wins": the strongest first. */
const SOURCES = ["flag", "environment", "profile", "userProfile", "project", "user"] as const;
type SourceName = (typeof SOURCES)[number];

/** Two values that every option of a kind takes, the first unlike its default. */
function samplesOf({ key, value, default: standard }: OptionRow): readonly unknown[] {
  if (key === "language") return ["zh", "en"];
  if (value.kind === "boolean") return [standard !== true, standard === true];
  if (key === "proxy") return ["http://one.example:1", "http://two.example:2"];
  if (key === "queue") return ["redis://one.example:1", "rediss://two.example"];
  if (key === "resamples") return [200, 300];
  if (value.kind === "integer" || value.kind === "number") {
    const least = Math.max(2, value.min ?? 0);
    return [least, least + 1];
  }
  if (value.kind === "rate") return [2, 3];
  if (value.kind === "map") return [{ a: "1" }, { a: "2" }];
  if (value.kind === "provider") return ["bolt", "acme-file"];
  if (value.kind === "enumOrNumber") return [value.values[1], 2];
  if (value.kind === "switchOrText") return ["one", true];
  if (value.kind === "enum") return [value.values[1], value.values[0]];
  if (value.kind === "list") {
    const { of } = value;
    if (of.kind !== "enum") return [["one", "two"], ["three"]];
    return [[of.values[1], of.values[2]], [of.values[3]]];
  }
  return ["sample-one", "sample-two"];
}

/** A sample as a flag or a variable has it. */
function written(sample: unknown): string {
  if (typeof sample !== "object" || sample === null || Array.isArray(sample)) return String(sample);
  return Object.entries(sample)
    .map((pair) => pair.join("="))
    .join(",");
}

function flagWords({ key, value, repeatable }: OptionRow, sample: unknown): readonly string[] {
  if (value.kind === "switchOrText" && sample === true) return [flagOf(key)];
  if (value.kind === "boolean")
    return [sample === true ? flagOf(key) : `--no-${flagOf(key).slice(2)}`];
  const texts = Array.isArray(sample) && repeatable === true ? sample : [written(sample)];
  return texts.flatMap((text) => [flagOf(key), text]);
}

const ASKING = ["transcribe", "stream", "eval", "worker"] as const;

/** One that takes the option. */
function commandOf({ commands }: OptionRow): (typeof ASKING)[number] {
  return ASKING.find((name) => commands.includes(name)) ?? "transcribe";
}

// What excludes another, or stands in no file, has tests of its own.
const rows = OPTION_ROWS.filter(
  (row) => row.from === undefined && row.excludes === undefined && row.commands !== "all",
).filter(({ commands }) => ASKING.some((name) => commands.includes(name)));

describe("which value wins", () => {
  it.each(rows.map((row) => [row.key, row] as const))(
    "%s: the strongest source that has it",
    async (key, row) => {
      const world = await temporaryWorld();
      const [strong, weak] = samplesOf(row);
      const paths = row.path === true ? (sample: unknown) => `/${String(sample)}` : undefined;
      await fc.assert(
        fc.asyncProperty(fc.subarray([...SOURCES], { minLength: 1 }), async (given) => {
          const winner = SOURCES.find((source) => given.includes(source));
          const sampleFor = (source: SourceName): unknown => {
            const sample = source === winner ? strong : weak;
            return paths === undefined ? sample : paths(sample);
          };
          const part = (source: SourceName): object =>
            given.includes(source) ? { [key]: sampleFor(source) } : {};
          // Paths may lead anywhere in a file that is given.
          const project = await world.write("home/project/given.json", {
            ...part("project"),
            profiles: { p: part("profile") },
          });
          const user = await world.write("home/.config/asr/config.json", {
            ...part("user"),
            profiles: { p: part("userProfile") },
          });
          const words = given.includes("flag") ? flagWords(row, sampleFor("flag")) : [];
          const environment = given.includes("environment")
            ? { [variableOf(key)]: written(sampleFor("environment")) }
            : {};
          const settings = await loadSettings({
            ...world,
            environment,
            command: commandOf(row),
            flags: parseFlags([...words, "--config", project, "--profile", "p"], commandOf(row)),
            providers: PROVIDERS,
          });
          expect(Reflect.get(settings.values, key)).toEqual(paths ? paths(strong) : strong);
          const expected = {
            flag: "flag",
            environment: `environment ${variableOf(key)}`,
            profile: `profile p in ${project}`,
            userProfile: `profile p in ${user}`,
            project,
            user,
          };
          expect(Reflect.get(settings.sources, key)).toBe(winner && expected[winner]);
        }),
        { numRuns: 12 },
      );
    },
  );

  it("holds for every option that may come from a file", () => {
    const apart = ["quiet", "verbose", "color", "logFormat"];
    const fromFiles = OPTION_ROWS.filter((row) => row.from === undefined).map((row) => row.key);
    expect([...rows.map((row) => row.key), ...apart].toSorted()).toEqual(fromFiles.toSorted());
  });

  it("holds for credentials: the vendor's variable, then profiles, then files", async () => {
    const world = await temporaryWorld();
    const place = (key: string) => ({ vendors: { acme: { secretKey: key } } });
    const project = await world.write("home/project/.asrrc", {
      ...place("from-project"),
      profiles: { p: place("from-profile") },
    });
    await world.write("home/.config/asr/config.json", {
      vendors: { acme: { secretKey: "from-user", appId: "12" } },
    });
    const read = async (words: readonly string[], environment = {}) => {
      const flags = parseFlags(words, "transcribe");
      const request = { ...world, environment, command: "transcribe", flags } as const;
      const { vendors } = await loadSettings({ ...request, providers: PROVIDERS });
      const credential = vendors.acme?.credentials.secretKey;
      return [credential?.secret.reveal(), credential?.source];
    };
    expect(await read([])).toEqual(["from-project", project]);
    expect(await read(["--profile", "p"])).toEqual(["from-profile", `profile p in ${project}`]);
    expect(await read(["--profile", "p"], { ACME_SECRET_KEY: "from-variable" })).toEqual([
      "from-variable",
      "environment ACME_SECRET_KEY",
    ]);
  });
});
