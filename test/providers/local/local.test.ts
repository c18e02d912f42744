import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { local } from "../../../src/providers/local/index.ts";
import { plainContext } from "../plain-context.ts";
import { describeWithModel } from "./installed.ts";
import {
  fixture,
  input,
  joined,
  recognise,
  requestOf,
  SETTINGS,
  segmentsOf,
  silence,
  wordsOf,
} from "./recordings.ts";

const resolve = (settings: Partial<typeof SETTINGS>) => local.resolve({ ...SETTINGS, ...settings });

describe("what is asked of the local recogniser", () => {
  it("needs no account, no network, and takes any length", () => {
    expect(local.credentials).toEqual([]);
    expect(local.capabilities.remote).toBe(false);
    expect(local.capabilities.limits).toEqual({ maxConcurrency: 1 });
  });

  it("is Whisper base at 16 kHz unless another is named", () => {
    expect(resolve({})).toEqual({ model: "base", sampleRate: 16_000, warnings: [] });
    expect(resolve({ model: "small" }).model).toBe("small");
    expect(resolve({ model: "./mine" }).model).toBe("./mine");
  });

  it("takes every language that it lists", () => {
    for (const language of local.capabilities.languages)
      expect(() => resolve({ language })).not.toThrow();
  });

  it("warns of each feature that Whisper lacks", () => {
    const { warnings } = resolve({
      words: true,
      speakers: true,
      hotwords: [{ text: "Watson" }],
      uncheckedParameters: { beam_size: "5" },
    });
    expect(warnings.map(({ code }) => code)).toEqual([
      "unsupported-words",
      "unsupported-speakers",
      "unsupported-hotwords",
      "unsupported-parameters",
    ]);
    for (const { message } of warnings) expect(message).toContain("ignored");
  });

  it.each([{ language: "xx" }, { model: "huge" }])("refuses %j", (settings) => {
    expect(() => resolve(settings)).toThrow(expect.objectContaining({ kind: "usage" }));
  });

  it("has no parameters", () => {
    expect(local.parameters.safeParse({ beam_size: 5 }).success).toBe(false);
  });
});

describeWithModel("Whisper base", () => {
  it("writes down Kennedy's sentence", async () => {
    const events = await recognise(await fixture("en-jfk.wav"));
    expect(wordsOf(events)).toBe(
      "and so my fellow americans ask not what your country can do for you " +
        "ask what you can do for your country",
    );
    expect(segmentsOf(events)[0]?.startMs).toBeLessThan(600);
    expect(segmentsOf(events).at(-1)?.endMs).toBeGreaterThan(10_000);
  });

  it("finds each of two languages out, and writes Chinese in simplified characters", async () => {
    const english = await fixture("en-librivox-0890.wav");
    const chinese = await fixture("zh-ibm-1-16k.wav");
    const events = await recognise(joined(english, silence(1), chinese));
    const [first, ...rest] = segmentsOf(events);
    expect(first?.text).toMatch(
      /^unless to be rather cold-hearted and rather selfish is to be ill-disposed\.$/i,
    );
    const text = rest.map((segment) => segment.text).join("");
    expect(text).toContain("具有高超的大数据分析能力，可以帮助人们进行决策。");
    expect(rest[0]?.startMs).toBeGreaterThan(6_000);
  });

  it("is told no speech by noise and silence", async () => {
    let state = 1;
    const noise = Float32Array.from({ length: 20 * 16_000 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return (state / 2_147_483_647 - 0.5) * 0.6;
    });
    for (const samples of [silence(60), noise]) {
      const events = await recognise(samples);
      expect(segmentsOf(events)).toEqual([]);
      expect(events.filter((event) => event.type === "warning")).toEqual([
        { type: "warning", warning: { code: "no-speech", message: expect.any(String) } },
      ]);
    }
  });

  it("is looked for by prepare", async () => {
    await expect(local.prepare(SETTINGS, plainContext())).resolves.toBeUndefined();
    const other = { ...SETTINGS, model: "./no-such-folder" };
    await expect(local.prepare(other, plainContext())).rejects.toMatchObject({ kind: "usage" });
  });

  it("stops when aborted, with the signal's reason, and works again after", async () => {
    const sentence = await fixture("en-goforward-16k-s16le.raw");
    const controller = new AbortController();
    const request = requestOf(input(joined(sentence, sentence, sentence)));
    const stopped = (async () => {
      for await (const _ of local.recognize(request, plainContext(controller.signal))) {
        controller.abort(new Error("enough"));
      }
    })();
    await expect(stopped).rejects.toThrow("enough");
    expect(wordsOf(await recognise(sentence))).toBe("go forward 10 meters");
  });

  it("passes on what is wrong with the audio, and works again after", async () => {
    const broken = {
      ...input(new Float32Array(0)),
      async *open() {
        yield new Uint8Array(64_000);
        throw new AsrError("audio", "the file is cut short");
      },
    };
    const request = requestOf(broken);
    const read = async () => {
      for await (const _ of local.recognize(request, plainContext())) {
        // Nothing is expected of it.
      }
    };
    await expect(read()).rejects.toThrow("the file is cut short");
    expect((await recognise(silence(1))).at(-1)).toMatchObject({ warning: { code: "no-speech" } });
  });

  it("serves two who ask at once, one after the other", async () => {
    const sentence = await fixture("en-goforward-16k-s16le.raw");
    const both = await Promise.all([recognise(sentence), recognise(sentence)]);
    expect(both.map(wordsOf)).toEqual(["go forward 10 meters", "go forward 10 meters"]);
  });
});
