/** 500 cases in one process, copies of those in `fixtures/cases/english`: `npm run bench -- verify`. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LAUNCHER, measure } from "./measure.ts";

const COUNT = 500;
const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const CASES = path.join(FIXTURES, "cases", "english");
const AUDIO = path.join(FIXTURES, "audio", "en-librivox-0890.wav");

/** Copies of the cases of some providers, in turn. */
function copyCases(folder: string, providers: readonly string[]): void {
  mkdirSync(folder);
  const audio = path.join(folder, "talk.wav");
  cpSync(AUDIO, audio);
  for (let index = 0; index < COUNT; index++) {
    const provider = providers[index % providers.length] ?? "";
    const yaml = readFileSync(path.join(CASES, `${provider}.case.yaml`), "utf8");
    const copied = yaml
      .replace(/^audio: .*$/m, "audio: talk.wav")
      .replaceAll(`${provider}.expected`, `${index}.expected`);
    writeFileSync(path.join(folder, `${index}.case.yaml`), copied);
    for (const extension of ["expected.json", "expected.txt", "cassette"]) {
      const source = path.join(CASES, `${provider}.${extension}`);
      cpSync(source, path.join(folder, `${index}.${extension}`), { recursive: true });
    }
  }
}

const MIXES = [
  ["tencent-flash"],
  ["feishu-file"],
  ["feishu-stream"],
  [
    ...["tencent-flash", "tencent-realtime", "feishu-file", "feishu-stream"],
    ...["lark-file", "lark-stream", "stepfun"],
  ],
];

console.log("| 500 cases of | -j | seconds | peak MB |\n|---|---|---|---|");
for (const providers of MIXES) {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-bench-"));
  try {
    copyCases(path.join(folder, "cases"), providers);
    for (const concurrency of ["1", "4"]) {
      const words = ["verify", path.join(folder, "cases"), "-j", concurrency];
      const { wallMs, peakMegabytes } = measure(process.execPath, [LAUNCHER, ...words]);
      const what = providers.length > 1 ? "all seven in turn" : providers.join();
      const seconds = (wallMs / 1000).toFixed(1);
      console.log(`| ${what} | ${concurrency} | ${seconds} | ${peakMegabytes.toFixed(0)} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
