/**
 * Three hours by the built command through each vendor's double, as WAV and as MP3 of 32 kbit/s:
 *
 *     npm run bench -- long
 *
 * The doubles answer what they hear, in a process of their own that shares this machine's cores:
 * wall time holds their listening too. Goals: a peak of memory under 110 MB with WAV and under
 * 200 MB with MP3, and 60 MB more where the model that knows voices has to be loaded.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { decodingEar } from "../../test/vendors/ears/decoding-ear.ts";
import { hearNumbers } from "../../test/vendors/ears/number-ear.ts";
import { writeNumberedWav } from "../../test/vendors/ears/numbered-audio.ts";
import { startFeishuDouble, TEST_APP } from "../../test/vendors/feishu/server.ts";
import { startStepfunDouble, TEST_API_KEY } from "../../test/vendors/stepfun/server.ts";
import { TEST_ACCOUNT } from "../../test/vendors/tencent/account.ts";
import { startTencentDouble } from "../../test/vendors/tencent/server.ts";
import { LAUNCHER, measure } from "./measure.ts";

const SECONDS = 3 * 3600;
const PROVIDERS = ["tencent-flash", "tencent-realtime", "feishu-file", "feishu-stream", "stepfun"];

const CREDENTIALS = {
  TENCENTCLOUD_APPID: TEST_ACCOUNT.appId,
  TENCENTCLOUD_SECRET_ID: TEST_ACCOUNT.secretId,
  TENCENTCLOUD_SECRET_KEY: TEST_ACCOUNT.secretKey,
  FEISHU_APP_ID: TEST_APP.appId,
  FEISHU_APP_SECRET: TEST_APP.appSecret,
  STEPFUN_API_KEY: TEST_API_KEY,
};

/** Says the origin on stdout, and listens until it is ended. */
async function serve(provider: string): Promise<void> {
  const recognise = decodingEar(hearNumbers());
  const start = provider.startsWith("tencent")
    ? startTencentDouble
    : provider === "stepfun"
      ? startStepfunDouble
      : startFeishuDouble;
  // What listens for long takes requests in bunches, however evenly they were sent.
  const { origin } = await start({ recognise, queriesPerSecond: 40 });
  process.stdout.write(origin);
}

async function transcribe(provider: string, file: string, folder: string) {
  const double = spawn(process.execPath, [fileURLToPath(import.meta.url), "serve", provider], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [said] = (await once(double.stdout, "data")) as [Buffer];
    const origin = said.toString();
    return measure(
      process.execPath,
      [LAUNCHER, "transcribe", file, "-p", provider, "-o", "/dev/null", "-f", "json", "--quiet"],
      {
        PATH: process.env.PATH,
        HOME: folder,
        ...CREDENTIALS,
        ASR_TENCENT_BASE_URL: origin,
        ASR_FEISHU_BASE_URL: origin,
        ASR_STEPFUN_BASE_URL: origin,
      },
    );
  } finally {
    double.kill();
  }
}

async function compare(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "asr-bench-"));
  try {
    const wav = path.join(folder, "long.wav");
    const mp3 = path.join(folder, "long.mp3");
    writeNumberedWav(wav, { seconds: SECONDS });
    const encoding = spawnSync("ffmpeg", ["-v", "error", "-i", wav, "-b:a", "32k", mp3]);
    const files = encoding.status === 0 ? [wav, mp3] : [wav];
    if (files.length === 1) console.log("(without MP3: needs ffmpeg to make one)\n");
    console.log("| provider | audio | peak MB | wall s |\n|---|---|---|---|");
    for (const provider of PROVIDERS) {
      for (const file of files) {
        const { peakMegabytes, wallMs } = await transcribe(provider, file, folder);
        const columns = [
          provider,
          path.extname(file).slice(1),
          peakMegabytes.toFixed(0),
          (wallMs / 1000).toFixed(1),
        ];
        console.log(`| ${columns.join(" | ")} |`);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [role, provider = ""] = process.argv.slice(2);
if (role === "serve") await serve(provider);
else await compare();
