/** What the planning of a run's inputs needs, put together once: for the commands and the library. */
import type { Readable } from "node:stream";
import { findMediaTools } from "../audio/compressed/ffmpeg/find.ts";
import { fileSource, streamSource } from "../audio/source.ts";
import type { ByteSource } from "../audio/types.ts";
import type { Log, Provider } from "../providers/contract.ts";
import type { Input } from "./inputs/input.ts";
import type { PlanRequest } from "./prepared-input.ts";
import type { RecogniserOf } from "./recogniser.ts";
import { speechModelFor } from "./speech-model.ts";
import type { SpoolPlace } from "./spooled.ts";

/** What of this machine is touched. */
export interface PlanningPlace extends SpoolPlace {
  /** Searched for ffmpeg. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Where an input without a path is read from; undefined: there is none. */
  readonly stdin?: { bytes(): Readable };
}

/** What listens to audio here, which runs may share. */
export type AudioTools = Pick<PlanRequest, "tools" | "speechModel">;

export interface Planning extends Pick<PlanRequest, "wishes" | "strict" | "rawFormatOf"> {
  readonly recognisers: {
    readonly of: RecogniserOf;
    /** Those who recognise anything. */
    readonly providers: readonly Provider[];
  };
  /** Undefined: they are looked for, and the model is loaded where it is needed. */
  readonly audioTools?: AudioTools;
  /** Told where voices are found by less than was to be. */
  readonly log: Log;
}

export async function planRequest(
  { recognisers, audioTools, log, ...asked }: Planning,
  place: PlanningPlace,
): Promise<PlanRequest> {
  const { signal, temporaryFolder, onExit, stdin } = place;
  return {
    ...asked,
    openSource: (input) => sourceOf(input, stdin),
    recogniserOf: recognisers.of,
    ...(audioTools ?? (await findAudioTools(recognisers.providers, log, place))),
    signal,
    temporaryFolder,
    onExit,
  };
}

/** @param providers as {@link speechModelFor} takes them */
export async function findAudioTools(
  providers: readonly Provider[],
  log: Log,
  { environment, platform }: Pick<PlanningPlace, "environment" | "platform">,
): Promise<AudioTools> {
  const tools = await findMediaTools(environment, platform);
  return {
    ...(tools === undefined ? {} : { tools }),
    speechModel: speechModelFor(providers, log),
  };
}

async function sourceOf({ name, path }: Input, stdin: PlanningPlace["stdin"]): Promise<ByteSource> {
  if (path !== undefined) return fileSource(path, name);
  if (stdin === undefined) throw new Error(`${name} has no path`);
  return streamSource(stdin.bytes(), name);
}
