/**
 * Whole uploads by the built command, beside curl and an empty Node, in turns:
 *
 *     npm run bench -- vendors
 *
 * 100 MB of WAV to Tencent flash and two hours to StepFun, at a server on this machine that counts
 * bytes and answers. Goals: at most 200 ms beyond `curl --data-binary` plus Node's own start; a
 * peak of memory under 110 MB.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { wavHeader } from "../../src/audio/encode.ts";
import { LAUNCHER, type Measured, measure, median } from "./measure.ts";

const ROUNDS = 5;
const FORMAT = { sampleRate: 16_000, channels: 1, encoding: "s16le" } as const;
const BYTES_PER_SECOND = 32_000;
const FLASH_BYTES = 99_999_000;
const STEPFUN_SECONDS = 2 * 3600;

const FLASH_ANSWER = JSON.stringify({
  request_id: "bench",
  code: 0,
  message: "",
  audio_duration: 3_124_968,
  flash_result: [
    {
      channel_id: 0,
      text: "你好。",
      sentence_list: [{ text: "你好。", start_time: 0, end_time: 900 }],
    },
  ],
});

/** What a vendor might say of two hours: a delta a second. */
function* stepfunEvents(): Generator<string> {
  let text = "";
  const meta = { session_id: "bench", timestamp: 0 };
  for (let second = 0; second < STEPFUN_SECONDS; second++) {
    const delta = `第${second}秒。`;
    text += delta;
    const times = { start_time: second * 1000, end_time: second * 1000 + 900 };
    const event = {
      type: "transcript.text.delta",
      meta,
      delta,
      item_id: `${second}`,
      content_index: 0,
      ...times,
    };
    yield `data: ${JSON.stringify(event)}\n\n`;
  }
  yield `data: ${JSON.stringify({ type: "transcript.text.done", meta, text, usage: { total_tokens: 1 } })}\n\n`;
}

async function serve(): Promise<void> {
  const server = createServer((request, response) => {
    request.on("data", () => {});
    request.on("end", () => {
      if (request.url?.startsWith("/asr/flash/")) response.end(FLASH_ANSWER);
      else if (request.url?.startsWith("/v1/audio/")) {
        response.setHeader("content-type", "text/event-stream");
        for (const event of stepfunEvents()) response.write(event);
        response.end();
      } else response.end("counted");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
}

async function writeWav(file: string, dataBytes: number): Promise<void> {
  const handle = await open(file, "w");
  const block = Buffer.alloc(BYTES_PER_SECOND, "asr bench \u0000\u00ff");
  await handle.write(wavHeader(FORMAT, dataBytes));
  for (let left = dataBytes; left > 0; left -= block.length) {
    await handle.write(block, 0, Math.min(left, block.length));
  }
  await handle.close();
}

async function compare(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "asr-bench-"));
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), "serve"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [port] = (await once(server.stdout, "data")) as [Buffer];
    const origin = `http://127.0.0.1:${port.toString().trim()}`;
    const flash = path.join(folder, "flash.wav");
    const long = path.join(folder, "two-hours.wav");
    await writeWav(flash, FLASH_BYTES - 44);
    await writeWav(long, STEPFUN_SECONDS * BYTES_PER_SECOND);
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      TENCENTCLOUD_APPID: "1250000000",
      TENCENTCLOUD_SECRET_ID: "bench-secret-id",
      TENCENTCLOUD_SECRET_KEY: "bench-secret-key",
      STEPFUN_API_KEY: "bench-key",
      ASR_TENCENT_BASE_URL: origin,
      ASR_STEPFUN_BASE_URL: origin,
    };
    const curl = ["-sS", "-o", "/dev/null", "-H", "Expect:", "--data-binary", `@${flash}`, origin];
    const asr = (file: string, provider: string): string[] => {
      return [LAUNCHER, "transcribe", file, "-p", provider, "-o", "/dev/null", "-f", "srt"];
    };
    const contestants: readonly (readonly [string, string, readonly string[]])[] = [
      ["node -e 0", process.execPath, ["-e", "0"]],
      ["curl --data-binary, 100 MB", "curl", curl],
      ["asr -p tencent-flash, 100 MB", process.execPath, asr(flash, "tencent-flash")],
      ["asr -p stepfun, 2 h (307 MB of text)", process.execPath, asr(long, "stepfun")],
    ];
    const runs = new Map<string, Measured[]>(contestants.map(([name]) => [name, []]));
    for (let round = -1; round < ROUNDS; round++) {
      for (const [name, command, words] of contestants) {
        const measured = measure(command, words, env);
        // The first round fills the caches.
        if (round >= 0) runs.get(name)?.push(measured);
      }
    }
    console.log("| run | median ms | peak MB |\n|---|---|---|");
    for (const [name, measured] of runs) {
      const peak = Math.max(...measured.map(({ peakMegabytes }) => peakMegabytes));
      console.log(`| ${name} | ${wall(measured).toFixed(0)} | ${peak.toFixed(0)} |`);
    }
    const [node = [], byCurl = [], ours = []] = [...runs.values()];
    const beyondMs = wall(ours) - wall(byCurl) - wall(node);
    console.log(`\n100 MB: ${beyondMs.toFixed(0)} ms beyond curl and Node's start (goal 200)`);
  } finally {
    server.kill();
    await rm(folder, { recursive: true });
  }
}

function wall(measured: readonly Measured[]): number {
  return median(measured.map(({ wallMs }) => wallMs));
}

if (process.argv[2] === "serve") await serve();
else await compare();
