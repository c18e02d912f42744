import { beforeAll, expect, it } from "vitest";
import type { OnnxRuntime, OnnxTensors } from "../../../src/audio/voice/onnx.ts";
import { Decoder } from "../../../src/providers/local/decoder.ts";
import { type HiddenStates, sliceStates } from "../../../src/providers/local/encoder.ts";
import { gatedRuntime, NativeGate } from "../../../src/providers/local/gate.ts";
import { locateModel, MODEL_FILES, type ModelFolder } from "../../../src/providers/local/model.ts";
import { loadRuntime } from "../../../src/providers/local/runtime.ts";
import { readSegments } from "../../../src/providers/local/segments.ts";
import { configSchema, readJson } from "../../../src/providers/local/tokens.ts";
import { readModelFile } from "../../../src/providers/local/verify.ts";
import { Whisper } from "../../../src/providers/local/whisper.ts";
import { describeWithModel } from "./installed.ts";
import { fixture } from "./recordings.ts";

const PROMPT = [50258, 50259, 50359];

describeWithModel("the model, in this thread", () => {
  let model: ModelFolder;
  let runtime: OnnxRuntime;
  let whisper: Whisper;
  let states: HiddenStates;

  beforeAll(async () => {
    model = locateModel("base");
    runtime = gatedRuntime(loadRuntime(), new NativeGate());
    whisper = new Whisper(model, runtime);
    states = await whisper.encode(await fixture("en-goforward-16k-s16le.raw"));
  });

  it("hears a state each 20 ms of its 30 s", () => {
    expect(states).toMatchObject({ stateCount: 1_500, width: 512 });
    expect(states.values).toHaveLength(1_500 * 512);
  });

  it("knows the language, and shares certainty between all", async () => {
    const languages = await whisper.languages(states);
    expect(languages.get("en")).toBeGreaterThan(0.8);
    expect([...languages.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });

  it("writes what was said, sure of it, with times", async () => {
    const decoded = await whisper.decode(states, "en", "Hans");
    const [segment, ...others] = readSegments(decoded.tokens, whisper.special.timestampBegin);
    expect(whisper.vocabulary.textOf(segment?.tokens ?? [])).toBe(" Go forward 10 meters.");
    expect(others).toEqual([]);
    expect(decoded.averageLogProbability).toBeGreaterThan(-0.7);
    expect(decoded.noSpeechProbability).toBeLessThan(0.3);
  });

  it("says the same twice", async () => {
    const [first, second] = [
      await whisper.decode(states, "en", "Hans"),
      await whisper.decode(states, "en", "Hans"),
    ];
    expect(second).toEqual(first);
  });

  it("refuses a language that it lacks", () => {
    expect(() => whisper.checkLanguage("yue")).toThrow(expect.objectContaining({ kind: "usage" }));
    expect(() => whisper.checkLanguage("zh")).not.toThrow();
  });

  it("decodes with the graph made slim as with the one that was exported", async () => {
    const weights = () => readModelFile(model, MODEL_FILES.decoder);
    const config = readJson(configSchema, readModelFile(model, MODEL_FILES.config), "config.json");
    const short = sliceStates(states, 0, 3_000);
    const exported = await runtime.InferenceSession.create(weights(), { logSeverityLevel: 3 });
    const expected = await exported.run(promptFeeds(runtime, short));
    await exported.release();
    const slim = await Decoder.load(runtime, weights(), config);
    const run = await slim.start(short, PROMPT);
    const all = expected.logits?.data;
    if (!(all instanceof Float32Array)) throw new Error("no logits");
    const size = all.length / PROMPT.length;
    for (const index of PROMPT.keys()) {
      const exact = probabilities(all.subarray(index * size, (index + 1) * size));
      const rounded = probabilities(run.logitsAt(index));
      expect(divergence(exact, rounded), `after token ${index}`).toBeLessThan(0.02);
    }
    // What the first pass remembers lets the second go on: after English comes the task.
    await run.next(50_363);
    expect(run.logitsAt(-1)).toHaveLength(size);
    run.close();
    await slim.release();
  });
});

/** The exported decoder's inputs for its first pass. */
function promptFeeds(runtime: OnnxRuntime, states: HiddenStates): OnnxTensors {
  const { Tensor } = runtime;
  const feeds: OnnxTensors = {
    input_ids: new Tensor("int64", BigInt64Array.from(PROMPT, BigInt), [1, PROMPT.length]),
    encoder_hidden_states: new Tensor("float32", states.values, [1, states.stateCount, 512]),
    use_cache_branch: new Tensor("bool", Uint8Array.of(0), [1]),
  };
  for (let layer = 0; layer < 6; layer++) {
    for (const side of ["decoder", "encoder"]) {
      for (const kind of ["key", "value"]) {
        const empty = new Tensor("float32", new Float32Array(0), [1, 8, 0, 64]);
        feeds[`past_key_values.${layer}.${side}.${kind}`] = empty;
      }
    }
  }
  return feeds;
}

function probabilities(logits: Float32Array): Float64Array {
  const best = logits.reduce((most, logit) => Math.max(most, logit));
  const weights = Float64Array.from(logits, (logit) => Math.exp(logit - best));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Kullback and Leibler's: 0 where both say the same. */
function divergence(exact: Float64Array, other: Float64Array): number {
  return exact.reduce(
    (sum, share, token) => (share > 0 ? sum + share * Math.log(share / (other[token] ?? 0)) : sum),
    0,
  );
}
