import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkParameters } from "../../src/settings/parameters.ts";

const schema = z.strictObject({
  engine_type: z.string().describe("engine"),
  word_info: z.int().min(0).max(3).describe("word times, 0 to 3"),
  enable_itn: z.boolean(),
  filter_dirty: z.union([z.literal(0), z.literal(1)]),
  hotwords: z.array(z.string()),
});

describe("checkParameters", () => {
  it("gives texts the vendor's types", () => {
    expect(
      checkParameters(schema, {
        engine_type: "16k_zh",
        word_info: "3",
        enable_itn: "false",
        filter_dirty: "1",
        hotwords: "腾讯云,ASR",
      }),
    ).toEqual({
      engine_type: "16k_zh",
      word_info: 3,
      enable_itn: false,
      filter_dirty: 1,
      hotwords: ["腾讯云", "ASR"],
    });
  });

  it("keeps values that have their type already", () => {
    expect(checkParameters(schema, { word_info: 2, enable_itn: true })).toEqual({
      word_info: 2,
      enable_itn: true,
    });
  });

  it("names the nearest parameter for an unknown one", () => {
    expect(() => checkParameters(schema, { word_inf: "1" })).toThrow(
      expect.objectContaining({
        kind: "usage",
        details: expect.objectContaining({ hint: expect.stringContaining("word_info") }),
      }),
    );
  });

  it("says what a value out of range may be", () => {
    expect(() => checkParameters(schema, { word_info: "9" })).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ hint: "word_info: word times, 0 to 3" }),
      }),
    );
  });

  it.each(["secretid", "Timestamp", "voice_id", "audio.data", "__proto__", "constructor"])(
    "refuses %s",
    (name) => {
      const values = Object.fromEntries([[name, "x"]]);
      expect(() => checkParameters(schema, values)).toThrow(
        expect.objectContaining({ kind: "usage" }),
      );
    },
  );
});
