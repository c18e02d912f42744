/** When cues come and go: with what is said, long enough to be read, one after the other. */
import type { Cue } from "../cues.ts";
import { DASH } from "../dialogue.ts";
import { charactersOf, columnsOf, readingMs } from "../measure.ts";
import { isSameVoice, voiceOf } from "../speakers.ts";
import type { SpokenCue } from "../spoken-cue.ts";
import { minGapMs, type SpeakerStyle, type SubtitleStyle } from "../style.ts";

export interface CuePlacer {
  add(cues: readonly SpokenCue[]): void;
  /**
   * @param frontierMs no cue to come starts before it
   * @param nextMs when the next one starts, where that is known
   * @returns the cues that nothing can change any more
   */
  release(frontierMs: number, nextMs?: number): Cue[];
}

/** A cue is not cut shorter than that for the next one's sake, which comes late instead. */
const LEAST_MS = 500;
/** Where two speak at once, the later one is shown so much late at most (BBC, 5.2). */
const LAG_MS = 1500;

export function createCuePlacer(style: SubtitleStyle, speakers: SpeakerStyle): CuePlacer {
  const gapMs = minGapMs(style);
  const longestMs = style.maxDurationMs ?? Number.POSITIVE_INFINITY;
  const leastMs = Math.min(LEAST_MS, style.minDurationMs ?? LEAST_MS, longestMs);
  let waiting: SpokenCue[] = [];
  let freeFromMs = 0;

  function neededMs({ lines }: SpokenCue): number {
    const columns = lines.reduce(
      (sum, line) => sum + columnsOf(line, style.columnsPerCharacter),
      0,
    );
    return Math.max(style.minDurationMs ?? 0, readingMs(columns, style));
  }

  function placed(cue: SpokenCue, nextMs: number): Cue {
    const startMs = Math.max(cue.startMs, freeFromMs);
    const roomMs = nextMs - gapMs;
    const wantedMs = Math.max(cue.endMs + style.lingerMs, startMs + neededMs(cue));
    const isTalkedOver = nextMs < cue.endMs;
    const lagMs = isTalkedOver ? Math.min(roomMs + LAG_MS, startMs + neededMs(cue)) : 0;
    let endMs = Math.max(Math.min(wantedMs, roomMs), startMs + leastMs, lagMs);
    if (endMs < roomMs && nextMs - endMs < style.closeGapsUnderMs) endMs = roomMs;
    endMs = Math.max(startMs + 1, Math.min(endMs, startMs + longestMs));
    freeFromMs = endMs + gapMs;
    const { lines, words } = cue;
    return { startMs, endMs, lines, ...voiceOf(cue), ...(words.length === 0 ? {} : { words }) };
  }

  /** Two voices that have too little time one after the other, a line each. */
  function asDialogue(first: SpokenCue, second: SpokenCue): SpokenCue | undefined {
    if (isSameVoice(first, second) || (style.maxLines ?? 2) < 2) return undefined;
    if (second.endMs - first.startMs > longestMs) return undefined;
    const lines = [...first.lines, ...second.lines].map((line) => `${DASH}${line}`);
    if (first.lines.length + second.lines.length !== 2) return undefined;
    const { maxLine = Number.POSITIVE_INFINITY } = style;
    if (lines.some((line) => charactersOf(line, style) > maxLine)) return undefined;
    const isHurried = second.startMs - gapMs - first.startMs < neededMs(first);
    const isAnswer =
      second.startMs - first.endMs < style.closeGapsUnderMs &&
      second.endMs - second.startMs < neededMs(second);
    if (!isHurried && !isAnswer) return undefined;
    const { startMs } = first;
    return { startMs, endMs: Math.max(first.endMs, second.endMs), lines, words: [] };
  }

  /** With dashes a cue waits for the next one, which may join it. */
  function isSettled(cue: SpokenCue, next: SpokenCue | undefined, frontierMs: number): boolean {
    if (cue.startMs >= frontierMs) return false;
    if (speakers !== "dash" || next !== undefined) return true;
    return frontierMs - cue.startMs > longestMs;
  }

  return {
    add(cues) {
      waiting = [...waiting, ...cues].sort((a, b) => a.startMs - b.startMs);
    },
    release(frontierMs, comingMs = frontierMs) {
      const released: Cue[] = [];
      let taken = 0;
      for (;;) {
        const cue = waiting[taken];
        const next = waiting[taken + 1];
        if (cue === undefined || !isSettled(cue, next, frontierMs)) break;
        const dialogue =
          speakers === "dash" && next !== undefined ? asDialogue(cue, next) : undefined;
        const after = dialogue === undefined ? next : waiting[taken + 2];
        const nextMs = Math.min(after?.startMs ?? comingMs, comingMs);
        released.push(placed(dialogue ?? cue, nextMs));
        taken += dialogue === undefined ? 1 : 2;
      }
      waiting = waiting.slice(taken);
      return released;
    },
  };
}
