/** What turns out to be odd about the audio while it is recognised. */
import type { JobEvent } from "../transcript/events.ts";
import type { Warning } from "../transcript/transcript.ts";

/**
 * A job's events with warnings of the input among them: those known at the start behind `start`,
 * later ones before `done`, whose transcript has them all.
 *
 * @param warnings grows while the input is read
 */
export async function* withWarnings(
  events: AsyncIterable<JobEvent>,
  warnings: () => readonly Warning[],
): AsyncGenerator<JobEvent> {
  const told = new Set<Warning>();
  const untold = (): Warning[] => warnings().filter((warning) => !told.has(warning));
  for await (const event of events) {
    if (event.type === "done") {
      for (const warning of untold()) {
        told.add(warning);
        yield { type: "warning", warning };
      }
      const { transcript } = event;
      yield {
        ...event,
        transcript: { ...transcript, warnings: [...told, ...transcript.warnings] },
      };
      continue;
    }
    yield event;
    if (event.type !== "start") continue;
    for (const warning of untold()) {
      told.add(warning);
      yield { type: "warning", warning };
    }
  }
}
