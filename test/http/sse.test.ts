import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvents, type ServerSentEvent } from "../../src/http/sse.ts";
import { type FakeAnswer, fakeResponse } from "./fake-response.ts";

async function eventsOf(answer: FakeAnswer): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(fakeResponse(answer))) events.push(event);
  return events;
}

describe("readEvents", () => {
  it.each<[string, string, ServerSentEvent[]]>([
    ["data alone", 'data: {"a":1}\n\n', [{ data: '{"a":1}' }]],
    [
      "an event's name and id",
      "event: delta\nid: 7\ndata: x\n\n",
      [{ event: "delta", id: "7", data: "x" }],
    ],
    ["comments", ": keep-alive\n\ndata: x\n\n: bye\n", [{ data: "x" }]],
    ["CRLF", "data: x\r\n\r\ndata: y\r\n\r\n", [{ data: "x" }, { data: "y" }]],
    ["lone CR", "data: x\r\rdata: y\r\r", [{ data: "x" }, { data: "y" }]],
    ["several data lines", "data: {\ndata: }\n\n", [{ data: "{\n}" }]],
    ["no space after the colon", "data:x\n\n", [{ data: "x" }]],
    ["fields nobody knows", "foo: bar\nretry: 1\ndata: x\n\n", [{ data: "x" }]],
    ["a last event without its blank line", "data: x\n\ndata: y\n", [{ data: "x" }, { data: "y" }]],
    ["a last line without its end", "data: x\n\ndata: y", [{ data: "x" }, { data: "y" }]],
    ["a byte order mark", "\ufeffdata: x\n\n", [{ data: "x" }]],
    ["[DONE], for the reader to judge", "data: [DONE]\n\n", [{ data: "[DONE]" }]],
    ["nothing", "", []],
  ])("takes %s", async (_, text, expected) => {
    expect(await eventsOf({ pieces: [text] })).toEqual(expected);
  });

  it("gives the same events however the bytes are split, even inside a character", async () => {
    const text =
      'event: delta\r\ndata: {"delta":"你好😀"}\r\n\r\n: c\n\ndata: 一\ndata: 二\n\ndata: end';
    const bytes = Buffer.from(text);
    const whole = await eventsOf({ pieces: [bytes] });
    expect(whole).toHaveLength(3);
    const cuts = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const ends = [...places.toSorted((a, b) => a - b), bytes.length];
        const pieces = ends.map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
        expect(await eventsOf({ pieces })).toEqual(whole);
      }),
    );
  });

  it("gives each event as soon as it is there", async () => {
    const response = fakeResponse({ pieces: ["data: 1\n\n", "data: 2\n\n"] });
    for await (const { data } of readEvents(response))
      expect(response.readPieces()).toBe(Number(data));
  });

  it("passes on what breaks the stream, after the events before it", async () => {
    const answer = { pieces: ["data: 1\n\ndata: 2"], failure: new Error("broken") };
    const seen: string[] = [];
    const reading = async () => {
      for await (const { data } of readEvents(fakeResponse(answer))) seen.push(data);
    };
    await expect(reading()).rejects.toThrow("broken");
    expect(seen).toEqual(["1"]);
  });

  it("refuses an answer that calls itself something else, showing its first line", async () => {
    const headers = { "content-type": "text/html; charset=utf-8" };
    await expect(eventsOf({ headers, pieces: ["<h1>Sign in</h1>"] })).rejects.toMatchObject({
      kind: "network",
      message: "asr.example sent something that is not an event stream (HTTP 200)",
      details: { reason: "it begins: <h1>Sign in</h1>" },
    });
  });

  it("refuses an event that never ends", async () => {
    const reading = async () => {
      const response = fakeResponse({ pieces: ["data: ", "x".repeat(50), "x".repeat(60)] });
      for await (const _ of readEvents(response, 100)) expect.unreachable();
    };
    await expect(reading()).rejects.toMatchObject({ message: expect.stringMatching(/far more/) });
  });
});
