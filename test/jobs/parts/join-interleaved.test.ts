import fc from "fast-check";
import { expect, it } from "vitest";
import { joinParts } from "../../../src/jobs/parts/join.ts";
import type { RecognitionEvent } from "../../../src/transcript/events.ts";
import { share } from "../../share.ts";

const PART_MS = 10_000;

/** Gives others their turn so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

it("loses nothing and keeps the order, whoever is slow: a part or the reader", async () => {
  const slowness = fc.array(fc.nat(12), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(slowness, { minLength: 2, maxLength: 6 }),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      async (parts, readerTurns, concurrency) => {
        const jobs = parts.map((waits, index) => ({
          part: {
            pieces: [{ startMs: index * PART_MS, endMs: (index + 1) * PART_MS }],
            overlapMs: 0,
          },
          async *events(): AsyncGenerator<RecognitionEvent> {
            for (const [number, count] of waits.entries()) {
              await turns(count);
              if (number === 3) yield { type: "response", requestId: `${index}` };
              else {
                const startMs = number * 1000;
                const segment = { text: `${index}.${number}`, startMs, endMs: startMs + 500 };
                yield { type: "final", segment };
              }
            }
          },
        }));
        const texts: string[] = [];
        const answered: string[] = [];
        let read = 0;
        const { signal } = new AbortController();
        for await (const event of joinParts(jobs, { concurrency, signal })) {
          if (event.type === "final") texts.push(event.segment.text);
          if (event.type === "response") answered.push(event.requestId ?? "");
          await turns(readerTurns[read++ % readerTurns.length] ?? 0);
        }
        const indices = parts.map((_, index) => `${index}`);
        expect(texts).toEqual(indices.flatMap((index) => [0, 1, 2].map((n) => `${index}.${n}`)));
        expect(answered).toEqual(indices);
      },
    ),
    { numRuns: share(200, 5000) },
  );
});
