/** What the planner is asked: a recording, a provider and a wish. */
import type { AudioFacts, Recording } from "../../audio/types.ts";
import type { AcceptedAudio, Capabilities, Resolution } from "../../providers/contract.ts";

/** What to do with several channels (`--channels`). */
export type ChannelMode = "mix" | "first" | "all";

/** What the user wants done with the audio. */
export interface PlanWishes {
  readonly channels: ChannelMode;
  /** Cut where a limit demands it, never, or into parts of at most so many milliseconds. */
  readonly split: "silence" | "never" | number;
  /** The longest segment, where the provider gives no times. */
  readonly segmentMs?: number;
  /** Silence is not sent. */
  readonly skipSilence: boolean;
  /** Speakers are told apart: who is who gets lost between parts. */
  readonly speakers: boolean;
}

/** What the planner looks at. */
export type PlannedRecording = Pick<Recording, "facts" | "warnings" | "decoding" | "rewrap">;

/** What planning knows, from the recording to the wish. */
export interface PlanQuestion {
  readonly facts: AudioFacts;
  /** Whether its samples can be got at here. */
  readonly decodable: boolean;
  readonly accepts: readonly AcceptedAudio[];
  readonly capabilities: Capabilities;
  readonly resolution: Resolution;
  readonly wishes: PlanWishes;
}
