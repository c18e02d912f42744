/** The report's page as a text: safe whatever it holds, and the same for the same. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PAGE_SCRIPT } from "../../../src/formats/html/assets.js";
import type { Sound } from "../../../src/transcript/sound.ts";
import { singleLine } from "../../../src/transcript/text.ts";
import { attributeOf, pageOf, parsedPage, textOf, transcriptOf } from "./report-page.ts";

const HOSTILE = [
  "</script><script>alert(1)</script>",
  "<!-- <script>",
  "]]>",
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  "</style>",
  "&lt;b&gt;",
  "\u0000\u0007\u001b[31m",
  "\u2028\u2029\ufeff\u202e",
  "\ud800",
  "javascript:alert(1)",
  "{{constructor}}",
  "__proto__",
];

const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary" }),
  fc.tuple(fc.constantFrom(...HOSTILE), fc.string()).map((parts) => parts.join("")),
);

const sounds: fc.Arbitrary<Sound | undefined> = fc.oneof(
  fc.constant(undefined),
  text.map((reason) => ({ playback: { kind: "none", reason } }) as const),
  text.map((href) => ({ playback: { kind: "linked", href, isPlayable: true } }) as const),
  fc.uint8Array().map(
    (bytes) =>
      ({
        playback: { kind: "embedded", mediaType: "audio/wav", bytes, isCopy: false },
        waveform: { peaks: bytes, durationMs: 1000 },
      }) as const,
  ),
);

const shape = (page: string): string[] =>
  parsedPage(page).elements.map(({ tagName, attrs }) => {
    const names = attrs.map(({ name }) => name).join(" ");
    return `${tagName} ${names}`;
  });

describe("the HTML report's page", () => {
  it("holds any text as text: never as an element or attribute, and none is lost", () => {
    fc.assert(
      fc.property(text, text, text, text, sounds, (said, speaker, name, warning, sound) => {
        const source = { name, durationMs: 0, sampleRate: 1, channels: 1, sha256: "" };
        const make = (one: string, who: string, file: string, told: string): string =>
          pageOf(
            transcriptOf([{ text: `a${one}`, startMs: 0, endMs: 9, speaker: `a${who}` }], {
              source: { ...source, name: file },
              warnings: [{ code: "x", message: told }],
            }),
            sound,
          );
        const page = make(said, speaker, name, warning);
        expect(shape(page)).toEqual(shape(make("b", "b", "b", "b")));
        const { data, elements } = parsedPage(page);
        expect(data.segments.map((segment) => segment.text)).toEqual([singleLine(`a${said}`)]);
        expect(data.speakers).toEqual([singleLine(`a${speaker}`)]);
        const [heading] = elements.filter(({ tagName }) => tagName === "h1");
        const shown = heading === undefined ? undefined : textOf(heading);
        const kept = [...name].filter((one) => /[\p{L}\p{N}<>&"']/u.test(one)).join("");
        expect([...(shown ?? "")].filter((one) => /[\p{L}\p{N}<>&"']/u.test(one)).join("")).toBe(
          kept,
        );
      }),
    );
  });

  it("lets its own script and style run, and nothing else", () => {
    const page = pageOf(transcriptOf([{ text: "a", startMs: 0, endMs: 9 }]));
    const { elements } = parsedPage(page);
    const policy = attributeOf(
      elements.find((one) => attributeOf(one, "http-equiv") !== undefined) ?? raise(),
      "content",
    );
    const hashes = elements
      .filter(({ tagName, attrs }) => /^(?:script|style)$/.test(tagName) && attrs.length === 0)
      .map((one) => `'sha256-${createHash("sha256").update(textOf(one)).digest("base64")}'`);
    expect(hashes).toHaveLength(2);
    const [style, script] = hashes;
    expect(policy).toContain(`script-src ${script};`);
    expect(policy).toContain(`style-src ${style} 'nonce-`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toContain("media-src");
    expect(
      elements.flatMap(({ attrs }) => attrs.filter(({ name }) => /^(?:on|style)/.test(name))),
    ).toEqual([]);
  });

  it("is the same for the same transcript, to the byte", () => {
    const transcript = transcriptOf([{ text: "a", startMs: 0, endMs: 9, speaker: "0" }]);
    expect(pageOf(transcript)).toBe(pageOf(structuredClone(transcript)));
  });

  it("names no address, but those of licences and standards in comments", () => {
    const page = pageOf(transcriptOf([{ text: "a", startMs: 0, endMs: 9 }]));
    const addresses = page.match(/(?:https?:)?\/\/[\w.-]+\.\w{2,}[^\s"'`)]*/g) ?? [];
    expect(addresses.filter((address) => !address.includes("www.w3.org"))).toEqual([]);
  });

  it("carries the licence of the waveform's library", () => {
    expect(PAGE_SCRIPT).toContain("BSD 3-Clause License");
    expect(PAGE_SCRIPT).toContain("Redistributions of source code must retain");
  });

  it("says so where nobody speaks", () => {
    expect(pageOf(transcriptOf([]))).toContain("Nobody speaks");
  });
});

function raise(): never {
  throw new Error("the page has no policy");
}
