import { describe, expect, it } from "vitest";
import { LiveFinals } from "../../../../src/providers/tencent/realtime/finals.ts";
import type { Segment } from "../../../../src/transcript/transcript.ts";

const at = (startMs: number, endMs: number, text: string): Segment => ({ text, startMs, endMs });

function said(...segments: readonly Segment[]): LiveFinals {
  const finals = new LiveFinals();
  for (const segment of segments) expect(finals.admit(segment)).toBe(segment);
  return finals;
}

describe("live finals of a voice that is sent again", () => {
  it("are not said twice where the vendor says the same", () => {
    const finals = said(at(0, 1000, "好。"), at(900, 2000, "好的。"));
    finals.repeat();
    expect(finals.admit(at(0, 1000, "好。"))).toBeUndefined();
    expect(finals.admit(at(900, 2000, "好的。"))).toBeUndefined();
    expect(finals.admit(at(1900, 3000, "好的。"))).toEqual(at(1900, 3000, "好的。"));
  });

  it("go on where the vendor hears it otherwise", () => {
    const finals = said(at(0, 1000, "你好。"), at(1000, 2000, "欢迎。"));
    finals.repeat();
    expect(finals.admit(at(0, 1000, "您好。"))).toBeUndefined();
    expect(finals.admit(at(1000, 2000, "欢迎。"))).toBeUndefined();
    expect(finals.admit(at(2000, 3000, "再见。"))).toEqual(at(2000, 3000, "再见。"));
  });

  it("leave out what was said of a sentence that is longer now", () => {
    const finals = said(at(0, 2000, "你好，欢迎。"));
    finals.repeat();
    expect(finals.admit(at(0, 6000, "你好，欢迎使用语音识别。"))).toEqual({
      ...at(2000, 6000, "使用语音识别。"),
      approximate: true,
    });
  });

  it("go by the time where the words differ", () => {
    const finals = said(at(0, 2000, "abcd"));
    finals.repeat();
    expect(finals.admit(at(0, 4000, "wxyzUVWS"))).toMatchObject({ text: "UVWS", startMs: 2000 });
  });

  it("never run backwards over several restarts", () => {
    const finals = said(at(0, 1000, "一。"));
    finals.repeat();
    expect(finals.admit(at(0, 1100, "一。"))).toBeUndefined();
    expect(finals.admit(at(1100, 2000, "二。"))).toEqual(at(1100, 2000, "二。"));
    finals.repeat();
    expect(finals.admit(at(0, 1000, "一。"))).toBeUndefined();
    expect(finals.admit(at(1100, 2000, "二。"))).toBeUndefined();
    expect(finals.admit(at(2000, 3000, "三。"))).toEqual(at(2000, 3000, "三。"));
  });
});
