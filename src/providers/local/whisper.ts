/** A Whisper model: samples in, tokens out. Loads each half when it is first needed. */
import type { OnnxRuntime } from "../../audio/voice/onnx.ts";
import { usageError } from "../../errors.ts";
import { Decoder } from "./decoder.ts";
import { Encoder, type HiddenStates } from "./encoder.ts";
import { decodeGreedily, type GreedyResult } from "./greedy.ts";
import type { LanguageChoice } from "./languages.ts";
import { MelSpectrogram } from "./mel.ts";
import { MODEL_FILES, type ModelFolder } from "./model.ts";
import { promptTokens } from "./prompt.ts";
import { probabilityOf } from "./rules.ts";
import {
  configSchema,
  generationSchema,
  type ModelConfig,
  readJson,
  type SpecialTokens,
  specialTokens,
  tokenIdsSchema,
  Vocabulary,
} from "./tokens.ts";
import { readModelFile } from "./verify.ts";

/** What the decoder made of a window. */
export interface Decoded extends GreedyResult {
  /** How sure the model is that nobody speaks. */
  readonly noSpeechProbability: number;
}

export class Whisper {
  readonly name: string;
  readonly path: string;
  readonly special: SpecialTokens;
  readonly vocabulary: Vocabulary;
  readonly #folder: ModelFolder;
  readonly #runtime: OnnxRuntime;
  readonly #config: ModelConfig;
  readonly #mel: MelSpectrogram;
  #encoder: Encoder | undefined;
  #decoder: Decoder | undefined;

  /** @throws AsrError kind "usage" where the model's files are not Whisper's, or not ours */
  constructor(folder: ModelFolder, runtime: OnnxRuntime) {
    const json = <Schema extends Parameters<typeof readJson>[0]>(schema: Schema, file: string) =>
      readJson(schema, readModelFile(folder, file), file);
    this.name = folder.name;
    this.path = folder.path;
    this.#folder = folder;
    this.#runtime = runtime;
    this.#config = json(configSchema, MODEL_FILES.config);
    this.#mel = new MelSpectrogram(this.#config.num_mel_bins);
    this.vocabulary = new Vocabulary(json(tokenIdsSchema, MODEL_FILES.vocabulary));
    this.special = specialTokens(
      json(generationSchema, MODEL_FILES.generation),
      json(tokenIdsSchema, MODEL_FILES.addedTokens),
    );
  }

  /** @throws AsrError kind "usage" where the model, a user's own, lacks a language */
  checkLanguage(language: string | undefined): void {
    if (language === undefined || this.special.languages.has(language)) return;
    throw usageError(
      `the model "${this.name}" has no language "${language}"`,
      `it knows ${[...this.special.languages.keys()].join(" ")}`,
    );
  }

  /** @param samples up to 30 s, mono, 16 kHz */
  async encode(samples: Float32Array): Promise<HiddenStates> {
    this.#encoder ??= await Encoder.load(
      this.#runtime,
      readModelFile(this.#folder, MODEL_FILES.encoder),
      this.#config.num_mel_bins,
    );
    return this.#encoder.encode(this.#mel.compute(samples));
  }

  /** How likely each language is, by BCP 47 primary subtag; together 1. */
  async languages(states: HiddenStates): Promise<ReadonlyMap<string, number>> {
    const decoder = await this.#loadDecoder();
    const run = await decoder.start(states, [this.special.startOfTranscript]);
    const logits = run.logitsAt(0);
    const tokens = [...this.special.languages];
    const best = Math.max(...tokens.map(([, token]) => logits[token] ?? 0));
    const weights = tokens.map(([, token]) => Math.exp((logits[token] ?? 0) - best));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    run.close();
    return new Map(tokens.map(([language], index) => [language, (weights[index] ?? 0) / sum]));
  }

  /** @param language BCP 47 primary subtag that the model knows */
  async decode(
    states: HiddenStates,
    language: string,
    script: LanguageChoice["script"],
  ): Promise<Decoded> {
    const decoder = await this.#loadDecoder();
    const prompt = promptTokens(language, script, this.special, this.vocabulary);
    const run = await decoder.start(states, prompt);
    const first = run.logitsAt(prompt.indexOf(this.special.startOfTranscript));
    const noSpeechProbability = probabilityOf(first, this.special.noSpeech);
    const maxTokens = this.#config.max_target_positions - prompt.length;
    const result = await decodeGreedily(run, run.logitsAt(-1), this.special, maxTokens);
    run.close();
    return { ...result, noSpeechProbability };
  }

  /** Frees the model's memory; it can't be used again. */
  async release(): Promise<void> {
    await this.#encoder?.release();
    await this.#decoder?.release();
  }

  async #loadDecoder(): Promise<Decoder> {
    this.#decoder ??= await Decoder.load(
      this.#runtime,
      readModelFile(this.#folder, MODEL_FILES.decoder),
      this.#config,
    );
    return this.#decoder;
  }
}
