/** Request bodies of the Feishu and Lark speech calls, as strict schemas (both documents). */
import { z } from "zod";
import type { ReceivedBytes } from "../server/audio/receiver.ts";
import type { JsonBody } from "../server/json/body.ts";
import type { ReceivedAudio } from "../server/recorder.ts";

export const TOKEN_BODY = z.strictObject({
  app_id: z.string().min(1),
  app_secret: z.string().min(1),
});

const SPEECH = z.strictObject({ speech: z.string().optional() });
/** "仅包含字母数字和下划线的 16 位字符串". */
const IDENTIFIER = z.string().regex(/^[A-Za-z0-9_]{16}$/);
const FORMAT = z.literal("pcm");
const ENGINE = z.literal("16k_auto");

export const FILE_BODY = z.strictObject({
  speech: SPEECH,
  config: z.strictObject({ file_id: IDENTIFIER, format: FORMAT, engine_type: ENGINE }),
});

export const STREAM_BODY = z.strictObject({
  speech: SPEECH,
  config: z.strictObject({
    stream_id: IDENTIFIER,
    sequence_id: z.int().min(0),
    action: z.int(),
    format: FORMAT,
    engine_type: ENGINE,
  }),
});

/** Where the audio is in both bodies. */
export const AUDIO_PATH = ["speech", "speech"];

export const SAMPLE_RATE = 16_000;
export const BYTES_PER_MS = (SAMPLE_RATE * 2) / 1000;

/** The body as the schema types it, or what is wrong with it. */
export function parseBody<T extends z.ZodType>(
  schema: T,
  body: JsonBody,
): { readonly value: z.output<T> } | { readonly problem: string } {
  if (body.problem !== undefined) return { problem: body.problem };
  const parsed = schema.safeParse(body.value);
  if (parsed.success) return { value: parsed.data };
  const lines = parsed.error.issues.map(
    (issue) => `${issue.path.join(".") || "body"}: ${issue.message}`,
  );
  return { problem: lines.join("; ") };
}

/** What is wrong with the audio: "语音格式，目前仅支持：pcm", without a WAV header (FACTS). */
export function pcmProblem(audio: ReceivedBytes): string | undefined {
  if (audio.sizeBytes % 2 !== 0) return `16-bit pcm of ${audio.sizeBytes} bytes`;
  if (audio.container === "wav") return "the audio begins with a WAV header";
  return undefined;
}

/** The record of audio that is taken for 16 kHz, 16 bit, mono. */
export function receivedPcm(audio: ReceivedBytes, keepBytes: boolean): ReceivedAudio {
  return {
    container: audio.container === "wav" ? "wav" : "pcm",
    sizeBytes: audio.sizeBytes,
    sha256: audio.sha256,
    sampleRate: SAMPLE_RATE,
    channels: 1,
    durationMs: Math.round(audio.sizeBytes / BYTES_PER_MS),
    ...(keepBytes && audio.bytes !== undefined ? { bytes: audio.bytes } : {}),
  };
}
