/** Faults of the answer, applied: content first, then how it goes over the wire. */
import { type Answer, type BytesAnswer, bodyAnswer } from "./answer.ts";
import { type EventFormat, writeEvents } from "./event-stream.ts";
import type { LateFault } from "./faults.ts";
import { mergeJson } from "./json/values.ts";

/** What a fault makes of an answer's content. */
export function alterAnswer(answer: Answer, fault: LateFault): Answer {
  switch (fault.kind) {
    case "replace-answer":
      return bodyAnswer(fault.body, fault.contentType ?? "application/json");
    case "huge-answer":
      return {
        kind: "bytes",
        status: 200,
        headers: { "content-type": "application/json" },
        pieces: hugePieces(fault.sizeBytes),
      };
    case "merge-answer":
      return answer.kind === "json"
        ? { ...answer, value: mergeJson(answer.value, fault.fields) }
        : answer;
    case "end-events":
      return answer.kind === "events"
        ? { ...answer, events: answer.events.slice(0, fault.afterEvents) }
        : answer;
    case "error-event": {
      if (answer.kind !== "events") return answer;
      const meta = answer.events[0]?.meta ?? {};
      const error = { type: "error", meta, message: fault.message };
      return { ...answer, events: [...answer.events.slice(0, fault.afterEvents), error] };
    }
    default:
      return answer;
  }
}

/** The answer as pieces of bytes. */
export function renderAnswer(answer: Answer, format?: EventFormat): BytesAnswer {
  switch (answer.kind) {
    case "bytes":
      return answer;
    case "events":
      return { ...answer, kind: "bytes", pieces: writeEvents(answer.events, format) };
    case "json": {
      const text = JSON.stringify(answer.value);
      const bytes = answer.encode?.(text) ?? Buffer.from(text);
      return { ...answer, kind: "bytes", pieces: [bytes], sizeBytes: bytes.length };
    }
  }
}

function* hugePieces(sizeBytes: number): Iterable<Buffer> {
  yield Buffer.from('{"code":0,"message":"","text":"');
  const filler = Buffer.alloc(64 * 1024, "a");
  for (let left = sizeBytes; left > 0; left -= filler.length) {
    yield left < filler.length ? filler.subarray(0, left) : filler;
  }
  yield Buffer.from('"}');
}

/** Cuts pieces so that each is at most this long. */
export function* inPieces(pieces: Iterable<Buffer>, sizeBytes: number): Iterable<Buffer> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += sizeBytes) yield piece.subarray(at, at + sizeBytes);
  }
}

/** Cuts after the first byte of every multi-byte UTF-8 character. */
export function* insideCharacters(pieces: Iterable<Buffer>): Iterable<Buffer> {
  for (const piece of pieces) {
    let start = 0;
    for (const [at, byte] of piece.entries()) {
      if (byte < 0xc0) continue;
      yield piece.subarray(start, at + 1);
      start = at + 1;
    }
    if (start < piece.length) yield piece.subarray(start);
  }
}

/** The first bytes of the pieces. */
export function* firstBytes(pieces: Iterable<Buffer>, sizeBytes: number): Iterable<Buffer> {
  let left = sizeBytes;
  for (const piece of pieces) {
    if (left <= 0) return;
    yield piece.subarray(0, left);
    left -= piece.length;
  }
}
