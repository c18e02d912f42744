/** Puts the program into a Node. */
import { readFileSync } from "node:fs";
import path from "node:path";
import sea from "@yao-pkg/pkg/lib-es5/sea.js";
import type { Target } from "./targets.ts";

/** What Node looks for at its start; the digit says whether there is a program inside. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1";

/** V8's flags as the npm package's launcher sets them: written there alone. */
export function launcherFlags(): string[] {
  const launcher = readFileSync("bin/asr.js", "utf8");
  return [...launcher.matchAll(/setFlagsFromString\("([^"]+)"\)/g)].map(([, flag = ""]) => flag);
}

interface Sealing {
  /** A folder of our own. Absolute, as all paths here. */
  readonly scratch: string;
  /** Below it. */
  readonly entry: string;
  /** Assets by name. */
  readonly files: Readonly<Record<string, string>>;
  /** The Node for the target. */
  readonly base: string;
  readonly target: Target;
  readonly file: string;
}

/** @throws Error where the result would be a bare Node */
export async function seal(sealing: Sealing): Promise<void> {
  const { scratch, entry, files, base, target, file } = sealing;
  const { platform, arch } = target;
  // pkg works in a folder that it makes among the temporary ones.
  Object.assign(process.env, { TMPDIR: scratch, TEMP: scratch });
  const seaConfig = {
    // Node keeps this in the binary as it is told: from there, it names no folder of this machine.
    main: path.join("..", path.relative(scratch, entry)),
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    // The launcher is too small to gain by it, and it would bind the blob to this processor.
    useCodeCache: false,
    execArgv: launcherFlags(),
    // NODE_OPTIONS is for the Node that a user has installed; this is none.
    execArgvExtension: "none",
    assets: { ...files },
  };
  await sea.default(entry, {
    nodePath: base,
    // The blob is made by the Node that runs this, which is of the same release.
    useLocalNode: true,
    targets: [{ platform, arch, nodeRange: "node24", output: file }],
    signature: false,
    seaConfig,
  });
  if (!readFileSync(file).includes(FUSE)) throw new Error(`${file} has no program inside`);
}
