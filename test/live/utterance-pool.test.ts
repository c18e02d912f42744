import { expect, it } from "vitest";
import { UtterancePool } from "../../src/live/utterance-pool.ts";
import { UtteranceRun, type WaitingUtterance } from "../../src/live/utterance-run.ts";
import { settled } from "./utterance-world.ts";

it("asks for no audio that was let go while nobody took what was said", async () => {
  let keptFromMs = 0;
  const begun: WaitingUtterance[] = [];
  const first = Promise.withResolvers<void>();
  async function* answer() {
    await first.promise;
    yield* [];
  }
  const pool = new UtterancePool({
    concurrency: 1,
    maxMs: 28_000,
    keptFromMs: () => keptFromMs,
    begin(utterance, number) {
      begun.push(utterance);
      return new UtteranceRun(utterance, number, answer(), { placed: false, words: false });
    },
    onNews: () => {},
  });
  const spoken = (startMs: number, endMs: number) => ({
    startMs,
    endMs,
    speech: [{ startMs, endMs }],
    sinceMs: endMs,
  });
  pool.add(spoken(0, 1_000));
  pool.fill();
  pool.add(spoken(4_000, 6_000));
  keptFromMs = 5_000;
  first.resolve();
  await settled();
  expect(begun.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
    [0, 1_000],
    [5_000, 6_000],
  ]);
  await pool.close();
});
