/** What is recognised live, by whom, and when it ends. */
import type { SpeechModel } from "../audio/voice/model.ts";
import type { Provider, RecognitionSettings, Resolution } from "../providers/contract.ts";
import type { CutLog, CutPlan } from "./cuts.ts";

export interface LiveJob {
  /** Of the input: "-", a file's name, a microphone's. */
  readonly name: string;
  readonly provider: Provider;
  /** `live` is set. */
  readonly settings: RecognitionSettings;
  readonly resolution: Resolution;
  /** Mono samples as they come, already at the rate and in the encoding that the provider takes. */
  readonly audio: AsyncIterable<Uint8Array>;
  readonly sampleRate: number;
  readonly encoding: "s16le" | "f32le";
  readonly speechModel: () => Promise<SpeechModel>;
  /** Aborted where the input is to end (Ctrl-C, a closed output): the last words are waited for. */
  readonly ending: AbortSignal;
  /** The longest the last words are waited for. */
  readonly lastWordsMs: number;
  readonly maxMs?: number;
  /** Ends by itself after so much silence. */
  readonly stopAfterSilenceMs?: number;
  /** Told when recognition falls behind, and when it has caught up (0). */
  readonly onLag: (lagMs: number) => void;
  /** Told where the audio is cut, where that is recorded. */
  readonly cutLog?: CutLog;
  /** Where the audio is to be cut: of a replay. */
  readonly cutPlan?: CutPlan;
}
