import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sniff } from "../../src/audio/sniff.ts";

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const SAMPLES: readonly (readonly [id: string, head: Uint8Array])[] = [
  ["wav", ascii("RIFF\x24\0\0\0WAVEfmt ")],
  ["wav", ascii("RIFX\0\0\0\x24WAVEfmt ")],
  ["wav", ascii("RF64\xff\xff\xff\xffWAVEds64")],
  ["wav", ascii("BW64\xff\xff\xff\xffWAVEds64")],
  ["wav", ascii("RIFF\x24\0")],
  ["avi", ascii("RIFF\x24\0\0\0AVI LIST")],
  ["webp", ascii("RIFF\x24\0\0\0WEBPVP8 ")],
  ["riff", ascii("RIFF\x24\0\0\0sfbkLIST")],
  ["mp3", ascii("ID3\x03\0\0\0\0\0\0TIT2")],
  ["mp3", Uint8Array.of(0xff, 0xfb, 0x90, 0x64, 0, 0, 0, 0)],
  ["aac", Uint8Array.of(0xff, 0xf1, 0x50, 0x80, 0x03, 0xdf, 0xfc)],
  ["ogg", ascii("OggS\0\x02\0\0\0\0\0\0\0\0OpusHead")],
  ["flac", ascii("fLaC\0\0\0\x22")],
  ["m4a", ascii("\0\0\0\x20ftypM4A \0\0\0\0")],
  ["mp4", ascii("\0\0\0\x20ftypisom\0\0\x02\0")],
  [
    "webm",
    ascii("\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"),
  ],
  [
    "mkv",
    ascii("\x1aE\xdf\xa3\xa3B\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x88matroska"),
  ],
  ["amr", ascii("#!AMR\n\x3c")],
  ["amr", ascii("#!AMR-WB\n\x3c")],
  ["silk", ascii("#!SILK_V3\x0c")],
  ["silk", ascii("\x02#!SILK_V3\x0c")],
  ["aiff", ascii("FORM\0\0\0\x2eAIFFCOMM")],
  ["aiff", ascii("FORM\0\0\0\x2eAIFCFVER")],
  ["au", ascii(".snd\0\0\0\x18")],
  ["caf", ascii("caff\0\x01\0\0desc")],
  ["sphere", ascii("NIST_1A\n   1024\n")],
  ["wma", ascii("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9")],
  ["html", ascii("<!DOCTYPE html>\n<html><head>")],
  ["html", ascii("\xef\xbb\xbf\r\n  <HTML lang='en'>")],
  ["xml", ascii("<?xml version='1.0'?><Error><Code>AccessDenied</Code>")],
  ["json", ascii('{"error": "not found"}')],
  ["json", ascii('[{"id": 1}]')],
  ["subtitles", ascii("WEBVTT\n\n00:00.000 --> 00:01.000\nHi")],
  ["subtitles", ascii("1\r\n00:00:00,000 --> 00:00:01,000\r\nHi")],
  ["text", ascii("go forward ten meters\n")],
  ["text", new TextEncoder().encode("沃森是认知计算技术的杰出代表".repeat(20)).subarray(0, 512)],
  ["text", Uint8Array.of(0xff, 0xfe, 0x48, 0, 0x69, 0)],
  ["pdf", ascii("%PDF-1.7\n%\xe2\xe3\xcf\xd3")],
  ["zip", ascii("PK\x03\x04\x14\0")],
  ["gzip", new Uint8Array(gzipSync("talk"))],
  ["png", ascii("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
  ["jpeg", ascii("\xff\xd8\xff\xe0\0\x10JFIF")],
  ["gif", ascii("GIF89a\x01\0")],
  ["elf", ascii("\x7fELF\x02\x01\x01\0")],
  ["empty", new Uint8Array(0)],
  ["unknown", Uint8Array.of(0, 0, 1, 0, 0xff, 0xff, 2, 0)],
];

describe("what an input is", () => {
  it.each(SAMPLES)("is told from its first bytes: %s", (id, head) => {
    expect(sniff(head).id).toBe(id);
    expect(sniff(head).title).not.toBe("");
  });

  it("is told from a few bytes more as from many", () => {
    const magic = SAMPLES.filter(([, head]) => head.length >= 12 || !head.includes(0));
    for (const [id, head] of magic.filter(
      ([, bytes]) => bytes.length > 0 && sniff(bytes).certain,
    )) {
      const isText = ["html", "xml", "json", "subtitles", "text"].includes(id);
      const longer = new Uint8Array(512).fill(isText ? 0x20 : 0);
      longer.set(head);
      expect(sniff(longer).id).toBe(id);
    }
  });

  it("is certain, but for frames without a magic number and for what is unknown", () => {
    for (const [id, head] of SAMPLES) {
      if (head.length > 8 && id !== "aac") expect(sniff(head).certain, id).toBe(id !== "unknown");
    }
    expect(sniff(ascii("ID3\x03\0")).certain).toBe(true);
    expect(sniff(Uint8Array.of(0xff, 0xfb, 0x90, 0x64)).certain).toBe(false);
    expect(sniff(Uint8Array.of(0xff, 0xf1, 0x50, 0x80)).certain).toBe(false);
    expect(sniff(ascii("U".repeat(512))).certain).toBe(false);
  });

  it.each([
    ["silence of 16 bits", new Uint8Array(512)],
    ["silence of 8 bits", new Uint8Array(512).fill(0x80)],
    ["silence of A-law", new Uint8Array(512).fill(0xd5)],
    ["silence of mu-law", new Uint8Array(512).fill(0xff)],
    [
      "a ramp of 16 bits",
      new Uint8Array(Int16Array.from({ length: 256 }, (_, i) => i * 100 - 9000).buffer),
    ],
  ])("is never certain about headerless audio: %s", (_title, head) => {
    expect(sniff(head).certain).toBe(false);
  });
});
