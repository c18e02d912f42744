import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signature, signingText, wireQuery } from "../../../src/providers/tencent/signature.ts";

interface Vector {
  readonly name: string;
  readonly secretKey: string;
  readonly signingText: string;
  readonly signature: string;
}

const { vectors } = JSON.parse(
  readFileSync(new URL("../../vendors/signatures.json", import.meta.url), "utf8"),
) as { vectors: Vector[] };

/** Takes a signing text of the vectors apart; their values hold no & and no =. */
function apart(text: string) {
  const [, host = "", path = "", query = ""] = /^POST([^/]+)(\/[^?]*)\?(.*)$/s.exec(text) ?? [];
  const pairs = query.split("&").map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return { host, path, pairs };
}

describe("Tencent's signature", () => {
  it("has vectors to check against", () => {
    expect(vectors.length).toBeGreaterThanOrEqual(5);
  });

  it.each(vectors)("reproduces $name", ({ secretKey, signingText: text, signature: expected }) => {
    const { host, path, pairs } = apart(text);
    const shuffled = Object.fromEntries([...pairs].reverse());
    expect(signingText(host, path, shuffled)).toBe(text);
    expect(signature(signingText(host, path, shuffled), secretKey)).toBe(expected);
  });

  it("signs raw values and sends them percent-encoded", () => {
    const query = { hotword_list: "A&B=C+D% E|10,腾讯云|5", a: "1" };
    expect(signingText("h", "/p", query)).toBe("POSTh/p?a=1&hotword_list=A&B=C+D% E|10,腾讯云|5");
    expect(wireQuery(query)).toBe(
      "a=1&hotword_list=A%26B%3DC%2BD%25%20E%7C10%2C%E8%85%BE%E8%AE%AF%E4%BA%91%7C5",
    );
  });

  it("keeps every value through a URL, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z_]+$/), fc.string({ unit: "binary" })),
        (query) => {
          const url = new URL(`https://vendor.test/path?${wireQuery(query)}`);
          const sent = [...url.search.slice(1).split("&")].filter((pair) => pair !== "");
          const decoded = sent.map((pair) => pair.split("=").map(decodeURIComponent));
          expect(Object.fromEntries(decoded)).toEqual(
            Object.fromEntries(
              Object.entries(query).map(([name, value]) => [name, value.toWellFormed()]),
            ),
          );
          expect(url.search).not.toMatch(/[+ ]/);
        },
      ),
    );
  });
});
