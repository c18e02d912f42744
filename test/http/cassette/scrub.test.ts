import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scrubber } from "../../../src/http/cassette/scrub.ts";
import { share } from "../../share.ts";

const SECRET = "sk-Zq7/w+9=ü secret&value";

/** A secret as users and vendors have them. */
const secrets = fc.string({
  minLength: 8,
  maxLength: 48,
  unit: fc.constantFrom(...'abcXYZ0189+/=_-.~%& "\\ü中'),
});

const WAYS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  "in JSON": (secret) => JSON.stringify({ message: secret }),
  "in JSON with its slashes escaped": (secret) => JSON.stringify(secret).replaceAll("/", "\\/"),
  "in an address": (secret) => `https://asr.example/?key=${encodeURIComponent(secret)}`,
  "in a form": (secret) => new URLSearchParams({ key: secret }).toString(),
  "twice in an address": (secret) => encodeURIComponent(encodeURIComponent(secret)),
  "in hex": (secret) => Buffer.from(secret).toString("hex").toUpperCase(),
  "in base64": (secret) => Buffer.from(secret).toString("base64"),
  "as a password in base64": (secret) => Buffer.from(`user:${secret}`).toString("base64"),
  "deep in base64url": (secret) => Buffer.from(`{"k":"${secret}"}`).toString("base64url"),
};

/** What of a secret must not be left: its first characters, in each of these forms. */
function leftOf(secret: string, text: string): boolean {
  const start = secret.slice(0, 8);
  return (
    text.includes(start) ||
    text.includes(encodeURIComponent(start)) ||
    text.toLowerCase().includes(Buffer.from(start).toString("hex")) ||
    Buffer.from(text, "base64").includes(start)
  );
}

describe("a scrubber", () => {
  it.each(Object.entries(WAYS))("finds a secret %s", (_, way) => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        const text = `${before}\n${way(secret)}\n${after}`;
        const clean = new Scrubber([secret]).text(text);
        const shown = clean.slice(before.length, clean.length - after.length);
        expect(leftOf(secret, shown)).toBe(false);
      }),
      { numRuns: share(100, 5000) },
    );
  });

  it("finds what a vendor cut short", () => {
    const scrubber = new Scrubber([SECRET]);
    expect(scrubber.text(`refused: ${SECRET.slice(0, 12)}"}`)).toBe('refused: ***"}');
    expect(scrubber.text(`refused: ${SECRET.slice(0, 6)}`)).toBe("refused: ***");
    expect(scrubber.text(`refused: ${SECRET.slice(0, 6)}…`)).toBe("refused: ***…");
  });

  it("finds a secret that lies in two pieces, and keeps the pieces apart", () => {
    const whole = Buffer.from(`a ${SECRET} b`);
    const { bytes, ends } = new Scrubber([SECRET]).bytes(whole, [5, 8, whole.length]);
    expect(bytes.toString()).toBe("a *** b");
    expect(ends).toEqual([5, 5, 7]);
  });

  it("leaves alone what holds no secret", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const clean = new Scrubber(["quite-another-secret"]).bytes(Buffer.from(bytes), [1]);
        expect([...clean.bytes]).toEqual([...bytes]);
        expect(clean.ends).toEqual([1]);
      }),
    );
    expect(new Scrubber(["", "ab", "***"]).text("ab *** ab")).toBe("ab *** ab");
  });

  it("learns secrets on its way, and forgets signatures in time", () => {
    const scrubber = new Scrubber([]);
    scrubber.learn("t-token-of-the-tenant");
    scrubber.learnPassing("signature-number-one");
    expect(scrubber.text("t-token-of-the-tenant signature-number-one")).toBe("*** ***");
    for (let count = 0; count < 100; count++) scrubber.learnPassing(`another-${count}-of-many`);
    expect(scrubber.text("t-token-of-the-tenant")).toBe("***");
  });
});
