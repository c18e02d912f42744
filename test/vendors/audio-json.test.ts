import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AudioJson } from "./server/json/audio-json.ts";
import { Base64Decoder } from "./server/json/base64.ts";

/** Feeds text in pieces of the given sizes and gives back what came out. */
function read(text: string, path: string[], sizes: readonly number[] = [text.length]) {
  let audio = "";
  const json = new AudioJson(path, (piece) => {
    audio += piece;
  });
  const bytes = Buffer.from(text);
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    json.push(bytes.subarray(at, at + size));
    at += size;
  }
  return { audio, json, value: json.problem === undefined ? json.parse() : undefined };
}

describe("JSON with audio inside", () => {
  it("takes the one string out, wherever the pieces end", () => {
    const text = JSON.stringify({
      before: 'quote " and \\ and {"audio":{"data":"no"}}',
      audio: { "da\\ta": "no", data: "QUJD", list: ["data", { data: "no" }], n: 1 },
      data: "no",
    });
    for (let size = 1; size < 20; size += 1) {
      const { audio, json, value } = read(text, ["audio", "data"], [size]);
      expect(audio).toBe("QUJD");
      expect(json.found).toBe(1);
      const whole = JSON.parse(text);
      expect(value).toEqual({ ...whole, audio: { ...whole.audio, data: "" } });
    }
  });

  it("undoes the escapes that JSON allows", () => {
    const { audio } = read('{"a":"x\\/y\\u002Bz\\u002f"}', ["a"], [1]);
    expect(audio).toBe("x/y+z/");
    expect(read('{"\\u0061":"b"}', ["a"]).audio).toBe("b");
    expect(read('{"a":"\\x41"}', ["a"]).json.problem).toContain("escape");
  });

  it("finds doubles, other types, and nothing", () => {
    expect(read('{"a":"b","a":"c"}', ["a"]).json.found).toBe(2);
    expect(read('{"a":1,"b":["a"]}', ["a"]).json.found).toBe(0);
    expect(read('["a","b"]', ["a"]).json.found).toBe(0);
  });

  it("refuses a skeleton that is not small", () => {
    const { json } = read(JSON.stringify({ a: "b", c: "d".repeat(2 ** 20) }), ["a"]);
    expect(json.problem).toContain("1 MiB");
    expect(() => json.parse()).toThrow("1 MiB");
  });

  it("agrees with JSON.parse on anything", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    const rest = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(rest, fc.string(), sizes, fc.nat(3), (other, audio, pieces, indent) => {
        const text = JSON.stringify({ ...other, audio: { ...other, data: audio } }, null, indent);
        const out = read(text, ["audio", "data"], pieces);
        const whole = JSON.parse(text);
        expect(out.audio).toBe(audio);
        expect(out.value).toEqual({ ...whole, audio: { ...whole.audio, data: "" } });
      }),
    );
  });
});

describe("Base64 in pieces", () => {
  it("decodes what Buffer encodes", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.integer({ min: 1, max: 9 }),
        (raw, size) => {
          const text = Buffer.from(raw).toString("base64");
          const out: Buffer[] = [];
          const decoder = new Base64Decoder((bytes) => out.push(bytes));
          for (let at = 0; at < text.length; at += size) decoder.push(text.slice(at, at + size));
          decoder.finish();
          expect(decoder.problem).toBeUndefined();
          expect(Buffer.concat(out).equals(Buffer.from(raw))).toBe(true);
        },
      ),
    );
  });

  it.each(["A", "AA", "AAA", "A===", "AA=A", "====", "AAAA=", "AA==AAAA", "AB==", "A A=", "AA-_"])(
    "refuses %s",
    (text) => {
      const decoder = new Base64Decoder(() => {});
      decoder.push(text);
      decoder.finish();
      expect(decoder.problem).toBeDefined();
    },
  );
});
