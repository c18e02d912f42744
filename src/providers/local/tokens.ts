/** Whisper's tokens: what text they stand for, and which are no text. */
import { z } from "zod";
import { AsrError } from "../../errors.ts";
import { languageOfToken } from "./languages.ts";

/** Length of audio that one timestamp token counts, in milliseconds. */
export const TIMESTAMP_MS = 20;

/** What the model's JSON files say that is read here. */
export const generationSchema = z.object({
  lang_to_id: z.record(z.string(), z.int()),
  task_to_id: z.object({ transcribe: z.int() }),
  no_timestamps_token_id: z.int(),
  decoder_start_token_id: z.int(),
  eos_token_id: z.int(),
  suppress_tokens: z.array(z.int()),
  begin_suppress_tokens: z.array(z.int()),
});

export const configSchema = z.object({
  d_model: z.int(),
  decoder_layers: z.int(),
  decoder_attention_heads: z.int(),
  num_mel_bins: z.int(),
  /** Tokens that the decoder can remember, the prompt's among them. */
  max_target_positions: z.int(),
});
export type ModelConfig = z.infer<typeof configSchema>;

/** Tokens with a meaning of their own. Every token below `endOfText` is text. */
export interface SpecialTokens {
  readonly endOfText: number;
  readonly startOfTranscript: number;
  readonly startOfPrevious: number;
  readonly transcribe: number;
  readonly noSpeech: number;
  readonly noTimestamps: number;
  /** <|0.00|>; all tokens from here on are timestamps. */
  readonly timestampBegin: number;
  /** BCP 47 primary subtag → token. */
  readonly languages: ReadonlyMap<string, number>;
  /** Never to be said: signs for music, brackets, commands. */
  readonly suppressed: readonly number[];
  /** Not to be said first: a blank, the end. */
  readonly suppressedAtBegin: readonly number[];
}

/** @throws AsrError kind "usage" where a model's file is not as Whisper's are */
export function readJson<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array,
  file: string,
): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new AsrError("usage", `the model's ${file} is not that of a multilingual Whisper model`, {
      hint: "use tiny, base or small, or a folder laid out as Xenova/whisper-base",
      cause,
    });
  }
}

export const tokenIdsSchema = z.record(z.string(), z.int());

/** Puts together what `generation_config.json` and `added_tokens.json` say. */
export function specialTokens(
  generation: z.infer<typeof generationSchema>,
  added: z.infer<typeof tokenIdsSchema>,
): SpecialTokens {
  // The first three Whispers call the token by its older name.
  const noSpeech = added["<|nospeech|>"] ?? added["<|nocaptions|>"];
  const startOfPrevious = added["<|startofprev|>"];
  if (noSpeech === undefined || startOfPrevious === undefined) {
    throw new AsrError("usage", "the model's added_tokens.json lacks tokens of Whisper's", {
      hint: "use tiny, base or small, or a folder laid out as Xenova/whisper-base",
    });
  }
  return {
    endOfText: generation.eos_token_id,
    startOfTranscript: generation.decoder_start_token_id,
    startOfPrevious,
    transcribe: generation.task_to_id.transcribe,
    noSpeech,
    noTimestamps: generation.no_timestamps_token_id,
    timestampBegin: generation.no_timestamps_token_id + 1,
    languages: new Map(
      Object.entries(generation.lang_to_id).map(([name, id]) => [languageOfToken(name), id]),
    ),
    suppressed: generation.suppress_tokens,
    suppressedAtBegin: generation.begin_suppress_tokens,
  };
}

/**
 * GPT-2's way of writing bytes as letters (openai/gpt-2, `encoder.py`, `bytes_to_unicode`):
 * printable Latin-1 stands for itself, the rest is moved to U+0100 and up, in order.
 */
function letterToByte(): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  let moved = 0x100;
  for (let byte = 0; byte < 0x100; byte++) {
    const printable =
      (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xff && byte !== 0xad);
    table.set(String.fromCodePoint(printable ? byte : moved++), byte);
  }
  return table;
}

/** Token → bytes of UTF-8. */
export class Vocabulary {
  readonly #letters: readonly string[];
  readonly #bytes = letterToByte();

  /** @param ids `vocab.json`: letters → token */
  constructor(ids: Readonly<Record<string, number>>) {
    const letters: string[] = [];
    for (const [token, id] of Object.entries(ids)) letters[id] = token;
    this.#letters = letters;
  }

  /**
   * The text of tokens, which must be decoded together: a character may be spread over several.
   * What is cut off in the middle of a character at the end is dropped.
   */
  textOf(tokens: readonly number[]): string {
    const bytes: number[] = [];
    for (const token of tokens) {
      for (const letter of this.#letters[token] ?? "") bytes.push(this.#bytes.get(letter) ?? 0x20);
    }
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes), {
      stream: true,
    });
  }
}
