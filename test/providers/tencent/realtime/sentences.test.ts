import { describe, expect, it } from "vitest";
import { SentenceList } from "../../../../src/providers/tencent/realtime/sentences.ts";

const sentence = (index: number, isStable: boolean, text = `${index}`) => ({
  index,
  isStable,
  text,
  startMs: index * 1000,
  endMs: index * 1000 + 900,
});
const texts = (list: readonly { readonly text: string }[]) => list.map(({ text }) => text);

describe("sentences of needvad=1", () => {
  it("replace each other until they are stable", () => {
    const list = new SentenceList();
    list.take([sentence(0, false, "你")]);
    expect(list.current()?.text).toBe("你");
    list.take([sentence(0, false, "你好")]);
    expect(list.drainStable()).toEqual([]);
    list.take([sentence(0, true, "你好。"), sentence(1, false, "再")]);
    expect(texts(list.drainStable())).toEqual(["你好。"]);
    list.take([sentence(0, true, "又来。"), sentence(1, false, "再见")]);
    expect(texts(list.drain())).toEqual(["再见"]);
  });

  it("may count from one", () => {
    const list = new SentenceList();
    list.take([sentence(1, true), sentence(2, true)]);
    expect(texts(list.drain())).toEqual(["1", "2"]);
    expect(list.completeness).toBe("complete");
  });

  it("are in doubt after a lost answer until the numbers show that none is missing", () => {
    const list = new SentenceList();
    list.take([sentence(0, true)]);
    list.loseAnswer();
    expect(list.completeness).toBe("doubtful");
    list.take([]);
    expect(list.completeness).toBe("doubtful");
    list.take([sentence(1, false)]);
    expect(list.completeness).toBe("complete");
    list.loseAnswer();
    list.take([sentence(2, false)]);
    expect(list.completeness).toBe("gap");
    list.take([sentence(2, true)]);
    expect(list.completeness).toBe("gap");
  });
});
