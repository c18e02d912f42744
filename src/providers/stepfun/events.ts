/** The events of the answer (document, "响应"), read leniently. */
import { z } from "zod";

const number = z.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const meta = z.object({ session_id: text }).optional().catch(undefined);

const DELTA = z.object({
  type: z.literal("transcript.text.delta"),
  meta,
  delta: z.string().catch(""),
  item_id: text,
  start_time: number,
  end_time: number,
});

const DONE = z.object({
  type: z.literal("transcript.text.done"),
  meta,
  text,
  usage: z
    .object({ input_tokens: number, output_tokens: number, total_tokens: number })
    .optional()
    .catch(undefined),
});

const ERROR = z.object({ type: z.literal("error"), meta, message: z.string().catch("") });

const EVENT = z.discriminatedUnion("type", [DELTA, DONE, ERROR]);

export interface Delta {
  readonly type: "delta";
  readonly text: string;
  readonly item?: string;
  /** Where in the audio the text was spoken, where the vendor says. */
  readonly startMs?: number;
  readonly endMs?: number;
}

export interface Done {
  readonly type: "done";
  /** Undefined where the event carries none: then the deltas are all there is. */
  readonly text?: string;
  readonly tokens?: number;
}

export interface Failed {
  readonly type: "error";
  readonly message: string;
}

export type VendorEvent = (Delta | Done | Failed) & { readonly sessionId?: string };

/**
 * @param data Of one server-sent event.
 * @returns undefined for `[DONE]`, for types that we do not know and for what is not JSON.
 */
export function parseEvent(data: string): VendorEvent | undefined {
  return eventOf(jsonOf(data));
}

/** @returns undefined for what is no event that we know. */
export function eventOf(value: unknown): VendorEvent | undefined {
  const parsed = EVENT.safeParse(value);
  if (!parsed.success) return undefined;
  const event = parsed.data;
  const sessionId = event.meta?.session_id;
  const session = sessionId === undefined ? {} : { sessionId };
  switch (event.type) {
    case "transcript.text.delta": {
      const item = event.item_id === undefined ? {} : { item: event.item_id };
      return { type: "delta", text: event.delta, ...item, ...timesOf(event), ...session };
    }
    case "transcript.text.done": {
      const { input_tokens: input, output_tokens: output, total_tokens: total } = event.usage ?? {};
      const both =
        input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0);
      const tokens = total ?? both;
      return {
        type: "done",
        ...(event.text === undefined ? {} : { text: event.text }),
        ...(tokens === undefined ? {} : { tokens }),
        ...session,
      };
    }
    case "error":
      return { type: "error", message: event.message, ...session };
  }
}

/** Both 0 mean "no times" (FACTS); so does what can't be a stretch of audio. */
function timesOf(event: { start_time?: number | undefined; end_time?: number | undefined }) {
  const { start_time: start, end_time: end } = event;
  if (start === undefined || end === undefined || start < 0 || end < start || end === 0) return {};
  return { startMs: Math.round(start), endMs: Math.round(end) };
}

function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
