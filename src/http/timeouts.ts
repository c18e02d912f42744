/** How long each part of a request may take without a sign of life. */

export interface Timeouts {
  /** Until the connection stands: name, TCP, proxy and TLS together. */
  readonly connectMs: number;
  /** Between two steps of the upload, and from its last byte to the head of the answer. */
  readonly answerMs: number;
  /** Between two pieces of the answer. */
  readonly idleMs: number;
}

const CONNECT_MS = 10_000;
/** A recording is worked through before the answer begins. */
const ANSWER_MS = 600_000;
const SLICE_ANSWER_MS = 30_000;
const STREAM_IDLE_MS = 60_000;

/** One request with a whole recording, one JSON answer. */
export const RECORDING_TIMEOUTS: Timeouts = {
  connectMs: CONNECT_MS,
  answerMs: ANSWER_MS,
  idleMs: ANSWER_MS,
};

/** A short request: a slice of a stream, a token. */
export const SLICE_TIMEOUTS: Timeouts = {
  connectMs: CONNECT_MS,
  answerMs: SLICE_ANSWER_MS,
  idleMs: SLICE_ANSWER_MS,
};

/** A recording whose answer comes as server-sent events. */
export const EVENT_STREAM_TIMEOUTS: Timeouts = {
  connectMs: CONNECT_MS,
  answerMs: ANSWER_MS,
  idleMs: STREAM_IDLE_MS,
};

/** `--timeout`: the longest silence of the other side once the connection stands. */
export function withSilence(timeouts: Timeouts, silenceMs: number | undefined): Timeouts {
  if (silenceMs === undefined) return timeouts;
  return { ...timeouts, answerMs: silenceMs, idleMs: silenceMs };
}
