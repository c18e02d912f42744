import { describe, expect, it } from "vitest";
import { formatTranscript } from "../../src/formats/table.ts";
import type { Segment } from "../../src/transcript/transcript.ts";

function lrcLines(durationMs: number, ...segments: Segment[]): string[] {
  return formatTranscript("lrc", {
    provider: "local",
    durationMs,
    segments,
    warnings: [],
    requestIds: [],
  })
    .trimEnd()
    .split("\n")
    .slice(1);
}

describe("lrc", () => {
  it("clears the line before a silence of two seconds, not before a breath", () => {
    expect(
      lrcLines(
        10_000,
        { text: "a", startMs: 0, endMs: 1000 },
        { text: "b", startMs: 2999, endMs: 4000 },
        { text: "c", startMs: 6000, endMs: 9000 },
      ),
    ).toEqual(["[00:00.00]a", "[00:03.00]b", "[00:04.00]", "[00:06.00]c"]);
  });

  it("clears the last line where the recording goes on in silence", () => {
    expect(lrcLines(9000, { text: "a", startMs: 0, endMs: 1000 })).toEqual([
      "[00:00.00]a",
      "[00:01.00]",
    ]);
  });

  it("does not clear what somebody else is still saying", () => {
    expect(
      lrcLines(
        20_000,
        { text: "long", startMs: 0, endMs: 10_000 },
        { text: "short", startMs: 1000, endMs: 2000 },
        { text: "next", startMs: 11_000, endMs: 20_000 },
      ),
    ).toEqual(["[00:00.00]long", "[00:01.00]short", "[00:11.00]next"]);
  });

  it("shows a line without a length for a moment before it is cleared", () => {
    expect(lrcLines(9000, { text: "a", startMs: 1000, endMs: 1000 })).toEqual([
      "[00:01.00]a",
      "[00:01.50]",
    ]);
  });

  it("keeps text from being read as times", () => {
    expect(
      lrcLines(1000, {
        text: "[00:12.00]x <01:02.3>y [ 1:02 z [laughs] 1 < 2:30",
        startMs: 0,
        endMs: 1000,
      }),
    ).toEqual(["[00:00.00](00:12.00)x (01:02.3)y ( 1:02 z [laughs] 1 < 2:30"]);
  });
});
