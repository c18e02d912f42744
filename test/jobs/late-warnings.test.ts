import { expect, it } from "vitest";
import { withWarnings } from "../../src/jobs/late-warnings.ts";
import type { JobEvent } from "../../src/transcript/events.ts";
import type { Warning } from "../../src/transcript/transcript.ts";

const warning = (code: string): Warning => ({ code, message: code });

it("tells warnings of the input when they are known, and has all in the transcript", async () => {
  const known = [warning("early")];
  async function* events(): AsyncGenerator<JobEvent> {
    yield { type: "start", provider: "local" };
    yield { type: "progress", audioMs: 100 };
    known.push(warning("late"));
    const transcript = { provider: "local", durationMs: 100, segments: [], requestIds: [] };
    yield { type: "done", transcript: { ...transcript, warnings: [warning("own")] } };
  }
  const seen: string[] = [];
  for await (const event of withWarnings(events(), () => known)) {
    const codes =
      event.type === "done"
        ? event.transcript.warnings.map(({ code }) => code)
        : event.type === "warning"
          ? [event.warning.code]
          : [];
    seen.push([event.type, ...codes].join(" "));
  }
  expect(seen).toEqual([
    "start",
    "warning early",
    "progress",
    "warning late",
    "done early late own",
  ]);
});
