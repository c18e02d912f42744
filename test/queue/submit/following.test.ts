import { expect, it } from "vitest";
import { Following } from "../../../src/queue/submit/following.ts";

const open = () => new AbortController();

it("tells what happens to a job in order, its beginning once", async () => {
  const following = new Following(() => {});
  following.began();
  following.began();
  following.progressed({ audioMs: 5 });
  following.ended();
  const { signal } = open();
  expect([
    await following.next(signal),
    await following.next(signal),
    await following.next(signal),
  ]).toEqual([
    { type: "began" },
    { type: "progress", progress: { audioMs: 5 } },
    { type: "ended" },
  ]);
});

it("does not call a job lost that was not put there yet", async () => {
  const following = new Following(() => {});
  following.lost();
  following.isPut = true;
  const news = following.next(open().signal);
  following.lost();
  following.ended();
  expect(await news).toEqual({ type: "lost" });
});

it("waits until it is told to stop", async () => {
  let isLetGo = false;
  const following = new Following(() => {
    isLetGo = true;
  });
  const stopping = open();
  const news = following.next(stopping.signal);
  stopping.abort();
  expect(await news).toBeUndefined();
  following.stop();
  expect(isLetGo).toBe(true);
});
