/** StepFun's SSE recognition on loopback (its document; FACTS, "StepFun SSE"). */
import { channelSamples } from "../server/audio/samples.ts";
import { type ChangingLimit, limitNow } from "../server/changing-limit.ts";
import {
  type DoubleOptions,
  type Route,
  startDouble,
  type VendorDouble,
} from "../server/double.ts";
import { type Exchange, Refusal } from "../server/exchange.ts";
import { hearByLength, type Recognise } from "../server/hearing.ts";
import { readJsonBody } from "../server/json/body.ts";
import { type StepfunAudio, stepfunAudioFacts, stepfunAudioProblem } from "./audio.ts";
import { AUDIO_PATH, MODELS, STEPFUN_BODY } from "./body.ts";
import { stepfunError } from "./errors.ts";
import { transcriptEvents } from "./events.ts";

export const TEST_API_KEY = "test-stepfun-key";
export const STEPFUN_PATHS = {
  standard: "/v1/audio/asr/sse",
  stepPlan: "/step_plan/v1/audio/asr/sse",
} as const;

export interface StepfunDoubleOptions extends DoubleOptions {
  /** Default `TEST_API_KEY`. */
  readonly apiKey?: string;
  /** The only key that the Step Plan path takes; default `apiKey`. */
  readonly stepPlanKey?: string;
  /** Requests at once before 429; default: any number. */
  readonly concurrency?: ChangingLimit;
  /** What 429 asks for in Retry-After; default: nothing. */
  readonly retryAfterSeconds?: number;
  /** Models beyond those of the documents. */
  readonly extraModels?: readonly string[];
  readonly timesWithoutTimestamp?: "absent" | "zero";
  /** Default: the joined deltas. */
  readonly doneText?: (joined: string) => string;
  readonly recognise?: Recognise;
}

export interface StepfunDouble extends VendorDouble {
  readonly apiKey: string;
}

/** Starts the double on both paths. */
export async function startStepfunDouble(
  options: StepfunDoubleOptions = {},
): Promise<StepfunDouble> {
  const apiKey = options.apiKey ?? TEST_API_KEY;
  const double = await startDouble(options, () => ({
    routes: [
      recognitionRoute(STEPFUN_PATHS.standard, apiKey, options),
      recognitionRoute(STEPFUN_PATHS.stepPlan, options.stepPlanKey ?? apiKey, options),
    ],
    notFound: (exchange) => stepfunError(404, `no such path: ${exchange.record.path}`),
  }));
  return { ...double, apiKey };
}

function recognitionRoute(path: string, apiKey: string, options: StepfunDoubleOptions): Route {
  const keep = options.keepAudio === true || options.recognise !== undefined;
  return {
    path: new RegExp(`^${path}$`),
    refuse: (_exchange, code, reason) => stepfunError(code, reason),
    check: async (exchange) => {
      const { record } = exchange;
      const body = await readJsonBody(exchange, AUDIO_PATH, keep);
      const parsed = STEPFUN_BODY.safeParse(body.value);
      const format = parsed.data?.audio.input.format;
      const { audio } = body;
      const facts = audio === undefined ? undefined : stepfunAudioFacts(format, audio);
      if (audio !== undefined && facts !== undefined) {
        record.audio = {
          container: facts.container,
          sizeBytes: audio.sizeBytes,
          sha256: audio.sha256,
          sampleRate: facts.sampleRate,
          channels: facts.channels,
          durationMs: facts.durationMs,
          ...(options.keepAudio === true && audio.bytes !== undefined
            ? { bytes: audio.bytes }
            : {}),
        };
      }
      checkHead(exchange, apiKey);
      if (body.problem !== undefined) throw new Refusal(400, body.problem);
      if (!parsed.success) {
        const lines = parsed.error.issues.map(
          (issue) => `${issue.path.join(".") || "body"}: ${issue.message}`,
        );
        throw new Refusal(400, lines.join("; "));
      }
      const { model, enable_timestamp: timestamps = false } =
        parsed.data.audio.input.transcription ?? {};
      const models: readonly string[] = [...MODELS, ...(options.extraModels ?? [])];
      if (model !== undefined && !models.includes(model)) {
        throw new Refusal(404, `model ${model} does not exist`);
      }
      if (audio === undefined || facts === undefined)
        throw new Refusal(400, "audio.data is missing");
      const problem = stepfunAudioProblem(format, audio);
      if (problem !== undefined) throw new Refusal(400, problem);
      checkConcurrency(exchange, options);
      return {
        serve: async () =>
          transcriptEvents(await hear(exchange, facts, audio.bytes, options.recognise), {
            timestamps,
            timesOtherwise: options.timesWithoutTimestamp ?? "absent",
            doneText: options.doneText ?? ((joined) => joined),
            durationMs: facts.durationMs,
            nowMs: exchange.clock.now(),
          }),
      };
    },
  };
}

/** @throws Refusal where a header of the document is missing or another. */
function checkHead(exchange: Exchange, apiKey: string): void {
  const { record } = exchange;
  if (exchange.header("authorization") !== `Bearer ${apiKey}`) {
    throw new Refusal(401, "Authorization is not the account's key");
  }
  if (record.method !== "POST") throw new Refusal(400, `method ${record.method}, not POST`);
  const fixed = { "content-type": "application/json", accept: "text/event-stream" };
  for (const [name, value] of Object.entries(fixed)) {
    const sent = exchange.header(name);
    if (sent !== value) throw new Refusal(400, `${name} ${sent ?? "is missing"}, not ${value}`);
  }
  if (Object.keys(record.parameters).length > 0) exchange.note("query parameters are set");
}

/** @throws Refusal */
function checkConcurrency(
  exchange: Exchange,
  { concurrency = Number.POSITIVE_INFINITY, retryAfterSeconds }: StepfunDoubleOptions,
): void {
  const open = exchange.openAtArrival(() => true);
  if (open <= limitNow(concurrency)) return;
  const headers =
    retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
  throw new Refusal(429, `${open} requests at once`, { headers });
}

async function hear(
  exchange: Exchange,
  facts: StepfunAudio,
  bytes: Buffer | undefined,
  recognise: Recognise = hearByLength,
) {
  const { encoding, channels, container, sampleRate, durationMs } = facts;
  const { record } = exchange;
  const samples = bytes?.subarray(facts.samplesStart, facts.samplesEnd) ?? Buffer.alloc(0);
  const pcm =
    encoding === undefined ? new Int16Array(0) : channelSamples(samples, encoding, channels, 0);
  const sizeBytes = record.audio?.sizeBytes ?? 0;
  const compressed = encoding === undefined && bytes !== undefined ? { bytes } : {};
  const shape = { container, sizeBytes, durationMs, sampleRate, channels };
  const audio = { ...shape, channel: 0, ...compressed };
  return await recognise({ ...audio, final: true, request: record }, pcm);
}
