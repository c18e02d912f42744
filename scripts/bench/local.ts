/**
 * The local recogniser as the built command: `npm run bench -- local`.
 * Goals: a real-time factor of at most 0.15 on two cores, a peak under 850 MB.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LAUNCHER, measure, median } from "./measure.ts";

const ROUNDS = 3;
const AUDIO = fileURLToPath(new URL("../../fixtures/audio/", import.meta.url));
const SECONDS: Readonly<Record<string, number>> = {
  "en-ibm-dialogue.wav": 54.7,
  "en-jfk.wav": 11,
  "zh-ibm-1-16k.wav": 11.3,
};

console.log("| recording | median s | real-time factor | peak MB |\n|---|---|---|---|");
for (const [name, seconds] of Object.entries(SECONDS)) {
  const words = [LAUNCHER, "transcribe", path.join(AUDIO, name), "-o", "/dev/null", "-f", "txt"];
  const runs = Array.from({ length: ROUNDS }, () => measure(process.execPath, words));
  const wall = median(runs.map(({ wallMs }) => wallMs)) / 1000;
  const peak = Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes));
  const factor = (wall / seconds).toFixed(2);
  console.log(`| ${name}, ${seconds} s | ${wall.toFixed(2)} | ${factor} | ${peak.toFixed(0)} |`);
}
