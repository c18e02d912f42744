import { describe, expect, it } from "vitest";
import { loadSpeechModel } from "../../../src/audio/voice/model.ts";
import { RuntimeMissing } from "../../../src/audio/voice/runtime.ts";
import { describeWithModel } from "../../providers/local/installed.ts";

function missing(): never {
  throw new RuntimeMissing();
}

function broken(): never {
  const text = "libonnxruntime.so.1.17.0: cannot open shared object file";
  throw Object.assign(new Error(text), { code: "ERR_DLOPEN_FAILED" });
}

describe("the model that judges speech", () => {
  it("is energy where the runtime is missing", async () => {
    const model = await loadSpeechModel("silero", missing);
    expect(model.name).toBe("energy");
    expect(model.fallbackReason).toBe("onnxruntime-node is not installed");
    expect(await model.scorer().score(new Float32Array(320))).toBeLessThan(0.35);
  });

  it("is energy where the runtime is broken, and says what is wrong with it", async () => {
    const model = await loadSpeechModel("silero", broken);
    expect(model.name).toBe("energy");
    expect(model.fallbackReason).toBe(
      "onnxruntime-node can't be loaded: libonnxruntime.so.1.17.0: cannot open shared object file",
    );
  });

  it("is energy where that is asked for, and leaves the runtime to other threads", async () => {
    const model = await loadSpeechModel("energy", () => {
      throw new Error("the runtime was loaded");
    });
    expect(model.name).toBe("energy");
    expect(model.scorer()).not.toBe(model.scorer());
  });
});

describeWithModel("Silero VAD", () => {
  it("is what judges where the runtime is", async () => {
    const model = await loadSpeechModel("silero");
    expect(model.name).toBe("silero");
    const scorer = model.scorer();
    expect(await scorer.score(new Float32Array(scorer.frameSamples))).toBeLessThan(0.35);
  });
});
