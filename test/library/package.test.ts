import path from "node:path";
import { describe, expect, it } from "vitest";
import { openVendor } from "../cli/vendor-accounts.ts";
import { ROOT, runNode, userFolder } from "./package.ts";
import { CLIP, SAID } from "./providers.ts";

const PROGRAM = `
import { createProvider, formats, IncompleteError, score, stream, transcribe } from "asr-cli";
import type { Transcript, TranscriptionEvent } from "asr-cli";
import { createAsr } from "asr-cli/ai-sdk";
import type { TranscriptionModelV4 } from "@ai-sdk/provider";

const provider = createProvider("stepfun", { credentials: { apiKey: process.env["KEY"] } });
const job = transcribe("talk.wav", { provider, signal: AbortSignal.timeout(1000) });
for await (const event of job) {
  const seen: TranscriptionEvent = event;
  if (seen.type === "final") console.log(seen.segment.text satisfies string);
}
const transcript: Transcript = await job.transcript;
const text: string = formats.write(transcript, "srt", { style: "bbc", overrides: { maxLine: 37 } });
const live = stream(process.stdin, { provider, rawFormat: { sampleRate: 8000 } });
const { wer, operations } = await score("a", await live.text(), { normalize: ["case"] });
const rate: number | null = wer.rate;
const asr = createAsr({ environment: process.env, providers: { stepfun: { retries: 1 } } });
const model: TranscriptionModelV4 = asr.transcription("stepfun", { words: true });
console.log(text, rate, operations.length, model.modelId, new Error() instanceof IncompleteError);
// @ts-expect-error Tencent has another account.
createProvider("tencent-flash", { credentials: { apiKey: "x" } });
// @ts-expect-error There is no such format.
formats.write(transcript, "doc");
`;

describe("the types", () => {
  it.each(["nodenext", "bundler"])("serve a strict program with %s", async (resolution) => {
    const module = resolution === "bundler" ? "esnext" : "nodenext";
    const compilerOptions = {
      ...{ module, moduleResolution: resolution, target: "es2022", types: ["node"] },
      ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false },
    };
    const folder = await userFolder({
      "program.ts": PROGRAM,
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["program.ts"] }),
    });
    const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
    const report = await runNode(folder, [tsc, "--listFiles"]).catch((error) => error);
    const lines: string[] = report.stdout.split("\n");
    // Of others' declarations only their authors can mend what is wrong.
    expect(lines.filter((line) => /error TS/.test(line) && !/node_modules\//.test(line))).toEqual(
      [],
    );
    expect(lines.filter((line) => line.startsWith(path.join(ROOT, "src")))).toEqual([]);
    expect(lines.some((line) => line.endsWith("dist/index.d.ts"))).toBe(true);
  });
});

/** Tells which packages were loaded by whoever asks for them. */
const WATCHED = `
import { registerHooks } from "node:module";
const loaded = new Set();
registerHooks({
  resolve(specifier, context, next) {
    if (/^[@a-z]/.test(specifier) && !specifier.startsWith("node:")) loaded.add(specifier);
    return next(specifier, context);
  },
});
await import(process.argv[2]);
console.log(JSON.stringify([...loaded]));
`;

describe("the import", () => {
  it("loads neither network, schemas nor decoders", async () => {
    const folder = await userFolder({ "watched.js": WATCHED });
    const library = await runNode(folder, ["watched.js", "asr-cli"]);
    expect(JSON.parse(library.stdout)).toEqual(["asr-cli", "get-east-asian-width"]);
    const adapter = await runNode(folder, ["watched.js", "asr-cli/ai-sdk"]);
    expect(JSON.parse(adapter.stdout)).toEqual(["asr-cli/ai-sdk"]);
  });

  it("leaves the process alone: no listener, no word, no wait at the end", async () => {
    const { env } = await openVendor("stepfun");
    const folder = await userFolder({
      "quiet.js": `
        const before = JSON.stringify(listeners());
        function listeners() {
          return process.eventNames().map((name) => [String(name), process.listenerCount(name)]);
        }
        const { createProvider, transcribe } = await import("asr-cli");
        const provider = createProvider("stepfun", { environment: process.env });
        const text = await transcribe(process.argv[2], { provider }).text();
        const failed = await transcribe("missing.wav", { provider }).text().catch(({ kind }) => kind);
        const after = JSON.stringify(listeners());
        if (before !== after) console.log(before, after);
        if (!text.includes(process.argv[3])) console.log(text);
        if (failed !== "audio") console.log(failed);
      `,
    });
    const { stdout, stderr } = await runNode(folder, ["quiet.js", CLIP, SAID], env);
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "" });
  });
});
