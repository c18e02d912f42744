/**
 * How fast the local recogniser is and how much memory it takes: a process of its own for each
 * recording, from its start to its end.
 *
 *     node scripts/bench/local.ts [RECORDING…]
 */
import { execFile } from "node:child_process";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { convert } from "../../src/audio/convert.ts";
import { openRecording } from "../../src/audio/open.ts";
import { fileSource } from "../../src/audio/source.ts";
import { local } from "../../src/providers/local/index.ts";

const ROUNDS = 3;
const RECORDINGS = ["en-ibm-dialogue.wav", "en-jfk.wav"].map((name) =>
  fileURLToPath(new URL(`../../fixtures/audio/${name}`, import.meta.url)),
);
const CHILD = "--child";

interface Measured {
  readonly audioMs: number;
  readonly peakBytes: number;
}

/** In the child: recognises one recording. */
async function recognise(path: string): Promise<Measured> {
  const recording = await openRecording(await fileSource(path));
  const target = { sampleRate: 16_000, channels: "mix", encoding: "f32le" } as const;
  const audio = {
    container: "pcm",
    channels: 1,
    encoding: target.encoding,
    sampleRate: target.sampleRate,
    reopenable: true,
    open: (signal?: AbortSignal) => convert(recording, target, signal),
  } as const;
  const settings = {
    language: "auto",
    hotwords: [],
    speakers: false,
    words: false,
    allChannels: false,
    timesWanted: true,
    parameters: {},
    uncheckedParameters: {},
    raw: false,
    live: false,
  };
  let audioMs = 0;
  const { signal } = new AbortController();
  const context = {
    signal,
    clock: { now: Date.now, sleep: async () => {} },
    randomBytes: (count: number) => new Uint8Array(count),
    log: () => {},
  };
  for await (const event of local.recognize({ audio, settings }, context)) {
    if (event.type === "progress") audioMs = event.audioMs;
  }
  return { audioMs, peakBytes: process.resourceUsage().maxRSS * 1024 };
}

async function measure(path: string): Promise<Measured & { readonly wallMs: number }> {
  const startedMs = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(import.meta.url),
    CHILD,
    path,
  ]);
  const wallMs = performance.now() - startedMs;
  const measured: Measured = JSON.parse(stdout);
  return { ...measured, wallMs };
}

async function main(paths: readonly string[]): Promise<void> {
  console.log("recording               audio s  wall s  real-time factor  peak MB");
  for (const path of paths) {
    for (let round = 0; round < ROUNDS; round++) {
      const { audioMs, wallMs, peakBytes } = await measure(path);
      const columns = [
        basename(path).padEnd(22),
        (audioMs / 1_000).toFixed(1).padStart(8),
        (wallMs / 1_000).toFixed(2).padStart(7),
        (wallMs / audioMs).toFixed(3).padStart(17),
        (peakBytes / 1e6).toFixed(0).padStart(8),
      ];
      console.log(columns.join(" "));
    }
  }
}

const [first, ...rest] = process.argv.slice(2);
if (first === CHILD && rest[0] !== undefined) {
  process.stdout.write(JSON.stringify(await recognise(rest[0])));
} else {
  await main(first === undefined ? RECORDINGS : [first, ...rest]);
}
