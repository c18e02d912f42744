/**
 * Records `fixtures/cases` anew, by the built command, from the loopback vendors of `test/vendors`:
 * `node scripts/record-cases.ts`. Expectations are written anew as well: look at what changed.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startFeishuDouble, TEST_APP } from "../test/vendors/feishu/server.ts";
import type { HeardSentence, Recognise } from "../test/vendors/server/hearing.ts";
import { startStepfunDouble, TEST_API_KEY } from "../test/vendors/stepfun/server.ts";
import { TEST_ACCOUNT } from "../test/vendors/tencent/account.ts";
import { startTencentDouble } from "../test/vendors/tencent/server.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const BY_NAME = "fixtures/cases/by-name/librivox";

/** What is said, after `fixtures/audio/SOURCES.md`; one character is misheard, as a vendor might. */
const ENGLISH: readonly HeardSentence[] = [
  { startMs: 240, endMs: 2900, text: "Unless to be rather cold hearted" },
  { startMs: 2980, endMs: 5100, text: "and rather selfish is to be ill disposed." },
];
const CHINESE: readonly HeardSentence[] = [
  {
    startMs: 150,
    endMs: 5600,
    text: "沃森是认知计算技术的杰出代表，它可以像人类一样思考，积累经验，不断学习。",
  },
  { startMs: 5800, endMs: 11_000, text: "沃森具有高超的大数据分析能力，可以帮助人们进行绝策。" },
];

/** By the length of the recording; in a stream the sentences grow while it comes. */
function earFor(isChinese: boolean): Recognise {
  const sentences = isChinese ? CHINESE : ENGLISH;
  return ({ durationMs, stream }) =>
    sentences.flatMap(({ text, startMs, endMs }) => {
      // Of compressed audio a vendor of ours only guesses the length.
      const heardMs = Math.min(stream === undefined ? endMs : durationMs, endMs) - startMs;
      if (heardMs <= 0) return [];
      const characters = [...text];
      const count = Math.ceil((characters.length * heardMs) / (endMs - startMs));
      const heard = characters.slice(0, count).join("").trimEnd();
      return [{ startMs, endMs: startMs + heardMs, text: heard }];
    });
}

async function asr(words: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, ["bin/asr.js", ...words], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: ROOT, ...env },
    stdio: "inherit",
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`asr ${words.join(" ")} ended with ${code}`);
}

/** Records what a folder of cases asks for, at vendors that hear one language. */
async function withVendors(
  isChinese: boolean,
  record: (env: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const recognise = earFor(isChinese);
  const tencent = await startTencentDouble({ recognise });
  const feishu = await startFeishuDouble({ recognise });
  const lark = await startFeishuDouble({ recognise, site: "lark" });
  const stepfun = await startStepfunDouble({ recognise });
  try {
    await record({
      ASR_TENCENT_BASE_URL: tencent.origin,
      TENCENTCLOUD_APPID: TEST_ACCOUNT.appId,
      TENCENTCLOUD_SECRET_ID: TEST_ACCOUNT.secretId,
      TENCENTCLOUD_SECRET_KEY: TEST_ACCOUNT.secretKey,
      ASR_FEISHU_BASE_URL: feishu.origin,
      FEISHU_APP_ID: TEST_APP.appId,
      FEISHU_APP_SECRET: TEST_APP.appSecret,
      ASR_LARK_BASE_URL: lark.origin,
      LARK_APP_ID: TEST_APP.appId,
      LARK_APP_SECRET: TEST_APP.appSecret,
      ASR_STEPFUN_BASE_URL: stepfun.origin,
      STEPFUN_API_KEY: TEST_API_KEY,
    });
  } finally {
    await Promise.all([tencent, feishu, lark, stepfun].map((vendor) => vendor.close()));
  }
}

await rm(`${ROOT}${BY_NAME}.cassette`, { recursive: true, force: true });
await withVendors(false, async (env) => {
  const formats = ["-f", "srt,json", "-o", `${ROOT}${BY_NAME}.expected.srt`];
  const words = ["transcribe", `${BY_NAME}.mp3`, "-p", "tencent-flash", "-l", "en", ...formats];
  await asr([...words, "--force", "--record", `${BY_NAME}.cassette`], env);
  await asr(["verify", "fixtures/cases/english", "--live", "--update", "--no-config"], env);
});
await withVendors(true, (env) =>
  asr(["verify", "fixtures/cases/chinese", "--live", "--update", "--no-config"], env),
);
await asr(["verify", "fixtures/cases", "--update"], {});
