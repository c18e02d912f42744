import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fetchPackage } from "../../src/installation/fetch-package.ts";
import { ownFolder, samplePackage } from "./sample.ts";

/** An npm of the test's own. */
function npmThat(script: string): string {
  const folder = ownFolder();
  writeFileSync(path.join(folder, "npm"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(folder, "npm"), 0o755);
  return folder;
}

function fetched(npmFolder: string, integrity = "") {
  const known = { ...samplePackage("weights").known, integrity };
  const notes: string[] = [];
  const fetching = {
    environment: { PATH: npmFolder },
    platform: process.platform,
    signal: new AbortController().signal,
    note: (line: string) => void notes.push(line),
  };
  return { file: fetchPackage(known, ownFolder(), fetching), notes };
}

describe.skipIf(process.platform === "win32")("a package fetched by npm", () => {
  it("is the release that is pinned, with its checksum", async () => {
    const integrity =
      "sha512-wS/hMLhy2T6/bKe1KRQpl6f0L0/l7UC/UqTo/FOSIT5DaikiiNGB0I/qP4TgR6sSrWWyaCniFWNwkXuEo8qVWw==";
    const npm = npmThat('[ "$1 $2" = "pack weights@1.0.0" ] && echo packed > weights-1.0.0.tgz');
    const { file, notes } = fetched(npm, integrity);
    expect(path.basename(await file)).toBe("weights-1.0.0.tgz");
    expect(notes).toEqual(["npm pack weights@1.0.0"]);
  });

  it("is refused where it is another one", async () => {
    const { file } = fetched(npmThat("echo other > weights-1.0.0.tgz"), "sha512-AAAA");
    await expect(file).rejects.toMatchObject({
      kind: "network",
      message: "what npm fetched is not weights 1.0.0 as we know it",
    });
  });

  it("fails with npm's own words", async () => {
    const { file } = fetched(npmThat("echo npm error code E404 >&2; exit 1"));
    await expect(file).rejects.toMatchObject({
      kind: "network",
      details: { reason: "npm error code E404", hint: expect.stringContaining("npm pack weights") },
    });
  });

  it("says how to get it elsewhere, where there is no npm", async () => {
    await expect(fetched(ownFolder()).file).rejects.toMatchObject({
      kind: "usage",
      message: "weights@1.0.0 can't be fetched: there is no npm here",
      details: { hint: expect.stringContaining("asr models install weights-1.0.0.tgz") },
    });
  });
});
