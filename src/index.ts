/** The library: what the program does, for other programs (docs/library.md). */
export type { RawFormat } from "./audio/types.ts";
export { AsrError, type ErrorDetails, type ErrorKind } from "./errors.ts";
export type { LintFinding } from "./formats/linting/finding.ts";
export { IncompleteError } from "./jobs/incomplete.ts";
export { createProvider } from "./library/create-provider.ts";
export {
  type Formats,
  formats,
  type StyleName,
  type StyleOptions,
  type WriteOptions,
} from "./library/formats.ts";
export type {
  AsrProvider,
  AudioSource,
  AudioStream,
  ChineseScript,
  CredentialsOf,
  Environment,
  FeishuCredentials,
  FormatName,
  Hotword,
  ProviderId,
  ProviderOptions,
  RecognitionOptions,
  StepfunCredentials,
  StreamOptions,
  TencentCredentials,
  TranscribeOptions,
  VendorParameters,
} from "./library/options.ts";
export type {
  Rate,
  Score,
  ScoredRun,
  ScoreOptions,
  StepName,
  StepWord,
} from "./library/rates.ts";
export { score } from "./library/score.ts";
export { stream, transcribe } from "./library/transcribe.ts";
export type { Transcription, TranscriptionEvent } from "./library/transcription.ts";
export type { StyleOverrides } from "./subtitles/style.ts";
export type {
  DoneEvent,
  FinalEvent,
  PartialEvent,
  ProgressEvent,
  StartEvent,
  WarningEvent,
} from "./transcript/events.ts";
export type {
  EmbeddedSound,
  LinkedSound,
  NoSound,
  Sound,
  Waveform,
} from "./transcript/sound.ts";
export type {
  Interval,
  Part,
  Segment,
  Source,
  Transcript,
  Usage,
  Warning,
  Word,
} from "./transcript/transcript.ts";
