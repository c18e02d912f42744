import { describe, expect, it } from "vitest";
import type { AsrError } from "../../src/errors.ts";
import { readJson, readText } from "../../src/http/answer.ts";
import { type FakeAnswer, fakeResponse } from "./fake-response.ts";

async function faultOf(answer: FakeAnswer): Promise<AsrError> {
  return readJson(fakeResponse(answer)).then(
    () => expect.unreachable(),
    (error) => error,
  );
}

describe("readJson", () => {
  it("reads JSON of any status, split anywhere, with or without a byte order mark", async () => {
    const bytes = Buffer.from('\ufeff{"text":"你好"}');
    const pieces = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
    expect(await readJson(fakeResponse({ status: 400, pieces }))).toEqual({ text: "你好" });
  });

  it("reads the encoding that was asked for", async () => {
    const pieces = [Buffer.from('{"text":"'), Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), '"}'];
    expect(await readJson(fakeResponse({ pieces }), { encoding: "gbk" })).toEqual({ text: "你好" });
  });

  it("shows the first line of an HTML page, and waits for a vendor that is out of order", async () => {
    const pieces = ["\n<html>\n<head><title>503 Service Temporarily Unavailable</title></head>"];
    const error = await faultOf({ status: 503, pieces });
    expect(error).toMatchObject({
      kind: "network",
      message: "asr.example sent an HTML page (HTTP 503)",
      details: { reason: "it begins: <html>", retryable: true },
    });
    expect(error.details.outcomeUnknown).toBeUndefined();
  });

  it.each<[string, FakeAnswer, object]>([
    [
      "an empty answer: the work may have been done",
      { pieces: [] },
      { kind: "network", details: { retryable: true, outcomeUnknown: true } },
    ],
    [
      "half an answer: the work may have been done",
      { pieces: ['{"text":"hal'] },
      { kind: "network", details: { retryable: true, outcomeUnknown: true } },
    ],
    [
      "a login page: sending again would not help",
      { pieces: ["<!DOCTYPE html><title>Sign in</title>"] },
      { kind: "network", details: { retryable: false } },
    ],
    [
      "something else: sending again would not help",
      { pieces: ["hello"] },
      { kind: "network", details: { retryable: false, reason: "it begins: hello" } },
    ],
    [
      "a gateway's time-out: the vendor may still have done the work",
      { status: 504, pieces: ["<html>504"] },
      { kind: "network", details: { retryable: true, outcomeUnknown: true } },
    ],
    [
      "404 in plain text: a wrong base address",
      { status: 404, pieces: ["404 page not found"] },
      { kind: "usage", details: { reason: "it begins: 404 page not found" } },
    ],
    [
      "429 in plain text: too many",
      { status: 429, pieces: ["slow down"] },
      { kind: "quota", details: { retryable: true } },
    ],
    ["403 of a gateway", { status: 403, pieces: ["<html>"] }, { kind: "network" }],
  ])("%s", async (_, answer, expected) => {
    expect(await faultOf(answer)).toMatchObject(expected);
  });
});

describe("an answer that holds a secret", () => {
  const TOKEN = "t-g1044qeGEDXTB6ND";

  it.each<[string, FakeAnswer]>([
    ["followed by a gateway's comment", { pieces: [`{"token":"${TOKEN}"}<!-- gw -->`] }],
    ["cut", { pieces: [`{"token":"${TOKEN}`] }],
    ["in another encoding", { pieces: [`{"token":"${TOKEN}`, Buffer.from([0xff]), '"}'] }],
    ["without end", { pieces: Array.from({ length: 20 }, () => TOKEN.repeat(60_000)) }],
  ])("shows nothing of it in an error: %s", async (_, answer) => {
    const error: AsrError = await readJson(fakeResponse(answer), { secret: true }).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ kind: "network" });
    const { cause, ...details } = error.details;
    expect(`${error.message} ${JSON.stringify(details)} ${cause}`).not.toContain("t-g10");
  });

  it("is quoted by no cause either", async () => {
    const error = await faultOf({ pieces: [`{"key":"${TOKEN}" x`] });
    expect(error.cause).toBeUndefined();
  });
});

describe("readText", () => {
  it("stops reading an answer that has no end", async () => {
    const garbage = "garbage ".repeat(125_000);
    const response = fakeResponse({ pieces: Array.from({ length: 20 }, () => garbage) });
    await expect(readText(response)).rejects.toMatchObject({
      kind: "network",
      message: "asr.example sent far more than any answer should have (HTTP 200)",
      details: { retryable: false },
    });
    expect(response.readPieces()).toBe(17);
  });

  it("says so when the text is in another encoding", async () => {
    const pieces = [Buffer.from([0x61, 0xff, 0xfe, 0x62])];
    await expect(readText(fakeResponse({ pieces }))).rejects.toMatchObject({
      message: "asr.example sent text that is not utf-8 (HTTP 200)",
      details: { retryable: false },
    });
  });
});
