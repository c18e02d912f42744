/** Everything that was recognised, in one Chinese script. */
import type { Settings } from "../settings/load.ts";
import { convertEvent } from "../transcript/convert-text.ts";
import type { JobEvent } from "../transcript/events.ts";

export type EventConversion = (event: JobEvent) => JobEvent;

/** @returns undefined where nothing is to be converted: then no dictionary is loaded */
export async function chineseConversion({
  chinese,
}: Pick<Settings["values"], "chinese">): Promise<EventConversion | undefined> {
  if (chinese === undefined) return undefined;
  const { loadChineseConverter } = await import("../chinese/convert.ts");
  const convert = await loadChineseConverter(chinese);
  return (event) => convertEvent(event, convert);
}

/** A job's events, converted as they come. */
export async function* convertingEvents(
  events: AsyncIterable<JobEvent>,
  conversion: EventConversion = (event) => event,
): AsyncGenerator<JobEvent> {
  for await (const event of events) yield conversion(event);
}
