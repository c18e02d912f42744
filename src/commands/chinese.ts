/** `--chinese`: everything that is written, in one script. */
import type { OpenSink } from "../jobs/outputs/destination.ts";
import type { ResultSink } from "../jobs/outputs/results.ts";
import type { EventConversion } from "../library/chinese.ts";

export {
  chineseConversion,
  convertingEvents,
  type EventConversion,
} from "../library/chinese.ts";

/** Sinks that get their events converted. */
export function convertingSinks(
  openSink: OpenSink,
  conversion: EventConversion | undefined,
): OpenSink {
  if (conversion === undefined) return openSink;
  return (input, index, context): ResultSink => {
    const sink = openSink(input, index, context);
    return { ...sink, write: (event) => sink.write(conversion(event)) };
  };
}
