import { describe, expect, it } from "vitest";
import { createConsole } from "../../src/terminal/console.ts";
import { createJobView } from "../../src/terminal/job-view.ts";

/** A view with a clock that the test turns; what it shows is returned. */
function openView() {
  let nowMs = 1_000_000;
  let shown = "";
  const line = {
    update: (text: string) => {
      shown = text;
    },
    follow: () => {},
    clear: () => {},
    stop: () => {},
  };
  const console = createConsole(() => {});
  const view = createJobView({ console, line, now: () => nowMs });
  const input = { name: "talk.mp3" };
  const source = { name: "talk.mp3", sampleRate: 16_000, channels: 1, durationMs: 100_000 };
  view.event(input, { type: "start", provider: "p", model: "m", source });
  return {
    stage(afterMs: number, stage: string, audioMs: number) {
      nowMs += afterMs;
      view.stage(input, stage, audioMs);
      return shown;
    },
    progress(afterMs: number, audioMs: number) {
      nowMs += afterMs;
      view.event(input, { type: "progress", audioMs });
      return shown;
    },
  };
}

describe("the progress of a job", () => {
  it("has a speed and a time left of its own in each stage", () => {
    const { stage, progress } = openView();
    expect(stage(1000, "decoding", 50_000)).toMatch(/decoding .*50% +50\.0x +00:01 left$/);
    expect(stage(1000, "decoding", 100_000)).toMatch(/100% +50\.0x/);
    expect(stage(2000, "looking for pauses", 20_000)).toMatch(/20% +10\.0x +00:08 left$/);
    expect(stage(8000, "looking for pauses", 100_000)).toMatch(/100% +10\.0x/);
    expect(progress(5000, 10_000)).toMatch(/^talk\.mp3 .*10% +2\.0x +00:45 left$/);
  });

  it("goes by all the time of a job without stages", () => {
    const { progress } = openView();
    expect(progress(4000, 20_000)).toMatch(/20% +5\.0x +00:16 left$/);
    expect(progress(4000, 40_000)).toMatch(/40% +5\.0x +00:12 left$/);
  });
});
