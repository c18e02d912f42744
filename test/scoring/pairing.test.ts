import { describe, expect, it } from "vitest";
import { hasAudioName } from "../../src/audio/audio-name.ts";
import { keyOf, matchByName } from "../../src/scoring/pairing.ts";

const named = (...paths: string[]) => paths.map((relativePath) => ({ relativePath }));

describe("the name that two files share", () => {
  it.each([
    ["a/1.wav.srt", "a/1"],
    ["a/1.txt", "a/1"],
    ["a\\1.json", "a/1"],
    ["v1.2.txt", "v1.2"],
    ["no-extension", "no-extension"],
    ["e\u0301.txt", "\u00e9"],
  ])("of %s is %s", (relativePath, key) => {
    expect(keyOf({ relativePath }, hasAudioName)).toBe(key);
  });
});

it("pairs by name, in the references' order, and says what is left", () => {
  const hypotheses = named("b.srt", "a/x.json", "a/x.srt", "only.txt");
  const references = named("a/x.txt", "lost.txt", "b.txt");
  const { pairs, unexpected, missing } = matchByName(hypotheses, references, hasAudioName);
  expect(pairs.map(({ key, hypothesis }) => [key, hypothesis.relativePath])).toEqual([
    ["a/x", "a/x.json"],
    ["b", "b.srt"],
  ]);
  expect(unexpected).toEqual(named("only.txt"));
  expect(missing).toEqual(named("lost.txt"));
});
