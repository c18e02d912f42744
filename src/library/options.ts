/**
 * What the library's functions are told. Options are named, and checked, as those of the command
 * line and of settings files are (README, "Options"); what is undefined counts as left out.
 */
import type { Readable } from "node:stream";
import type { RawFormat } from "../audio/types.ts";

/** A provider, as `asr providers` lists them. */
export type ProviderId =
  | "local"
  | "tencent-flash"
  | "tencent-realtime"
  | "feishu-file"
  | "feishu-stream"
  | "lark-file"
  | "lark-stream"
  | "stepfun";

export interface TencentCredentials {
  readonly appId: string | undefined;
  readonly secretId: string | undefined;
  readonly secretKey: string | undefined;
  /** Of temporary credentials. */
  readonly token?: string | undefined;
}

export interface FeishuCredentials {
  readonly appId?: string | undefined;
  readonly appSecret?: string | undefined;
  /** Of a store app, instead of the other two: used as it is, never refreshed. */
  readonly tenantAccessToken?: string | undefined;
}

export interface StepfunCredentials {
  readonly apiKey: string | undefined;
}

/** What each provider wants to know of the account. */
export type CredentialsOf<Id extends ProviderId> = Id extends `tencent-${string}`
  ? TencentCredentials
  : Id extends `feishu-${string}` | `lark-${string}`
    ? FeishuCredentials
    : Id extends "stepfun"
      ? StepfunCredentials
      : never;

/** Vendor parameters by their documented names. */
export type VendorParameters = Readonly<Record<string, string | number | boolean>>;

/** Variables, e.g. `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProviderOptions<Id extends ProviderId = ProviderId> {
  readonly credentials?: CredentialsOf<Id> | undefined;
  /**
   * Where credentials, addresses (`ASR_…_BASE_URL`) and the network's settings are looked for that are
   * not given here, `HTTPS_PROXY` among them, and `PATH` for ffmpeg. The library reads
   * `process.env` only where it is given here.
   */
  readonly environment?: Environment | undefined;
  /** An origin with an optional path prefix, instead of the vendor's own. */
  readonly baseUrl?: string | undefined;
  /** Tencent: the host that a signature covers, where a gateway changes it. */
  readonly signedHost?: string | undefined;
  /** Engine or model in the vendor's words; for `local` also a folder. */
  readonly model?: string | undefined;
  /** BCP 47, or "auto" (default). */
  readonly language?: string | undefined;
  readonly set?: VendorParameters | undefined;
  /** What the account allows, where it differs from what the vendor documents. */
  readonly limits?:
    | {
        /** Requests, or streams, at once. */
        readonly concurrency?: number | undefined;
        readonly requestsPerSecond?: number | undefined;
      }
    | undefined;
  /** "http://proxy.example:3128", for all requests. */
  readonly proxy?: string | undefined;
  /** Certificates (PEM) of authorities to trust besides the usual ones. */
  readonly caFile?: string | undefined;
  /** Repeats of one request that failed and may succeed (default: 3). */
  readonly retries?: number | undefined;
  /** The longest silence of a vendor in seconds, instead of what its API needs. */
  readonly timeout?: number | undefined;
}

/** A provider with an account and its limits; calls that are given the same one share them. */
export interface AsrProvider {
  readonly id: ProviderId;
  /**
   * Looks whether recognition is possible with these options, as far as that can be seen without a
   * request. Every call does it as well; this one does it early.
   *
   * @throws AsrError kind "usage" or "credentials"
   */
  check(): Promise<void>;
  /** Lets go of connections. What runs is not waited for, and later calls fail. */
  close(): Promise<void>;
}

/** Formats of transcripts, as `--format` names them. */
export type FormatName = "txt" | "srt" | "vtt" | "json" | "jsonl" | "tsv" | "lrc" | "ass" | "html";

/** Chinese scripts that text is converted to. */
export type ChineseScript = "simplified" | "traditional" | "taiwan" | "hongkong";

/** A word to expect. */
export interface Hotword {
  readonly text: string;
  /** In the vendor's own range; undefined: its default. */
  readonly weight?: number;
}

/** What recordings and live audio are asked alike. */
export interface RecognitionOptions {
  readonly provider: AsrProvider;
  /** Aborted: the vendor is told where it can be, and all promises reject with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What messages and `source.name` call the audio. */
  readonly name?: string | undefined;
  /** What audio without a header is; what is left out is 16 kHz, s16le, one channel. */
  readonly rawFormat?: Partial<RawFormat> | undefined;
  /** BCP 47, or "auto". */
  readonly language?: string | undefined;
  readonly model?: string | undefined;
  /** "Kubernetes", "Kubernetes:10" or with `text` and `weight`. */
  readonly hotwords?: readonly (string | Hotword)[] | undefined;
  /** Times of single words. */
  readonly words?: boolean | undefined;
  readonly set?: VendorParameters | undefined;
  /** Vendor parameters that are not known here, sent as they are. */
  readonly setUnchecked?: VendorParameters | undefined;
  /** A feature that the provider lacks is an error instead of a warning. */
  readonly strict?: boolean | undefined;
  /** The vendor's own answers into `transcript.raw`. */
  readonly raw?: boolean | undefined;
  /** All Chinese in one script. */
  readonly chinese?: ChineseScript | undefined;
  /**
   * What will be written of it: some vendors are asked for other things where subtitles are wanted,
   * and for less where it is `["txt"]` alone. Default: `["json"]`.
   */
  readonly formats?: readonly FormatName[] | undefined;
}

export interface TranscribeOptions extends RecognitionOptions {
  /** Tell speakers apart. */
  readonly speakers?: boolean | undefined;
  /** What to do with several channels (default: "mix"). */
  readonly channels?: "mix" | "first" | "all" | undefined;
  /** Where too long a recording is cut: at pauses (default), never, or into parts of so many seconds. */
  readonly split?: "silence" | "never" | number | undefined;
  /** Shorter parts, so that a provider without times gives some. */
  readonly segmentSeconds?: number | undefined;
  /** Silence is not sent; times stay right. */
  readonly skipSilence?: boolean | undefined;
}

export interface StreamOptions extends RecognitionOptions {
  /** Aborted: the audio ends there, and the last words are waited for, up to 10 s. */
  readonly ending?: AbortSignal | undefined;
  readonly channels?: "mix" | "first" | undefined;
  /** End by itself after so much audio. */
  readonly maxSeconds?: number | undefined;
  /** End by itself when nobody has spoken for so many seconds. */
  readonly stopAfterSilence?: number | undefined;
}

/** Bytes that come in their own time. */
export type AudioStream = Readable | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** A recording: a path or a `file:` URL, its bytes, or a stream of them (read once). */
export type AudioSource = string | URL | Uint8Array | ArrayBuffer | Blob | AudioStream;
