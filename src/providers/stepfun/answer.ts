/** Reads the answer's event stream to its `done`. */

import { readEvents } from "../../http/sse.ts";
import type { HttpResponse } from "../../http/transport.ts";
import { type Done, parseEvent } from "./events.ts";
import { cutShortError, eventError, statusError } from "./failure.ts";
import { DeltaGroups, type Group } from "./groups.ts";

export interface StepfunAnswer {
  readonly groups: readonly Group[];
  readonly done: Done;
  readonly sessionId?: string;
  /** The events as they came, where they were asked for. */
  readonly raw?: readonly unknown[];
}

/** What has been said so far; `endMs` only where the vendor gives times. */
export interface Heard {
  readonly text: string;
  readonly startMs?: number;
  readonly endMs?: number;
}

/**
 * @param onHeard Awaited after every delta.
 * @throws AsrError: of the status, of an `error` event, and "network" (retryable, the outcome
 *   unknown) where the stream ends without `transcript.text.done`.
 */
export async function readAnswer(
  response: HttpResponse,
  { raw, onHeard }: { readonly raw: boolean; onHeard(heard: Heard): Promise<void> },
): Promise<StepfunAnswer> {
  if (response.status >= 400) throw await statusError(response);
  const groups = new DeltaGroups();
  const kept: unknown[] = [];
  let sessionId: string | undefined;
  for await (const { data } of readEvents(response)) {
    const event = parseEvent(data);
    if (event === undefined) continue;
    if (raw) kept.push(JSON.parse(data));
    sessionId = event.sessionId ?? sessionId;
    switch (event.type) {
      case "delta":
        groups.add(event);
        await onHeard(heardOf(groups));
        break;
      case "error":
        throw eventError(event.message, sessionId);
      case "done": {
        const session = sessionId === undefined ? {} : { sessionId };
        return { groups: groups.groups, done: event, ...session, ...(raw ? { raw: kept } : {}) };
      }
    }
  }
  throw cutShortError(sessionId);
}

function heardOf({ text, groups }: DeltaGroups): Heard {
  const startMs = groups[0]?.startMs;
  const endMs = groups.at(-1)?.endMs;
  return {
    text,
    ...(startMs === undefined ? {} : { startMs }),
    ...(endMs === undefined ? {} : { endMs }),
  };
}
