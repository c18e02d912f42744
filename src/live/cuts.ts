/**
 * Where live audio was cut. That depends on when it came and when it was answered: whoever records a
 * stream keeps it, and a replay cuts there again, so that each piece finds its answer.
 */
import { z } from "zod";
import { usageError } from "../errors.ts";
import type { Utterance } from "./utterance-cut.ts";

/** One session as it was sent. Places are milliseconds of the stream. */
export interface SessionCuts {
  readonly fromMs: number;
  /** The ends of its slices. */
  readonly untilMs: readonly number[];
}

const NOTE = z.object({
  schema_version: z.literal(1),
  /** By stretch of the stream, in its order, each session that it took. */
  sessions: z.array(z.array(z.object({ from_ms: z.number(), until_ms: z.array(z.number()) }))),
  /** Those that were sent whole, in the order of speech. */
  utterances: z.array(
    z.object({
      start_ms: z.number(),
      end_ms: z.number(),
      speech_ms: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
});

/** Keeps the cuts while they are made. */
export class CutLog {
  readonly #sessions: { from_ms: number; until_ms: number[] }[][] = [];
  readonly #utterances: z.infer<typeof NOTE>["utterances"] = [];

  /**
   * @param stretch number of the stretch of the stream, from 0
   * @returns told the end of each slice
   */
  session(stretch: number, fromMs: number): (untilMs: number) => void {
    const sessions = this.#sessions[stretch] ?? [];
    this.#sessions[stretch] = sessions;
    const session = { from_ms: fromMs, until_ms: [] as number[] };
    sessions.push(session);
    return (untilMs) => void session.until_ms.push(untilMs);
  }

  utterance({ startMs, endMs, speech }: Utterance): void {
    this.#utterances.push({
      start_ms: startMs,
      end_ms: endMs,
      speech_ms: speech.map((interval) => [interval.startMs, interval.endMs]),
    });
  }

  /** As `live.json` holds it. */
  note(): z.infer<typeof NOTE> {
    return { schema_version: 1, sessions: this.#sessions, utterances: this.#utterances };
  }
}

/** Where to cut. */
export interface CutPlan {
  /** @param count of the sessions that the stretch has had; undefined: no further was opened */
  session(stretch: number, count: number): SessionCuts | undefined;
  /** The utterance of this number, from 0; undefined where no further was sent. */
  utterance(number: number): Utterance | undefined;
}

/** @throws AsrError kind "usage" where it is no such note */
export function cutPlanOf(note: unknown): CutPlan {
  const parsed = NOTE.safeParse(note);
  if (!parsed.success) {
    throw usageError(
      "live.json of the recording is damaged, or of another version of asr",
      "restore the file, or record again: --record DIR --force",
      parsed.error.issues[0]?.path.join("."),
    );
  }
  const { sessions, utterances } = parsed.data;
  return {
    session(stretch, count) {
      const session = sessions[stretch]?.[count];
      return session && { fromMs: session.from_ms, untilMs: session.until_ms };
    },
    utterance(number) {
      const utterance = utterances[number];
      return (
        utterance && {
          startMs: utterance.start_ms,
          endMs: utterance.end_ms,
          speech: utterance.speech_ms.map(([startMs, endMs]) => ({ startMs, endMs })),
        }
      );
    },
  };
}
