/**
 * Runs of segments that are cut into cues together: most are a single segment; what is too short
 * to be read alone, or goes on in the next segment, is taken together with its neighbour.
 */
import { textLines } from "../transcript/text.ts";
import type { Interval, Segment } from "../transcript/transcript.ts";
import { type HotwordFinder, wordStretches } from "./breaking/protected.ts";
import { breakUnits } from "./breaking/units.ts";
import { columnsOf, readingMs } from "./measure.ts";
import { endsOpen, isApart, isSeveralTurns, runningText } from "./running-text.ts";
import { isSameVoice, keyOf, namePrefix, type Voice, voiceOf } from "./speakers.ts";
import { minGapMs, type SpeakerStyle, type SubtitleStyle } from "./style.ts";
import { boundary } from "./timing/overlap.ts";
import { type TimedUnit, timedUnits } from "./timing/unit-times.ts";
import { placedWords } from "./timing/word-times.ts";

export interface Passage {
  readonly voice: Voice;
  readonly units: readonly TimedUnit[];
}

export interface PassageSettings {
  readonly style: SubtitleStyle;
  readonly speakers: SpeakerStyle;
  /** See {@link CueSettings}. */
  readonly areCues: boolean;
  readonly hotwords: HotwordFinder;
  /** The stretches of speech that touch an interval. */
  speechWithin(interval: Interval): readonly Interval[];
}

export interface Passages {
  /** @returns the passage that this segment does not belong to, if one was open */
  add(segment: Segment): Passage | undefined;
  /** To be told when the last cue of a passage starts. */
  shown(voice: Voice, startMs: number): void;
  /** No later cue starts before that: segments come by start. */
  latestMs(): number;
  /** When the first cue of the open passage starts; undefined where none is open. */
  startMs(): number | undefined;
  end(): Passage | undefined;
}

/** A segment that is not cut yet: the next one may shorten it. */
interface Piece extends Interval {
  readonly segment: Segment;
  /** With the name before it, where names are asked for. */
  readonly text: string;
  readonly prefixLength: number;
}

/** Segments further apart are never taken together. */
const JOIN_GAP_MS = 1000;
/** What goes on without a mark and without a pause is one sentence. */
const SAME_BREATH_MS = 300;
/** A longer passage is closed: live subtitles wait for the end of it. */
const LONGEST_MS = 15_000;
/** A name is not left behind by what is said. */
const AFTER_NAME = 400;

export function createPassages(settings: PassageSettings): Passages {
  const { style, speakers, areCues } = settings;
  let voice: Voice | undefined;
  let done: TimedUnit[] = [];
  let piece: Piece | undefined;
  let latestMs = 0;
  /** When the last cue of each voice starts: what it says next is not shown before. */
  const saidMs = new Map<string, number>();

  // What was cut last: when the piece starts is asked for before it ends.
  let cut: { readonly piece: Piece; readonly units: TimedUnit[] } | undefined;

  function unitsOf(last: Piece): TimedUnit[] {
    if (cut?.piece !== last) cut = { piece: last, units: cutUp(last) };
    return cut.units;
  }

  function cutUp(last: Piece): TimedUnit[] {
    const said = { ...last, words: last.segment.words ?? [] };
    const names = wordStretches(last.text, placedWords(said), halfLine(style));
    const units = breakUnits(last.text, settings, names).map((unit) =>
      unit.end > last.prefixLength
        ? unit
        : { ...unit, after: { ...unit.after, cost: unit.after.cost + AFTER_NAME } },
    );
    const speech = settings.speechWithin(last);
    return timedUnits(units, said, speech);
  }

  function close(): Passage | undefined {
    if (piece === undefined || voice === undefined) return undefined;
    const passage = { voice, units: [...done, ...unitsOf(piece)] };
    done = [];
    piece = undefined;
    return passage;
  }

  function pieceOf(segment: Segment): Piece | undefined {
    const said = runningText(textLines(segment.text));
    if (said === "") return undefined;
    const isTurn = voice === undefined || !isSameVoice(voice, segment);
    const prefix = speakers === "name" && isTurn ? namePrefix(segment, style) : "";
    latestMs = Math.max(latestMs, segment.startMs);
    // The cues of a file may be of several voices that nothing tells apart.
    const saidBeforeMs = areCues ? 0 : (saidMs.get(keyOf(segment)) ?? 0);
    const startMs = Math.max(latestMs, saidBeforeMs);
    const endMs = Math.max(startMs, segment.endMs);
    const text = prefix + said;
    return { segment, startMs, endMs, text, prefixLength: prefix.length };
  }

  function goesOn(last: Piece, next: Piece): boolean {
    const gapMs = next.startMs - last.endMs;
    if (gapMs > JOIN_GAP_MS || gapMs < 0) return false;
    if (isSeveralTurns(last.text) || isSeveralTurns(next.text)) return false;
    const firstMs = done[0]?.startMs ?? last.startMs;
    if (next.startMs - firstMs > LONGEST_MS) return false;
    const isOpen = gapMs <= SAME_BREATH_MS && endsOpen(last.text, next.text, areCues);
    const untilMs = next.startMs - minGapMs(style);
    return isOpen || isHurried(last, untilMs) || isHurried(next, next.endMs + style.lingerMs);
  }

  /** Whether a piece alone could not stay long enough. */
  function isHurried({ text, startMs, endMs }: Piece, untilMs: number): boolean {
    const columns = columnsOf(text.slice(0, 200), style.columnsPerCharacter);
    const neededMs = Math.max(style.minDurationMs ?? 0, readingMs(columns, style));
    const { maxDurationMs } = style;
    // Longer ones are cut anyhow.
    if (maxDurationMs !== undefined && endMs - startMs > maxDurationMs) return false;
    return untilMs - startMs < neededMs;
  }

  return {
    add(segment) {
      const next = pieceOf(segment);
      if (next === undefined) return undefined;
      const last = piece;
      if (last === undefined || voice === undefined || !isSameVoice(voice, segment)) {
        const closed = close();
        voice = voiceOf(segment);
        piece = next;
        return closed;
      }
      const borderMs = areCues ? next.startMs : boundary(last, next);
      const ended = last.endMs > borderMs && !areCues ? { ...last, endMs: borderMs } : last;
      const begun = { ...next, startMs: borderMs, endMs: Math.max(next.endMs, borderMs) };
      if (goesOn(ended, begun)) {
        done.push(...withBlank(unitsOf(ended), begun.text));
        piece = begun;
        return undefined;
      }
      piece = ended;
      const closed = close();
      piece = begun;
      return closed;
    },
    shown: (shownVoice, startMs) => void saidMs.set(keyOf(shownVoice), startMs),
    latestMs: () => latestMs,
    startMs() {
      const first = done[0] ?? (piece === undefined ? undefined : unitsOf(piece)[0]);
      return first?.startMs;
    },
    end: close,
  };
}

/** In columns. */
function halfLine({ maxLine, columnsPerCharacter }: SubtitleStyle): number {
  return maxLine === undefined ? Number.POSITIVE_INFINITY : (maxLine * columnsPerCharacter) / 2;
}

function withBlank(units: readonly TimedUnit[], next: string): TimedUnit[] {
  const last = units.at(-1);
  if (last === undefined) return [];
  if (!isApart(last.inside, next)) return [...units];
  return [...units.slice(0, -1), { ...last, inside: `${last.inside} `, columns: last.columns + 1 }];
}
