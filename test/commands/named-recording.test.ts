import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { namedRecording } from "../../src/commands/named-recording.ts";
import { temporaryFolder } from "../cli/run.ts";

const { signal } = new AbortController();

/** Looks beside a transcript for what it names, where that file holds `content`. */
function lookFor(content: string, sha256: string) {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "talk.wav"), content);
  const named = { name: "talk.wav", sha256 };
  const transcriptPath = path.join(folder, "talk.json");
  return namedRecording({ audio: undefined, named, transcriptPath, workingFolder: folder }, signal);
}

function sha256Of(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

it("is the one that was transcribed, and no other of its name", async () => {
  expect((await lookFor("sound", sha256Of("sound")))?.sizeBytes).toBe(5);
  expect(await lookFor("other", sha256Of("sound"))).toBeUndefined();
});

it("is never a file without a size, whose reader may wait for ever", async () => {
  expect(await lookFor("", sha256Of(""))).toBeUndefined();
});
