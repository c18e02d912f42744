import { describe, expect, it } from "vitest";
import { AsrError } from "../../src/errors.ts";
import { givenAgain, keptFlags, withWholePaths } from "../../src/settings/kept-flags.ts";
import { load, parseFlags, temporaryWorld } from "./world.ts";

const kept = (...words: string[]) => keptFlags(parseFlags(words, "transcribe"));
const own = (...words: string[]) => parseFlags(words, "batch retry");
const valuesOf = (flags: ReturnType<typeof givenAgain>) =>
  Object.fromEntries([...flags].map(([key, { value }]) => [key, value]));

describe("keptFlags", () => {
  it("are what was given and what shapes the results, through JSON and back", () => {
    const words = ["in", "-o", "out", "--from", "list", "--null", "-q", "--no-color", "--dry-run"];
    const flags = kept(...words, "-f", "srt,json", "--no-words", "--hotword", "a,b", "-j", "3");
    expect(flags).toEqual({
      ...{ format: ["srt,json"], words: false, hotword: ["a,b"], concurrency: ["3"] },
    });
    expect(valuesOf(givenAgain(JSON.parse(JSON.stringify(flags)), own()))).toEqual(flags);
  });
});

describe("givenAgain", () => {
  it("lets what is given now go first, and merges maps", async () => {
    const before = kept("-l", "zh", "--words", "--set", "a=1", "--set", "b=1", "--hotword", "x");
    const now = own("-l", "en", "--no-words", "--set", "a=2", "--hotword", "y");
    const again = givenAgain(before, now);
    expect(valuesOf(again)).toEqual({
      ...{ language: ["en"], words: false, set: ["a=1", "b=1", "a=2"], hotword: ["y"] },
    });
  });

  it("leaves out what contradicts what is given now", () => {
    expect(valuesOf(givenAgain(kept("--no-config"), own("--config", "x")))).toEqual({
      config: ["x"],
    });
  });

  it.each([
    ["--config", "evil.yaml"],
    ["--proxy", "http://evil.example"],
    ["--ca-file", "evil.pem"],
    ["--model", "./evil"],
  ])("does not take %s from a ledger, which anybody may have written", (flag, text) => {
    expect(() => givenAgain(kept(flag, text), own())).toThrowError(
      expect.objectContaining({
        kind: "usage",
        message: expect.stringContaining(flag),
        details: expect.objectContaining({ hint: `add ${flag} ${text}` }),
      }),
    );
    const [[, again]] = [...givenAgain(kept(flag, text), own(flag, "mine"))] as [[string, unknown]];
    expect(again).toMatchObject({ spelling: flag, value: ["mine"] });
  });

  it("says that what was read from stdin is gone", () => {
    const gone = expect.objectContaining({ message: expect.stringContaining("--hotwords") });
    expect(() => givenAgain(kept("--hotwords", "-"), own())).toThrowError(gone);
    expect(() => givenAgain(kept("--hotwords", "-"), own("--hotwords", "h"))).not.toThrow();
  });

  it("takes the name of a model", () => {
    expect(valuesOf(givenAgain(kept("-m", "16k_zh"), own()))).toEqual({ model: ["16k_zh"] });
  });

  it("says so where a flag is not known", () => {
    expect(() => givenAgain({ notThere: true }, own())).toThrowError(AsrError);
  });
});

describe("withWholePaths", () => {
  it("makes files hold wherever they are read, and nothing else", () => {
    const words = ["--hotwords", "h.txt", "--config", "c.yaml", "-m", "small", "-l", "zh"];
    expect(valuesOf(withWholePaths(own(...words), "/here"))).toEqual({
      ...{ hotwords: ["/here/h.txt"], config: ["/here/c.yaml"], model: ["small"] },
      language: ["zh"],
    });
    expect(valuesOf(withWholePaths(own("--hotwords", "-"), "/here"))).toEqual({ hotwords: ["-"] });
  });
});

it("the settings tell the flags that they were made from", async () => {
  const { flags } = await load(await temporaryWorld(), ["-l", "zh"]);
  expect(keptFlags(flags)).toEqual({ language: ["zh"] });
});
