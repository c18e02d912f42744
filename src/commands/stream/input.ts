/** What `asr stream` listens to: a pipe, a recording or the microphone. */
import { stat } from "node:fs/promises";
import path from "node:path";
import { findMediaTools } from "../../audio/compressed/ffmpeg/find.ts";
import { describeFormat } from "../../audio/encoding.ts";
import { findRecorder } from "../../audio/microphone/find-recorder.ts";
import { startRecorder } from "../../audio/microphone/recorder.ts";
import { MICROPHONE_FORMAT } from "../../audio/microphone/recorders.ts";
import { openRecording } from "../../audio/open.ts";
import { fileSource, streamSource } from "../../audio/source.ts";
import type { ByteSource, RawFormat, Recording } from "../../audio/types.ts";
import { usageError } from "../../errors.ts";
import { type Input, listInputs, STDIN_NAME } from "../../jobs/inputs/inputs.ts";
import { systemClock } from "../../jobs/network.ts";
import type { Settings } from "../../settings/load.ts";
import { flagOf } from "../../settings/spelling.ts";
import { rawFormatOf } from "../recognition-settings.ts";
import type { World } from "../world.ts";

/** What headerless input is where nobody says so. */
const ASSUMED: RawFormat = { sampleRate: 16_000, encoding: "s16le", channels: 1 };

/** What a pipe still holds when it is told to end: its writer may be slower to hear of it. */
const PIPE_GRACE_MS = 250;
/** Longer than a recorder may take to stop. */
const MICROPHONE_GRACE_MS = 1500;

export interface StreamInput {
  readonly input: Input;
  /** Of the microphone: the device that was named, or true. */
  readonly microphone?: string | true;
}

/**
 * What was typed wins over the settings: a file, a pipe or `--mic`, and only then a microphone of
 * a settings file or a variable.
 *
 * @throws AsrError kind "usage" where there is none, or more than one; "audio" for a wrong path.
 */
export async function streamInputOf(
  operand: string | undefined,
  settings: Settings,
  world: World,
): Promise<StreamInput> {
  const mic = settings.values.mic ?? false;
  const isTyped = settings.sources.mic === "flag";
  if (mic !== false && operand !== undefined && isTyped) {
    throw usageError(
      `both the microphone and ${operand} can't be listened to`,
      "leave one of them out",
    );
  }
  if (mic !== false && operand === undefined && (isTyped || world.stdin.isTerminal)) {
    await checkMicrophone(mic, settings, world);
    const name = mic === true ? "microphone" : mic;
    return { input: { name, relativePath: "microphone", explicit: true }, microphone: mic };
  }
  if (operand === undefined && world.stdin.isTerminal) {
    throw usageError("no input", "asr stream --mic listens; or pipe in: arecord | asr stream");
  }
  const { workingFolder, signal } = world;
  const list = await listInputs([operand ?? STDIN_NAME], { workingFolder, signal });
  const [input] = list.inputs;
  if (list.several || input === undefined) {
    throw usageError("stream takes one input", "asr transcribe takes folders and several files");
  }
  return { input };
}

/** @throws AsrError kind "usage" for flags that it has no use for, and for a file as a device. */
async function checkMicrophone(
  mic: string | true,
  { sources }: Settings,
  { workingFolder }: World,
): Promise<void> {
  for (const key of ["rate", "encoding", "channelCount"] as const) {
    if (sources[key] !== "flag") continue;
    throw usageError(
      `${flagOf(key)} is for headerless input: the microphone is none`,
      `leave out ${flagOf(key)}`,
    );
  }
  if (mic === true || sources.mic !== "flag") return;
  const status = await stat(path.resolve(workingFolder, mic)).catch(() => undefined);
  if (status?.isFile() !== true) return;
  throw usageError(
    `${mic} is a file, and --mic takes a device`,
    `to listen to the file leave out --mic; a device of that name goes into ASR_MIC`,
  );
}

/** What is listened to, by whether it comes at its own pace. */
export type InputKind = "microphone" | "pipe" | "file";

export interface OpenedInput {
  readonly recording: Recording;
  readonly kind: InputKind;
  /** How long what is on its way may still take once the input is told to end. */
  readonly graceMs: number;
  /** Lets go of what it holds; resolves when no process is left. */
  close(): Promise<void>;
}

/**
 * Opens the input and reads its header; of a pipe no more than that takes.
 *
 * @param ending aborted: a recorder is told to stop
 * @throws AsrError kind "audio" or "usage"; the reason of `ending` where that comes first.
 */
export async function openStreamInput(
  { input, microphone }: StreamInput,
  { values }: Settings,
  ending: AbortSignal,
  world: World,
): Promise<OpenedInput> {
  const signal = AbortSignal.any([world.signal, ending]);
  if (microphone !== undefined) return openMicrophone(microphone, ending, world);
  const { environment, platform, console } = world;
  const source =
    input.path === undefined
      ? streamSource(world.stdin.bytes(), "stdin")
      : await fileSource(input.path, input.name);
  const raw = rawFormatOf(input, values);
  const tools = await findMediaTools(environment, platform);
  const recording = await openRecording(source, {
    ...(raw === undefined ? { assumed: ASSUMED } : { raw }),
    ...(tools === undefined ? {} : { tools }),
    whileItComes: true,
    signal,
  });
  if (raw === undefined && recording.facts.container === "pcm") {
    console.note(
      `${source.name} has no header and is taken for ${describeFormat(ASSUMED)}; else say --rate, --encoding or --channel-count`,
    );
  }
  const kind = source.reopenable
    ? ({ kind: "file", graceMs: 0 } as const)
    : ({ kind: "pipe", graceMs: PIPE_GRACE_MS } as const);
  return { recording, ...kind, close: async () => {} };
}

async function openMicrophone(
  microphone: string | true,
  ending: AbortSignal,
  world: World,
): Promise<OpenedInput> {
  const { console, environment, platform, onExit, signal } = world;
  const device = microphone === true ? undefined : microphone;
  const found = await findRecorder(device, environment, platform);
  const recorder = await startRecorder(found, {
    platform,
    sleep: systemClock.sleep,
    onExit,
    log: (line) => console.debug(`${found.name}: ${line}`),
  });
  if (ending.aborted) recorder.stop();
  else ending.addEventListener("abort", recorder.stop, { once: true });
  console.note(`listening with ${found.name}${device === undefined ? "" : ` to ${device}`}`);
  const source: ByteSource = {
    name: device ?? "microphone",
    reopenable: false,
    open: (passSignal = signal) => recorder.chunks(passSignal),
  };
  try {
    const recording = await openRecording(source, { raw: MICROPHONE_FORMAT, signal });
    return {
      recording,
      kind: "microphone",
      graceMs: MICROPHONE_GRACE_MS,
      close: () => recorder.gone(),
    };
  } catch (error) {
    await recorder.gone();
    throw error;
  }
}
