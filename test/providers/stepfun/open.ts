/** A StepFun double and a world that speaks to it. */
import { createHash } from "node:crypto";
import type { AudioInput, RecognitionSettings } from "../../../src/providers/contract.ts";
import { stepfun } from "../../../src/providers/stepfun/index.ts";
import type { RecognitionEvent } from "../../../src/transcript/events.ts";
import { openStepfun } from "../../vendors/hand/open-doubles.ts";
import type { StepfunDouble, StepfunDoubleOptions } from "../../vendors/stepfun/server.ts";
import {
  collect,
  HurriedClock,
  openWorld,
  requestOf,
  type World,
  type WorldOptions,
} from "../vendor-world.ts";

export interface Opened {
  readonly vendor: StepfunDouble;
  readonly world: World;
  readonly clock: HurriedClock;
}

export async function open(
  options: StepfunDoubleOptions = {},
  changes: Partial<WorldOptions> = {},
): Promise<Opened> {
  const clock = new HurriedClock();
  const vendor = await openStepfun({ clock: () => clock.now(), ...options });
  const account = { baseUrl: vendor.origin, credentials: { apiKey: vendor.apiKey } };
  return { vendor, clock, world: openWorld({ account, clock, ...changes }) };
}

export function recognised(
  { world }: Pick<Opened, "world">,
  audio: AudioInput,
  settings: Partial<RecognitionSettings> = {},
): Promise<RecognitionEvent[]> {
  return collect(stepfun.recognize(requestOf(audio, settings), world));
}

/** A container that passes through as it is. */
export function fileInput(
  container: AudioInput["container"],
  encoding: AudioInput["encoding"],
  bytes: Uint8Array,
): AudioInput {
  return {
    container,
    encoding,
    sampleRate: 16_000,
    channels: 1,
    durationMs: 1000,
    sizeBytes: bytes.byteLength,
    reopenable: true,
    async *open() {
      yield bytes;
    },
  };
}

export interface SentBody {
  readonly audio: {
    readonly data: string;
    readonly input: {
      readonly transcription: Readonly<Record<string, unknown>>;
      readonly format: Readonly<Record<string, unknown>>;
    };
  };
}

/** `audio.input` of the last request. */
export function inputOf(vendor: StepfunDouble): SentBody["audio"]["input"] {
  const body: unknown = vendor.requests.at(-1)?.body;
  return (body as SentBody).audio.input;
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
