/**
 * The provider contract: data plus one function. The planner, `asr providers` and the settings
 * read only the data, so that nobody outside a vendor's folder asks which provider it is.
 */
import type { z } from "zod";
import type { AudioFacts, Codec, Container, Encoding, PassOptions } from "../audio/types.ts";
import type { ExchangeRules } from "../http/cassette/rules.ts";
import type { HttpClient } from "../http/client.ts";
import type { RecognitionEvent } from "../transcript/events.ts";
import type { Warning } from "../transcript/transcript.ts";

/** A shape of audio that a provider takes. */
export interface AcceptedAudio {
  readonly container: Container;
  readonly encodings: readonly (Encoding | Codec)[];
  /** Sample rates in Hz; undefined: any. */
  readonly sampleRates?: readonly number[];
  /** The most channels; undefined: any number. */
  readonly maxChannels?: number;
}

/** How far a feature goes: not at all, as a measured value, or derived by us. */
export type Support = boolean | "approximate";

export interface HotwordSupport {
  readonly maxCount?: number;
  readonly maxCharacters?: number;
  /** Least and most weight; undefined: words have no weights. */
  readonly weights?: { readonly min: number; readonly max: number };
}

/** How long one stream of live audio goes on, in milliseconds of its audio. */
export interface SessionLimits {
  /** From here on it ends in the next pause. */
  readonly renewAfterMs: number;
  /** It ends here at the latest, pause or not. */
  readonly maxMs: number;
}

/** What a provider takes, limits and gives. Sizes in bytes, times in milliseconds. */
export interface Capabilities {
  /** In order of preference: the planner converts to the first where none fits as it is. */
  readonly accepts: readonly AcceptedAudio[];
  readonly limits: {
    /** The most bytes of audio in one request. */
    readonly maxBytes?: number;
    /** The longest audio in one request. */
    readonly maxDurationMs?: number;
    /** No limit, but longer audio does better in parts. */
    readonly recommendedDurationMs?: number;
    /** Requests (or streams) at once, an account. */
    readonly maxConcurrency: number;
    /** Requests a second, an account. */
    readonly maxRequestsPerSecond?: number;
    /** Live audio: the slice to send, the largest allowed and the longest wait between two. */
    readonly slice?: {
      readonly recommendedMs: number;
      readonly maxBytes: number;
      readonly maxGapMs?: number;
      /** The end is told by a packet shorter than a slice, empty if need be, never by the first. */
      readonly endsShort?: boolean;
    };
    /** Live audio: when a stream is ended, and the next one begun. */
    readonly session?: SessionLimits;
  };
  readonly gives: {
    readonly partials: boolean;
    readonly segmentTimes: Support;
    readonly wordTimes: Support;
    readonly speakers: boolean;
    /** Recognises every channel of one request on its own. */
    readonly channels: boolean;
    readonly hotwords: false | HotwordSupport;
  };
  /** BCP 47 tags that `--language` takes here, `auto` among them; `*`: any. */
  readonly languages: readonly string[];
  /** Engines or models in the provider's own words; the first is the default. */
  readonly models: readonly string[];
  /** True where audio leaves this machine. */
  readonly remote: boolean;
}

/** A credential and where it comes from. */
export interface CredentialSpec {
  /** Name inside the vendor's settings, e.g. "secretKey". */
  readonly name: string;
  /** Environment variable, e.g. "TENCENTCLOUD_SECRET_KEY". */
  readonly variable: string;
  readonly optional?: boolean;
  readonly help: string;
  /** Passes every check and opens nothing: for replays, which send nothing. Undefined: any text. */
  readonly placeholder?: string;
}

export interface Hotword {
  readonly text: string;
  readonly weight?: number;
}

/** What the user asked of the recogniser, in the program's own words. */
export interface RecognitionSettings {
  /** BCP 47 tag or "auto". */
  readonly language: string;
  readonly model?: string;
  readonly hotwords: readonly Hotword[];
  readonly speakers: boolean;
  readonly words: boolean;
  /** Every channel on its own (`--channels all`). */
  readonly allChannels: boolean;
  /** True where the output shows times (anything but plain text). */
  readonly timesWanted: boolean;
  /** True where an output shows the text line by line with times: srt, vtt or lrc. */
  readonly subtitles: boolean;
  /** Vendor parameters (`--set`), already checked against `Provider.parameters`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Vendor parameters we do not know (`--set-unchecked`), sent as they are. */
  readonly uncheckedParameters: Readonly<Record<string, string>>;
  /** Keep the vendor's own answers (`--raw`). */
  readonly raw: boolean;
  /** The audio is being spoken now. */
  readonly live: boolean;
  /** What was spoken just before this audio: a doubt about `auto` falls that way. A BCP 47 tag. */
  readonly languageBefore?: string;
}

/** What a user asks who asks for nothing but text. */
export const PLAIN_SETTINGS: RecognitionSettings = {
  language: "auto",
  hotwords: [],
  speakers: false,
  words: false,
  allChannels: false,
  timesWanted: false,
  subtitles: false,
  parameters: {},
  uncheckedParameters: {},
  raw: false,
  live: false,
};

/** What `Provider.resolve` makes of the settings, before anything is sent or paid. */
export interface Resolution {
  /** The engine or model that will be used. */
  readonly model: string;
  /** The sample rate that this model wants; undefined: any that `accepts` lists. */
  readonly sampleRate?: number;
  /** The container that the parameters want; undefined: any that `accepts` lists. */
  readonly container?: Container;
  /** The slice that recorded PCM is sent in; undefined: the recommended one. */
  readonly sliceMs?: number;
  /** Where the parameters want other ones than `Capabilities.limits.session`. */
  readonly session?: SessionLimits;
  /** What was asked and can't be had (`--strict` makes an error of each). */
  readonly warnings: readonly Warning[];
}

/** The audio of one request: bytes of a known shape, from the start each time they are opened. */
export interface AudioInput {
  readonly container: Container;
  readonly encoding: Encoding | Codec;
  readonly sampleRate: number;
  readonly channels: number;
  /** Undefined while the end is not known (live audio). */
  readonly durationMs?: number;
  readonly sizeBytes?: number;
  /** False where `open` works only once. */
  readonly reopenable: boolean;
  /**
   * Live audio (`RecognitionSettings.live`, opens once): each chunk is a slice, to be sent at once
   * and answered before the next is asked for.
   */
  open(signal?: AbortSignal, options?: PassOptions): AsyncIterable<Uint8Array>;
}

export interface RecognitionInput {
  readonly audio: AudioInput;
  readonly settings: RecognitionSettings;
  /**
   * What `resolve` made of the settings and the recording: settled once, since the audio here may
   * have been converted, and would ask for something else.
   */
  readonly resolution: Resolution;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Of a replay: leaves out waits that are meant. See `pause` of http/clock.ts. */
  pause?(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A line for `-v`; never holds a secret. */
export type Log = (message: string) => void;

/** The account at the vendor, as the settings give it. */
export interface Account {
  /** By `CredentialSpec.name`; an optional one may be missing. Never logged. */
  readonly credentials: Readonly<Record<string, string>>;
  /** An origin with an optional path prefix instead of the vendor's own. */
  readonly baseUrl?: string;
  /** The host that a signature covers, where a gateway changes it. */
  readonly signedHost?: string;
  /** What the account allows, where it differs from `Capabilities.limits`. */
  readonly maxConcurrency?: number;
  readonly maxRequestsPerSecond?: number;
}

/** Everything a provider may touch of the world. */
export interface ProviderContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Cryptographically strong bytes: the source of nonces and identifiers. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly log: Log;
  readonly http: HttpClient;
  readonly account: Account;
}

/** Something that `asr doctor` looks at. Costs nothing at the vendor. */
export interface Check {
  /** What is looked at: "clock", "token", "host". */
  readonly name: string;
  /**
   * @returns what was found, one line
   * @throws AsrError whose hint is the mend
   */
  run(context: ProviderContext): Promise<string>;
}

export interface Provider {
  readonly id: string;
  readonly vendor: string;
  readonly title: string;
  /** The vendor's document of this API. */
  readonly documentation: string;
  readonly credentials: readonly CredentialSpec[];
  /** What of its requests is compared or hidden when they are recorded; undefined: it sends none. */
  readonly exchanges?: ExchangeRules;
  readonly capabilities: Capabilities;
  /**
   * The vendor's own parameters: a strict zod object, each with a description. `--set` and
   * `asr providers` are derived from it.
   */
  readonly parameters: z.ZodObject;
  /**
   * Settles engine and warnings from settings and audio alone. Pure: asks nobody, sends nothing.
   *
   * @throws AsrError kind "usage" for a language, model or parameter that can't be had.
   */
  resolve(settings: RecognitionSettings, audio?: AudioFacts): Resolution;
  /**
   * Looks whether this machine can run the provider at all (models installed, credentials
   * there). Costs nothing at a vendor.
   *
   * @throws AsrError kind "usage" or "credentials".
   */
  prepare(settings: RecognitionSettings, context: ProviderContext): Promise<void>;
  /** The host that audio goes to; undefined where it stays on this machine. */
  host(account: Account): string | undefined;
  /** Looks at what `prepare` can't see from here. */
  readonly checks: readonly Check[];
  /**
   * Reads answers that were stored, as `--raw` keeps them or a script of the user's own saved them,
   * in the order in which they came. Pure.
   *
   * @returns the finals and facts that `recognize` would have made of them; times that they lack are
   *   estimated. Undefined where they are not this provider's, or tell of no recognised speech.
   */
  readAnswers?(answers: readonly unknown[]): readonly RecognitionEvent[] | undefined;
  /** Recognises one piece of audio. Throws `AsrError`; aborted: throws the signal's reason. */
  recognize(input: RecognitionInput, context: ProviderContext): AsyncIterable<RecognitionEvent>;
}
