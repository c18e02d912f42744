/** An input, opened and prepared: its header is read, its plan is made, a pipe is in a file. */
import { digesting } from "../audio/digest.ts";
import { openRecording } from "../audio/open.ts";
import { LongHeaderError } from "../audio/passes.ts";
import type { ByteSource, MediaTools, RawFormat } from "../audio/types.ts";
import { mayBeHeaderless } from "./inputs/audio-content.ts";
import type { Input } from "./inputs/input.ts";
import type { PlanWishes } from "./plan.ts";
import { needsSpool, type PreparedJob, prepareJob } from "./prepare.ts";
import type { Workplace } from "./recognise.ts";
import type { RecogniserOf } from "./recogniser.ts";
import { withSpool } from "./spooled.ts";

export interface PlanRequest extends Omit<Workplace, "onStage"> {
  /** Opens an input's bytes. */
  readonly openSource: (input: Input) => Promise<ByteSource>;
  readonly recogniserOf: RecogniserOf;
  readonly wishes: PlanWishes;
  readonly strict: boolean;
  /**
   * What headerless audio is; undefined: headerless audio is an error. Not asked about a folder's
   * files, unless their names say that they are headerless.
   */
  readonly rawFormatOf: (input: Input) => RawFormat | undefined;
  /** An ffmpeg for what can't be decoded without. */
  readonly tools?: MediaTools;
  readonly signal: AbortSignal;
}

/** @throws AsrError; the signal's reason where it was aborted; what `use` throws. */
export async function withPrepared<Result>(
  request: PlanRequest,
  input: Input,
  use: (prepared: PreparedJob) => Promise<Result>,
): Promise<Result> {
  if (input.error !== undefined) throw input.error;
  const { wishes, strict, tools, signal } = request;
  const { provider, settings } = request.recogniserOf(input);
  const { source, sha256, close } = digesting(await request.openSource(input));
  const raw = mayBeHeaderless(input) ? request.rawFormatOf(input) : undefined;
  const options = {
    signal,
    keepsPipe: true,
    ...(raw === undefined ? {} : { raw }),
    ...(tools === undefined ? {} : { tools }),
  };
  const prepare = async (bytes: ByteSource): Promise<PreparedJob> => {
    const recording = await openRecording(bytes, options);
    return prepareJob({
      recording,
      sha256: () => sha256(signal),
      provider,
      settings,
      wishes,
      strict,
    });
  };
  const spooled = (open: ByteSource["open"]): Promise<Result> => {
    const piped = { name: input.name, reopenable: false, open };
    return withSpool(piped, request, async (file) => use(await prepare(file)));
  };
  try {
    const prepared = await prepare(source).catch((error: unknown) => {
      if (error instanceof LongHeaderError) return error;
      throw error;
    });
    if (prepared instanceof LongHeaderError) return await spooled(prepared.open);
    return needsSpool(prepared) ? await spooled(prepared.job.recording.bytes) : await use(prepared);
  } finally {
    await close();
  }
}
