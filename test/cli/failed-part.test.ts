/** One part of a recording fails for good: what the others returned is kept, and said to be. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { AUDIO, asr, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const DIALOGUE = path.join(AUDIO, "en-ibm-dialogue.wav");

/** Flash, whose second request ends with "recognition failed" (document, error codes). */
function openFailing() {
  const faults = [{ at: 2, fault: { kind: "code", code: 4010 } as const }];
  return openVendor("tencent-flash", { faults });
}

const WORDS = ["transcribe", DIALOGUE, "-p", "tencent-flash", "--split", "20"];

it("is named with its place, and the rest is beside the result", async () => {
  const { env } = await openFailing();
  const cwd = temporaryFolder();
  const run = await asr([...WORDS, "-o", "talk.srt", "-f", "srt,json"], { env, cwd });
  expect(run).toMatchObject({ code: 7, stdout: "" });
  expect(run.stderr).toMatch(/part \d of \d \(0:00:\d\d to 0:00:\d\d\) failed/);
  expect(run.stderr).toContain("talk.partial.srt");
  expect((await readdir(cwd)).sort()).toEqual(["talk.partial.json", "talk.partial.srt"]);
  const partial = JSON.parse(await readFile(path.join(cwd, "talk.partial.json"), "utf8"));
  expect(partial.segments.length).toBeGreaterThan(0);
  expect(partial.parts.length).toBeGreaterThan(0);
  expect(await readFile(path.join(cwd, "talk.partial.srt"), "utf8")).toMatch(/^1\n00:00:/);
});

it("takes the place of no file that is there", async () => {
  const { env } = await openFailing();
  const cwd = temporaryFolder();
  const own = path.join(cwd, "talk.partial.txt");
  await writeFile(own, "my own notes");
  const run = await asr([...WORDS, "-o", "talk.txt"], { env, cwd });
  expect(run.stderr).toContain("talk.partial-2.txt");
  expect(await readFile(own, "utf8")).toBe("my own notes");
  expect(await readFile(path.join(cwd, "talk.partial-2.txt"), "utf8")).toMatch(/\p{L}/u);
});

it.each(["txt", "json", "jsonl"])("leaves what there is on stdout as %s", async (format) => {
  const { env } = await openFailing();
  const run = await asr([...WORDS, "-f", format], { env });
  expect(run.code).toBe(7);
  const text = format === "json" ? JSON.parse(run.stdout).text : run.stdout;
  expect(text).toMatch(/\p{L}/u);
  if (format === "jsonl") expect(run.stdout.trim().split("\n").at(-1)).toMatch(/"type":"error"/);
});

it("leaves an earlier result alone", async () => {
  const cwd = temporaryFolder();
  const good = await openVendor("tencent-flash");
  expect((await asr([...WORDS, "-o", "talk.txt"], { env: good.env, cwd })).code).toBe(0);
  const before = await readFile(path.join(cwd, "talk.txt"), "utf8");
  const { env } = await openFailing();
  expect((await asr([...WORDS, "-o", "talk.txt"], { env, cwd })).code).toBe(7);
  expect(await readFile(path.join(cwd, "talk.txt"), "utf8")).toBe(before);
});
