/** The recordings of HTML reports: each is looked at once more when its transcript is done. */
import path from "node:path";
import { bytesSource } from "../audio/memory-source.ts";
import { fileSource } from "../audio/source.ts";
import type { ByteSource, MediaTools, RawFormat } from "../audio/types.ts";
import { AsrError } from "../errors.ts";
import type { Input } from "../jobs/inputs/input.ts";
import type { Destinations } from "../jobs/outputs/destination.ts";
import { type KeptPipe, keepingBytes } from "../jobs/sound/kept-pipe.ts";
import type { SoundFor } from "../jobs/sound/sinks.ts";
import { MOST_EMBEDDED_BYTES, soundOf } from "../jobs/sound/sound-of.ts";
import type { Settings } from "../settings/load.ts";
import type { Sound } from "../transcript/sound.ts";
import { isReport } from "./recognition-settings.ts";
import type { World } from "./world.ts";

export interface ReportSound {
  readonly files: Destinations["files"];
  /** The recording, to be read again; a text: why there is none. */
  readonly sourceOf: (input: Input, signal: AbortSignal) => Promise<ByteSource | string>;
  readonly rawFormatOf: (input: Input) => RawFormat | undefined;
  readonly tools?: MediaTools;
}

/** What a pipe brings, kept for its report while it is recognised. */
export interface PipesForReports {
  keep(input: Input, source: ByteSource): ByteSource;
  /** A recording that was transcribed, to be read again. */
  readonly sourceOf: ReportSound["sourceOf"];
}

export function pipesForReports(): PipesForReports {
  const kept = new Map<Input, KeptPipe>();
  return {
    keep(input, source) {
      if (source.reopenable) return source;
      const pipe = keepingBytes(source, MOST_EMBEDDED_BYTES);
      kept.set(input, pipe);
      return pipe.source;
    },
    async sourceOf(input) {
      const pipe = kept.get(input);
      kept.delete(input);
      if (pipe === undefined) return fileSource(input.path ?? input.name, input.name);
      const bytes = pipe.bytes();
      return bytes === undefined ? TOO_LONG_A_PIPE : bytesSource(bytes, input.name);
    },
  };
}

const TOO_LONG_A_PIPE = "the recording came by a pipe and is over 20 MB";

/** A recording that can't be read again is told of, and is missing in the report: the text is worth it. */
export function reportSound(
  { files, sourceOf, rawFormatOf, tools }: ReportSound,
  { values }: Settings,
  { console, workingFolder }: World,
): SoundFor {
  return async (input, index, signal) => {
    const page = files?.[index]?.find(({ format }) => isReport({ name: format }));
    const pageFolder = page === undefined ? workingFolder : path.dirname(page.path);
    const raw = rawFormatOf(input);
    try {
      const source = await sourceOf(input, signal);
      if (typeof source === "string") return withoutSound(source);
      return await soundOf({
        source,
        pageFolder,
        embeds: values.embedAudio,
        signal,
        ...(raw === undefined ? {} : { raw }),
        ...(tools === undefined ? {} : { tools }),
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AsrError)) throw error;
      const why = error.details.reason === undefined ? "" : ` (${error.details.reason})`;
      const message = `${input.name}: its HTML report has no sound: ${error.message}${why}`;
      console.warning({ code: "report-without-sound", message });
      return withoutSound("the recording could not be read again");
    }
  };
}

function withoutSound(reason: string): Sound {
  return { playback: { kind: "none", reason } };
}
