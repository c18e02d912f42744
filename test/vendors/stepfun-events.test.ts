import { describe, expect, it } from "vitest";
import { pcm } from "./hand/audio.ts";
import { openStepfun } from "./hand/open-doubles.ts";
import { eventsOf, sendAsr } from "./hand/stepfun.ts";
import { writeEvents } from "./server/event-stream.ts";
import type { Fault } from "./server/faults.ts";

const AUDIO = pcm(400);
const EVENTS = [{ type: "a", n: 1 }, { type: "b" }];

const written = (format: Parameters<typeof writeEvents>[1]) =>
  Buffer.concat(writeEvents(EVENTS, format)).toString();

async function answerWith(fault: Fault) {
  const vendor = await openStepfun({ faults: [{ at: 0, fault }] });
  return await sendAsr(vendor, AUDIO);
}

describe("Events in other dress", () => {
  it.each([
    [{}, 'data: {"type":"a","n":1}\n\ndata: {"type":"b"}\n\n'],
    [{ newline: "\r\n" }, 'data: {"type":"a","n":1}\r\n\r\ndata: {"type":"b"}\r\n\r\n'],
    [{ newline: "\r", noSpace: true }, 'data:{"type":"a","n":1}\r\rdata:{"type":"b"}\r\r'],
    [
      { comments: true, eventLines: true },
      ': keep-alive\nid: 0\nevent: a\ndata: {"type":"a","n":1}\n\n' +
        ': keep-alive\nid: 1\nevent: b\ndata: {"type":"b"}\n\n',
    ],
    [
      { multiLineData: true, doneMarker: true },
      'data: {\ndata:  "type": "a",\ndata:  "n": 1\ndata: }\n\n' +
        'data: {\ndata:  "type": "b"\ndata: }\n\ndata: [DONE]\n\n',
    ],
    [
      { byteOrderMark: true, withoutLastBlankLine: true },
      '\uFEFFdata: {"type":"a","n":1}\n\ndata: {"type":"b"}\n',
    ],
  ] as const)("%j", (format, text) => {
    expect(written(format)).toBe(text);
  });

  it("reaches the client as the plan says", async () => {
    const answer = await answerWith({ kind: "event-format", format: { newline: "\r\n" } });
    expect(answer.text).toContain("\r\n\r\n");
    expect(answer.text.replaceAll("\r\n", "\n")).toContain('"transcript.text.done"');
  });

  it.each([
    ["one byte a write", { kind: "pieces", sizeBytes: 1 }],
    ["split inside characters", { kind: "split-characters" }],
  ] as const)("arrives whole when %s", async (_name, fault) => {
    expect(eventsOf(await answerWith(fault)).at(-1)?.text).toBe("你好，");
  });
});

describe("Streams that go wrong", () => {
  it("end without done", async () => {
    const events = eventsOf(await answerWith({ kind: "end-events", afterEvents: 2 }));
    expect(events.map((event) => event.type)).toEqual([
      "transcript.text.delta",
      "transcript.text.delta",
    ]);
  });

  it("carry an error event after HTTP 200", async () => {
    const message = "engine failed";
    const fault = { kind: "error-event", afterEvents: 1, message } as const;
    const answer = await answerWith(fault);
    expect(answer.status).toBe(200);
    expect(eventsOf(answer).slice(1)).toEqual([
      {
        type: "error",
        meta: { session_id: expect.any(String), timestamp: expect.any(Number) },
        message,
      },
    ]);
  });

  it("break off inside an event", async () => {
    await expect(answerWith({ kind: "cut-answer", afterBytes: 150 })).rejects.toThrow();
    const ended = await answerWith({ kind: "end-answer", afterBytes: 150 });
    expect(ended.bytes).toHaveLength(150);
  });
});
