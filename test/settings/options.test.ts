import { Command } from "commander";
import { describe, expect, expectTypeOf, it } from "vitest";
import { ENCODINGS } from "../../src/audio/types.ts";
import { FORMATS } from "../../src/formats/table.ts";
import { STEP_WORDS as SCORING_WORDS } from "../../src/scoring/normalization/normalizer.ts";
import { addOptions, addRows } from "../../src/settings/flags.ts";
import { ENCODING_NAMES, FORMAT_NAMES, STEP_WORDS, STYLE_NAMES } from "../../src/settings/names.ts";
import {
  OPTION_ROWS,
  type OptionRow,
  type OptionValues,
  optionsOf,
} from "../../src/settings/options.ts";
import { flagOf, negatedFlagOf, variableOf } from "../../src/settings/spelling.ts";
import { STYLES } from "../../src/subtitles/styles/table.ts";
import { complaint, PROVIDER_IDS, parseFlags } from "./world.ts";

const camel = (words: readonly string[]): string =>
  words
    .map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`))
    .join("");

describe("the option table", () => {
  it.each(OPTION_ROWS.map((row) => row.key))("spells %s three ways that say the same", (key) => {
    expect(camel(flagOf(key).slice(2).split("-"))).toBe(key);
    expect(camel(variableOf(key).toLowerCase().split("_").slice(1))).toBe(key);
  });

  it("has the spellings that users rely on", () => {
    expect(flagOf("channelCount")).toBe("--channel-count");
    expect(variableOf("channelCount")).toBe("ASR_CHANNEL_COUNT");
    expect(variableOf("tencent-realtime", "baseUrl")).toBe("ASR_TENCENT_REALTIME_BASE_URL");
    expect(negatedFlagOf("words")).toBe("--no-words");
  });

  it("spells no two options alike", () => {
    const flags = OPTION_ROWS.flatMap((row) => [
      flagOf(row.key),
      ...(row.short === undefined ? [] : [`-${row.short}`]),
      ...(row.value.kind === "boolean" ? [negatedFlagOf(row.key) ?? "none"] : []),
    ]).filter((flag) => flag !== "none");
    expect(new Set(flags).size).toBe(flags.length);
  });

  it("offers what the other rooms have", () => {
    expect(FORMAT_NAMES).toEqual(FORMATS.map((format) => format.name));
    expect(STYLE_NAMES).toEqual(STYLES.map(({ id }) => id));
    expect(ENCODING_NAMES).toEqual(ENCODINGS);
    expect(STEP_WORDS).toEqual(SCORING_WORDS);
  });

  it("gives every value a type of its own", () => {
    expectTypeOf<OptionValues["channels"]>().toEqualTypeOf<"mix" | "first" | "all">();
    expectTypeOf<OptionValues["rate"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<OptionValues["words"]>().toEqualTypeOf<boolean>();
    expectTypeOf<OptionValues["hotword"]>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<OptionValues["output"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<OptionValues["split"]>().toEqualTypeOf<"silence" | "never" | number>();
    expectTypeOf<OptionValues["segmentSeconds"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<OptionValues["logFormat"]>().toEqualTypeOf<"text" | "json">();
  });
});

describe("options on a command", () => {
  it("are read back only where the user gave them", () => {
    const given = parseFlags(
      ["talk.wav", "-f", "srt,vtt", "-f", "json", "--no-color"],
      "transcribe",
    );
    expect([...given].map(([key, { spelling, value }]) => [key, spelling, value])).toEqual([
      ["format", "--format", ["srt,vtt", "json"]],
      ["color", "--no-color", false],
    ]);
  });

  it("may follow an operand, be joined to their value or to each other", () => {
    const given = parseFlags(["-qfsrt", "talk.wav", "--rate=8000", "--no-config"], "transcribe");
    expect([...given.keys()].toSorted()).toEqual(["format", "noConfig", "quiet", "rate"]);
  });

  it.each([
    ["transcribe", "--mic"],
    ["eval", "--queue"],
    ["doctor", "--dry-run"],
    ["providers", "--words"],
    ["config trust", "--config"],
    ["config init", "--profile"],
  ] as const)("of %s do not include %s", (command, flag) => {
    expect(() => parseFlags([flag, "x"], command)).toThrow("unknown option");
  });

  it("refuse a switch given both ways, and take one given twice", async () => {
    const attempt = (async () => parseFlags(["--no-words", "--words"], "transcribe"))();
    expect(await complaint(attempt)).toContain("2: --no-words and --words contradict each other");
    expect(parseFlags(["--words", "--words"], "transcribe").get("words")?.value).toBe(true);
  });

  it("stand in the help under their groups, with choices and defaults", () => {
    const command = new Command("asr");
    addOptions(command, "transcribe", PROVIDER_IDS);
    const help = command.helpInformation().replace(/\s+/g, " ");
    expect(help).toContain("Recognition: -p, --provider <ID> who recognises the speech (local,");
    expect(help).toContain(
      "--channels <MODE> what to do with several channels (mix, first, all; default: mix)",
    );
    expect(help).toContain("--split <silence|never|SECONDS> where too long a recording is cut");
    expect(help).toContain("--no-color colours");
    expect(help).not.toContain("--no-words");
    for (const row of optionsOf("transcribe")) expect(help).toContain(row.help);
  });

  it("of a program are put there for the command that is chosen, and for nobody else", async () => {
    const program = new Command("asr");
    const chosen = program.command("transcribe").action(() => {});
    const other = program.command("stream").action(() => {});
    const read = addOptions(chosen, "transcribe", PROVIDER_IDS);
    addOptions(other, "stream", PROVIDER_IDS);
    await program.parseAsync(["transcribe", "--words"], { from: "user" });
    expect(read().get("words")?.value).toBe(true);
    expect(other.options).toEqual([]);
  });

  it("grow by a row alone", () => {
    const row: OptionRow = {
      key: "vendorSetting",
      argument: "NAME=VALUE",
      value: { kind: "map" },
      repeatable: true,
      help: "a vendor parameter",
      group: "Recognition",
      commands: ["transcribe"],
    };
    const command = new Command("asr");
    const read = addRows(command, [row], PROVIDER_IDS);
    command.parse(["--vendor-setting", "a=1,2", "--vendor-setting", "b=x=y"], { from: "user" });
    expect(read().get("vendorSetting")?.value).toEqual(["a=1,2", "b=x=y"]);
  });
});
