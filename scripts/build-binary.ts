/**
 * Builds single-file binaries into dist-bin: all of them, or the targets that are named.
 *
 *   npm run build:binary
 *   npm run build:binary -- linux-x64
 */
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import manifest from "../package.json" with { type: "json" };
import { baseFor } from "./binary/base.ts";
import { writeChecksums } from "./binary/checksums.ts";
import { addCodeCaches } from "./binary/code-cache.ts";
import { writeLicences } from "./binary/licences.ts";
import { bundleProgram } from "./binary/program.ts";
import { seal } from "./binary/seal.ts";
import { NODE_VERSION, TARGETS } from "./binary/targets.ts";
import { writeReportAssets } from "./report-page.ts";

const OUTPUT_FOLDER = path.resolve("dist-bin");
const NOTICES = ["LICENSE", "NOTICE.md"];

const named = process.argv.slice(2);
const unknown = named.filter((name) => TARGETS.every((target) => target.name !== name));
if (unknown.length > 0) {
  const known = TARGETS.map(({ name }) => name).join(", ");
  throw new Error(`there is no target ${unknown.join(", ")}: choose among ${known}`);
}
for (const found of [process.versions.node, manifest.devDependencies.node]) {
  // The blob's layout belongs to a release of Node: its maker and its reader must be the same one.
  if (found !== NODE_VERSION) {
    throw new Error(
      `needs Node ${NODE_VERSION}, this is ${found}: npm ci, then npm run build:binary`,
    );
  }
}

const scratch = await mkdtemp(path.join(tmpdir(), "asr-binary-"));
try {
  await mkdir(OUTPUT_FOLDER, { recursive: true });
  await writeReportAssets();
  let nodeLicence: string | undefined;
  const program = await bundleProgram(path.join(scratch, "program"));
  for (const target of TARGETS.filter(({ name }) => named.length === 0 || named.includes(name))) {
    const file = path.join(OUTPUT_FOLDER, target.file);
    const base = await baseFor(target, scratch);
    const files = target.isHere ? addCodeCaches(program, base.binary) : program.files;
    await rm(file, { force: true });
    await seal({ scratch, entry: program.entry, files, base: base.binary, target, file });
    nodeLicence ??= base.licence;
    const version = target.isHere ? execFileSync(file, ["--version"], { encoding: "utf8" }) : "";
    if (target.isHere && version !== `${manifest.version}\n`) {
      throw new Error(`${target.file} calls itself ${JSON.stringify(version)}`);
    }
    console.log(`dist-bin/${target.file}${target.isHere ? "" : " (not run here)"}`);
  }
  for (const name of NOTICES) await copyFile(name, path.join(OUTPUT_FOLDER, name));
  await writeLicences(
    program.packages,
    nodeLicence,
    path.join(OUTPUT_FOLDER, "THIRD-PARTY-LICENSES.txt"),
  );
  await writeChecksums(OUTPUT_FOLDER);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
