/** A list of 100 000 recordings, looked at and planned by a dry run. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LAUNCHER, measure } from "./measure.ts";

const LINES = 100_000;
const CLIP = fileURLToPath(new URL("../../fixtures/audio/en-librivox-0890.wav", import.meta.url));
const HEADER_BYTES = 44;
/** A tenth of a second. */
const DATA_BYTES = 3200;

const folder = mkdtempSync(path.join(tmpdir(), "asr-list-"));
try {
  const clip = readFileSync(CLIP).subarray(0, HEADER_BYTES + DATA_BYTES);
  clip.writeUInt32LE(clip.length - 8, 4);
  clip.writeUInt32LE(DATA_BYTES, HEADER_BYTES - 4);
  const names = Array.from({ length: LINES }, (_, index) => {
    const name = path.join(folder, String(index >> 10), `${index}.wav`);
    mkdirSync(path.dirname(name), { recursive: true });
    writeFileSync(name, clip);
    return name;
  });
  const entries = names.map((input, index) => ({
    input,
    provider: index % 2 === 0 ? "stepfun" : "feishu-file",
    language: "zh",
    output: `results/${index}`,
    tags: ["night"],
  }));
  const lists = {
    paths: names.join("\n"),
    "JSON Lines": entries.map((entry) => JSON.stringify(entry)).join("\n"),
  };
  console.log("| list | what | seconds | peak MB |\n|---|---|---|---|");
  for (const [name, text] of Object.entries(lists)) {
    const list = path.join(folder, "list");
    writeFileSync(list, text);
    const words = ["transcribe", "--no-config", "--from", list, "-o", path.join(folder, "out")];
    const runs = { "dry run": ["--dry-run", "-q"], "dry run, JSON": ["--dry-run", "-q", "--json"] };
    for (const [what, more] of Object.entries(runs)) {
      const { wallMs, peakMegabytes } = measure(process.execPath, [LAUNCHER, ...words, ...more]);
      console.log(
        `| ${name} | ${what} | ${(wallMs / 1000).toFixed(1)} | ${peakMegabytes.toFixed(0)} |`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
