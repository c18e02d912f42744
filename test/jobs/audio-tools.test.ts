import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { examineAudioTools } from "../../src/jobs/audio-tools.ts";
import { temporaryFolder } from "./place.ts";

/** A folder with a program of that name, in a shell's words. */
function folderWith(name: string, script: string, folder = temporaryFolder()): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return folder;
}

const look = (
  folder: string,
  platform: NodeJS.Platform = "linux",
  signal = new AbortController().signal,
) => examineAudioTools({ environment: { PATH: folder }, platform, signal });

describe("the audio tools", () => {
  it.each([
    ["linux", "apt install ffmpeg"],
    ["darwin", "brew install ffmpeg"],
  ] as const)("on %s are off where there is none, with the mend", async (platform, mend) => {
    const findings = await look(temporaryFolder(), platform);
    expect(findings).toMatchObject([{ subject: "audio", check: "ffmpeg", state: "off", mend }]);
    expect(findings[0]?.detail).toMatch(/^not installed; .*m4a.*AMR-WB.*Speex/);
  });
});

describe.skipIf(process.platform === "win32")("an installed ffmpeg (needs sh)", () => {
  it.each([
    ["ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024", "5.1.6"],
    ["ffmpeg version n7.1 Copyright (c) 2000-2024", "n7.1"],
  ])("is named with its version: %s", async (line, version) => {
    const folder = folderWith("ffmpeg", `echo '${line}'; echo 'built with gcc'`);
    folderWith("ffprobe", `echo '${line.replace("ffmpeg", "ffprobe")}'`, folder);
    expect(await look(folder)).toEqual(
      ["ffmpeg", "ffprobe"].map((check) => ({
        subject: "audio",
        check,
        state: "ok",
        detail: `${check} ${version}, ${path.join(folder, check)}`,
      })),
    );
  });

  it("without its ffprobe says what that is for", async () => {
    const findings = await look(folderWith("ffmpeg", "echo 'ffmpeg version 5.1.6 Copyright'"));
    expect(findings).toMatchObject([
      { check: "ffmpeg", state: "ok" },
      { check: "ffprobe", state: "off", mend: "apt install ffmpeg" },
    ]);
    expect(findings[1]?.detail).toMatch(/^not installed; .*AVI/);
  });

  it("is off where it does not run", async () => {
    const folder = folderWith("ffmpeg", "echo broken >&2; exit 127");
    const [finding] = await look(folder);
    expect(finding).toMatchObject({ state: "off", mend: "apt install ffmpeg" });
    expect(finding?.detail).toContain(`${path.join(folder, "ffmpeg")} does not run`);
  });

  it("does not outlive an abort", async () => {
    const folder = folderWith("ffmpeg", "exec sleep 60");
    const controller = new AbortController();
    const looking = look(folder, "linux", controller.signal);
    controller.abort(new Error("enough"));
    await expect(looking).rejects.toThrow("enough");
  });
});
