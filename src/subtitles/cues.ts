/** Cues from segments: the vendor's own segments, made legal for every player. */
import { sortSegments } from "../transcript/order.ts";
import { textLines } from "../transcript/text.ts";
import type { Segment } from "../transcript/transcript.ts";

/** What a player shows at once. Start before end, and end not after the next cue's start. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** At least one; none is blank or holds a line break or a control character. */
  readonly lines: readonly string[];
  /** Label of the speaker; undefined where unknown or where several speak in one cue. */
  readonly speaker?: string;
  /** Channel of the recording, from 0; undefined as `speaker`. */
  readonly channel?: number;
  /** Words with measured times, in order; undefined where there are none. */
  readonly words?: readonly CueWord[];
}

/** A word in a cue, with the time in which it is said. */
export interface CueWord {
  /** Index of the line, from 0. */
  readonly line: number;
  /** Offsets in the line, in UTF-16 code units: marks included, the blank after it not. */
  readonly start: number;
  readonly end: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** Turns segments into cues while they come. */
export interface CueMaker {
  /** @returns the cues that no later segment can change any more */
  add(segment: Segment): readonly Cue[];
  /** @returns the rest */
  end(): readonly Cue[];
}

/**
 * What a segment without a length gets, where the next one leaves room, and the shortest time
 * that a cue is cut down to for the next one's sake.
 */
export const LEAST_CUE_MS = 500;

/**
 * A cue a segment. Blank segments are dropped. Where two overlap, the earlier ends when the later
 * starts; where that would take most of it away (they start together, or nearly), both become
 * one cue, a line each. Segments come by start; a late one starts with the cue before it.
 */
export function createPlainCues(): CueMaker {
  let pending: Cue | undefined;
  return {
    add(segment) {
      const cue = cueOf(segment, pending?.startMs ?? 0);
      if (cue === undefined) return [];
      const earlier = pending;
      if (earlier !== undefined && crowdsOut(cue, earlier)) {
        pending = mergeCues(earlier, cue);
        return [];
      }
      pending = cue;
      if (earlier === undefined) return [];
      return [{ ...earlier, endMs: Math.min(earlier.endMs, cue.startMs) }];
    },
    end() {
      const last = pending;
      pending = undefined;
      return last === undefined ? [] : [last];
    },
  };
}

/** The cues of all segments, in whatever order they are. */
export function plainCues(segments: readonly Segment[]): Cue[] {
  const maker = createPlainCues();
  const cues = sortSegments(segments).flatMap((segment) => maker.add(segment));
  return [...cues, ...maker.end()];
}

function cueOf(segment: Segment, earliestMs: number): Cue | undefined {
  const lines = textLines(segment.text);
  if (lines.length === 0) return undefined;
  const startMs = Math.max(segment.startMs, earliestMs);
  const { speaker, channel } = segment;
  return {
    startMs,
    endMs: segment.endMs > startMs ? segment.endMs : startMs + LEAST_CUE_MS,
    lines,
    ...(speaker === undefined ? {} : { speaker }),
    ...(channel === undefined ? {} : { channel }),
  };
}

/** Whether too little of `earlier` would be left if it ended when `later` starts. */
function crowdsOut(later: Cue, earlier: Cue): boolean {
  const leftMs = later.startMs - earlier.startMs;
  const lostMs = earlier.endMs - later.startMs;
  return leftMs < LEAST_CUE_MS && lostMs > leftMs;
}

function mergeCues(earlier: Cue, later: Cue): Cue {
  const { speaker, channel } = earlier;
  return {
    startMs: earlier.startMs,
    endMs: Math.max(earlier.endMs, later.endMs),
    lines: [...earlier.lines, ...later.lines],
    ...(speaker === undefined || speaker !== later.speaker ? {} : { speaker }),
    ...(channel === undefined || channel !== later.channel ? {} : { channel }),
  };
}
