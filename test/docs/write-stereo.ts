/** Joins two mono recordings into one of two channels: `node write-stereo.ts LEFT RIGHT OUT`. */
import { readFileSync, writeFileSync } from "node:fs";
import { buildWav } from "../audio/build-wav.ts";

const HEADER_BYTES = 44;
const [left, right, out] = process.argv.slice(2);
if (left === undefined || right === undefined || out === undefined) throw new Error("three names");
const [a, b] = [left, right].map((name) => readFileSync(name).subarray(HEADER_BYTES));
if (a === undefined || b === undefined) throw new Error("two recordings");
const frames = Math.min(a.length, b.length) / 2;
const data = Buffer.alloc(frames * 4);
for (let frame = 0; frame < frames; frame++) {
  data.writeInt16LE(a.readInt16LE(frame * 2), frame * 4);
  data.writeInt16LE(b.readInt16LE(frame * 2), frame * 4 + 2);
}
writeFileSync(out, buildWav({ encoding: "s16le", channels: 2, sampleRate: 16_000, data }));
