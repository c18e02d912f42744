/** Server-sent events (WHATWG HTML, 9.2) from an answer as it comes. */
import { createParser } from "eventsource-parser";
import { readText } from "./answer.ts";
import { firstLine } from "./plain-text.ts";
import type { HttpResponse } from "./transport.ts";
import { unusableAnswer } from "./unusable-answer.ts";

export interface ServerSentEvent {
  /** Of its `event:` line; undefined: "message". */
  readonly event?: string;
  /** Its `data:` lines, joined with newlines. */
  readonly data: string;
  readonly id?: string;
}

/** The most characters of one event. */
const LIMIT_CHARACTERS = 16 * 1024 * 1024;

/**
 * Yields the events of an answer. Takes LF, CR and CRLF, comments, and a last event whose blank
 * line is missing. `data: [DONE]` comes like any other. Whether the stream ended too early is for
 * the reader to say: an end is all that can be seen here.
 *
 * @throws AsrError kind "network" where the answer calls itself HTML or JSON, or an event is huge;
 *   and what the connection throws.
 */
export async function* readEvents(
  response: HttpResponse,
  limitCharacters: number = LIMIT_CHARACTERS,
): AsyncGenerator<ServerSentEvent, void> {
  if (/html|json/i.test(response.headers["content-type"] ?? "")) {
    throw unusableAnswer(response, "not events", firstLine(await readText(response)));
  }
  const events: ServerSentEvent[] = [];
  let huge = false;
  const parser = createParser({
    maxBufferSize: limitCharacters,
    onEvent: ({ event, data, id }) =>
      events.push({
        ...(event === undefined ? {} : { event }),
        data,
        ...(id === undefined ? {} : { id }),
      }),
    onError: (error) => {
      huge ||= error.type === "max-buffer-size-exceeded";
    },
  });
  // A character may be split between two pieces.
  const decoder = new TextDecoder();
  for await (const piece of response.pieces()) {
    const text = decoder.decode(piece, { stream: true });
    parser.feed(text);
    yield* events.splice(0);
    if (huge) throw unusableAnswer(response, "huge", firstLine(text));
  }
  parser.feed(`${decoder.decode()}\n\n`);
  yield* events.splice(0);
}
