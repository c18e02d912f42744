import { describe, expect, it } from "vitest";
import { complaint, load, temporaryWorld } from "./world.ts";

describe("where a recording is cut", () => {
  it.each([
    [[], "silence"],
    [["--split", "never"], "never"],
    [["--split", "600"], 600],
    [["--split", "1"], 1],
    [["--split=29.5"], 29.5],
  ])("is taken from %j", async (words, expected) => {
    expect((await load(await temporaryWorld(), words)).values.split).toBe(expected);
  });

  it.each(["0.5", "0", "-3", "86401", "1e3", "10s", "always"])(
    "can't be --split %s",
    async (text) => {
      const attempt = load(await temporaryWorld(), [`--split=${text}`]);
      expect(await complaint(attempt)).toMatch(
        /^2: --split can't be .* \| it must be silence, never, or a number from 1 to 86400 \| /,
      );
    },
  );

  it("is asked back where a word was probably mistyped", async () => {
    const attempt = load(await temporaryWorld(), ["--split", "silense"]);
    expect(await complaint(attempt)).toMatch(/\| did you mean "silence"\?$/);
  });

  it.each([
    ["split: never", "never"],
    ["split: 12.5", 12.5],
    ["split: '12.5'", undefined],
    ["split: $" + "{env:PART}", 45],
  ])("stands in a settings file as %j", async (text, expected) => {
    const world = await temporaryWorld();
    world.environment.PART = "45";
    await world.write("home/.config/asr/config.yaml", text);
    if (expected === undefined) expect(await complaint(load(world))).toMatch(/^2: /);
    else expect((await load(world)).values.split).toBe(expected);
  });

  it("comes from a variable as well", async () => {
    const world = await temporaryWorld();
    world.environment.ASR_SPLIT = "90";
    world.environment.ASR_SEGMENT_SECONDS = "7.5";
    expect((await load(world)).values).toMatchObject({ split: 90, segmentSeconds: 7.5 });
  });

  it("makes no segments shorter than a second", async () => {
    const attempt = load(await temporaryWorld(), ["--segment-seconds", "0.9"]);
    expect(await complaint(attempt)).toContain("it must be a number of at least 1");
  });
});

describe("a dry run", () => {
  it("is asked for by flag or variable", async () => {
    const world = await temporaryWorld();
    expect((await load(world, ["--dry-run"])).values.dryRun).toBe(true);
    world.environment.ASR_DRY_RUN = "1";
    expect((await load(world)).values.dryRun).toBe(true);
  });

  it("is not asked for by a settings file", async () => {
    const world = await temporaryWorld();
    await world.write("home/.config/asr/config.yaml", "dryRun: true");
    expect(await complaint(load(world))).toMatch(/^2: unknown key dryRun/);
  });
});
