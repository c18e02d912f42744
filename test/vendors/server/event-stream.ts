/** Server-sent events as bytes, in every dress the standard allows. */
import type { JsonObject } from "./json/values.ts";

/** How events are written; the default is `data:` lines and blank lines (FACTS, "StepFun SSE"). */
export interface EventFormat {
  readonly newline?: "\n" | "\r\n" | "\r";
  /** `: keep-alive` before every event. */
  readonly comments?: boolean;
  /** `event:` and `id:` lines with every event. */
  readonly eventLines?: boolean;
  /** The JSON over several `data:` lines. */
  readonly multiLineData?: boolean;
  /** `data:{…}` without the space. */
  readonly noSpace?: boolean;
  /** `data: [DONE]` at the end. */
  readonly doneMarker?: boolean;
  /** U+FEFF before everything. */
  readonly byteOrderMark?: boolean;
  /** The last event lacks its blank line. */
  readonly withoutLastBlankLine?: boolean;
}

/** One buffer an event (and one for `[DONE]`). */
export function writeEvents(events: readonly JsonObject[], format: EventFormat = {}): Buffer[] {
  const newline = format.newline ?? "\n";
  const data = format.noSpace === true ? "data:" : "data: ";
  const blocks = events.map((event, index) => {
    const json = JSON.stringify(event, null, format.multiLineData === true ? 1 : 0);
    const lines = [
      ...(format.comments === true ? [": keep-alive"] : []),
      ...(format.eventLines === true ? [`id: ${index}`, `event: ${String(event.type)}`] : []),
      ...json.split("\n").map((line) => data + line),
    ];
    return `${lines.join(newline)}${newline}${newline}`;
  });
  if (format.doneMarker === true) blocks.push(`${data}[DONE]${newline}${newline}`);
  const last = blocks.at(-1);
  if (format.withoutLastBlankLine === true && last !== undefined) {
    blocks[blocks.length - 1] = last.slice(0, -newline.length);
  }
  const mark = format.byteOrderMark === true ? "\uFEFF" : "";
  return blocks.map((block, index) => Buffer.from(index === 0 ? mark + block : block));
}
