/** Audio of any container in units that slices are made of. */
import type { AudioInput } from "../../contract.ts";
import type { AudioUnit } from "./audio-unit.ts";
import type { ByteReader } from "./byte-reader.ts";
import { MIN_SLICE_MS } from "./limits.ts";
import { oggPages } from "./ogg-pages.ts";
import { pcmUnits } from "./pcm-units.ts";
import { silkFrames } from "./silk-frames.ts";
import { seekWavSamples } from "./wav-samples.ts";

/**
 * Divides audio at sample, frame or page boundaries. A WAV file leaves its header, and what follows
 * its samples, behind: the vendor takes everything after the first slice for samples.
 *
 * @throws AsrError kind "audio" where the container is damaged.
 */
export async function* audioUnits(
  reader: ByteReader,
  { container, sampleRate }: Pick<AudioInput, "container" | "sampleRate">,
  pcmUnitMs: number = MIN_SLICE_MS,
): AsyncGenerator<AudioUnit> {
  switch (container) {
    case "wav":
      yield* pcmUnits(reader, sampleRate, pcmUnitMs, await seekWavSamples(reader));
      return;
    case "silk":
      yield* silkFrames(reader);
      return;
    case "ogg":
      yield* oggPages(reader, sampleRate);
      return;
    default:
      yield* pcmUnits(reader, sampleRate, pcmUnitMs);
  }
}
