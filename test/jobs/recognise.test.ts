import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { openRecording } from "../../src/audio/open.ts";
import { streamSource } from "../../src/audio/source.ts";
import { prepareJob } from "../../src/jobs/prepare.ts";
import { recognise } from "../../src/jobs/recognise.ts";
import type { RecognitionInput } from "../../src/providers/contract.ts";
import { plainContext } from "../providers/plain-context.ts";
import { fakeProvider, SETTINGS, WISHES, workplace } from "./fake-provider.ts";

it("hands a provider what it settled for the recording, however that was converted", async () => {
  const asked: RecognitionInput[] = [];
  const provider = fakeProvider({
    resolve: (_, facts) => ({ model: `for ${facts?.sampleRate} Hz`, warnings: [] }),
    async *recognize(input) {
      asked.push(input);
      yield { type: "progress", audioMs: 0 };
    },
  });
  const raw = { sampleRate: 8000, channels: 2, encoding: "s16le" } as const;
  for (const channels of ["mix", "all"] as const) {
    const source = streamSource(Readable.from([Buffer.alloc(3200)]), "call.raw");
    const recording = await openRecording(source, { raw });
    const settings = SETTINGS;
    const sha256 = async () => "";
    const job = {
      recording,
      provider,
      settings,
      wishes: { ...WISHES, channels },
      strict: false,
      sha256,
    };
    for await (const _ of recognise(prepareJob(job), plainContext(), workplace()));
  }
  const told = asked.map(({ audio, resolution }) => [audio.sampleRate, resolution.model]);
  expect(told).toEqual(Array.from({ length: 3 }, () => [16_000, "for 8000 Hz"]));
});
