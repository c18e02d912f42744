import type { Sound } from "../../transcript/sound.ts";
import type { Input } from "../inputs/input.ts";
import type { OpenSink } from "../outputs/destination.ts";
import type { ResultSink } from "../outputs/results.ts";

/** Looks at an input's recording once more; undefined where there is none to show. */
export type SoundFor = (
  input: Input,
  index: number,
  signal: AbortSignal,
) => Promise<Sound | undefined>;

/** Sinks that get the recording with the end of its job. */
export function soundingSinks(openSink: OpenSink, soundFor: SoundFor): OpenSink {
  return (input, index, context): ResultSink => {
    const sink = openSink(input, index, context);
    return {
      ...sink,
      async write(event) {
        if (event.type !== "done") return sink.write(event);
        const sound = await soundFor(input, index, context.signal);
        await sink.write(sound === undefined ? event : { ...event, sound });
      },
    };
  };
}
