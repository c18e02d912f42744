import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseRequestUrl } from "./server/request-url.ts";
import { signature, signingText } from "./tencent/signature.ts";

interface Vector {
  readonly name: string;
  readonly secretKey: string;
  readonly signingText: string;
  readonly signature: string;
}

const { vectors }: { vectors: readonly Vector[] } = JSON.parse(
  readFileSync(new URL("signatures.json", import.meta.url), "utf8"),
);

/** The vector as it would stand on the wire, parameters in another order. */
function onTheWire(vector: Vector) {
  const [head = "", query = ""] = vector.signingText.slice("POST".length).split(/\?(.*)/s);
  const slash = head.indexOf("/");
  const pairs = query.split("&").map((pair) => {
    const equals = pair.indexOf("=");
    return `${pair.slice(0, equals)}=${encodeURIComponent(pair.slice(equals + 1))}`;
  });
  return {
    host: head.slice(0, slash),
    target: `${head.slice(slash)}?${pairs.reverse().join("&")}`,
  };
}

describe("Tencent's signature", () => {
  it("has five vectors to be held against", () => {
    expect(vectors).toHaveLength(5);
  });

  it.each(vectors)("signs $name as published", (vector) => {
    expect(signature(vector.signingText, vector.secretKey)).toBe(vector.signature);
  });

  it.each(vectors)("builds the text of $name from what arrives", (vector) => {
    const { host, target } = onTheWire(vector);
    const url = parseRequestUrl(target);
    expect(url.problems).toEqual([]);
    expect(signingText(host, url.path, url.pairs)).toBe(vector.signingText);
  });
});
