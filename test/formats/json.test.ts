import { describe, expect, it } from "vitest";
import { formatTranscript } from "../../src/formats/table.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";

const transcript: Transcript = {
  provider: "local",
  durationMs: 1000,
  segments: [{ text: "a\u2028b\u0085c\u009bd\ud800\n", startMs: 0, endMs: 1000 }],
  warnings: [],
  requestIds: [],
};

describe("json", () => {
  it("is indented for one input", () => {
    expect(formatTranscript("json", transcript)).toMatch(/^\{\n {2}"schema_version": 1,\n/);
  });

  it("is one line where several share a stream", () => {
    const text = formatTranscript("json", transcript, { pretty: false });
    expect(text.split("\n")).toHaveLength(2);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("escapes what could end a line or command a terminal, and loses nothing", () => {
    const text = formatTranscript("json", transcript, { pretty: false });
    expect(text).toContain("a\\u2028b\\u0085c\\u009bd\\ud800\\n");
    expect(JSON.parse(text).segments[0].text).toBe(transcript.segments[0]?.text);
  });
});
