import { expect, it } from "vitest";
import { News } from "../../src/live/utterance-news.ts";
import { ScriptedAudio, settled } from "./utterance-world.ts";

it("tells of an end that came while the waiter was busy", async () => {
  const audio = new ScriptedAudio([]);
  const news = new News(audio, new AbortController().signal);
  await audio.hear(1_000);
  await audio.end();
  let isTold = false;
  void news.wait(1_000, false).then(() => {
    isTold = true;
  });
  await settled();
  expect(isTold).toBe(true);
  news.close();
});
