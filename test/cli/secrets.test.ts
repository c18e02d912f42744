import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { share } from "../share.ts";
import { notJson } from "../vendors/server/common-faults.ts";
import type { Fault } from "../vendors/server/faults.ts";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, temporaryFolder } from "./run.ts";
import { openVendor, VENDOR_IDS } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-goforward-16k-s16le.raw");

/** Codes of every vendor's table, and some that no table has. */
const CODES = [
  100, 102, 104, 107, 110, 112, 116, 118, 119, 127, 400, 401, 402, 404, 429, 451, 500, 503, 4001,
  4002, 4003, 4004, 4006, 4007, 4010, 5001, 5002, 9999, 10014, 1040101, 1040102, 1610101, 99991400,
  99991403, 99991663, 99991672,
];

/** A token that the program learns from the answer alone. */
const ISSUED_TOKEN = "t-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT1234";
const TOKEN_ANSWER = JSON.stringify({
  code: 0,
  msg: "ok",
  tenant_access_token: ISSUED_TOKEN,
  expire: 7200,
});

/** So much of a secret's beginning shows nowhere either. */
const START_CHARACTERS = 8;

/** What a nasty vendor might do with what it was sent: `padding` moves the place of a cut. */
function faultFor(
  { code, kind, padding }: { code: number; kind: number; padding: number },
  isTokenCall: boolean,
  secrets: readonly string[],
): Fault {
  const echo = `refused: ${"x".repeat(padding)} ${secrets.join(" ")} \u001b[31m`;
  const faults: readonly Fault[] = [
    { kind: "code", code, message: echo },
    { kind: "cut-before-answer" },
    { kind: "cut-answer", afterBytes: 10 },
    { kind: "status", status: 503, body: `<html>${echo}</html>` },
    { kind: "replace-answer", body: echo },
    notJson(echo),
    { kind: "replace-answer", body: `{"error": {"message": "${echo.slice(0, -8)}` },
    { kind: "replace-answer", body: isTokenCall ? `${TOKEN_ANSWER}<!-- gw -->` : echo },
    { kind: "replace-answer", body: isTokenCall ? TOKEN_ANSWER.slice(0, padding) : echo },
  ];
  return faults[kind % faults.length] ?? notJson(echo);
}

async function filesBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(path.join(file.parentPath, file.name)))))
    .map(String)
    .join("\n");
}

describe("secrets", () => {
  it("appear in no output and no file, whatever a vendor answers", async () => {
    const arbitrary = fc.record({
      id: fc.constantFrom(...VENDOR_IDS),
      code: fc.constantFrom(...CODES),
      kind: fc.nat({ max: 8 }),
      padding: fc.nat({ max: 200 }),
      at: fc.nat({ max: 2 }),
      flags: fc.subarray(["-v", "--raw", "--log-format=json"]),
      format: fc.constantFrom("txt", "json", "jsonl"),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ id, at, flags, format, ...nasty }) => {
        const secrets: string[] = [];
        const {
          vendor,
          env,
          secrets: known,
        } = await openVendor(id, {
          faults: ({ index, path: called }) =>
            index < at ? undefined : faultFor(nasty, called.endsWith("/internal"), secrets),
        });
        secrets.push(...known);
        const cwd = temporaryFolder();
        const words = ["transcribe", CLIP, "-p", id, "-f", format, "--retries", "0", ...flags];
        const run = await asrInProcess([...words, "-o", `out.${format}`], { env, cwd });
        await vendor.close();
        const seen = run.stdout + run.stderr + (await filesBelow(cwd));
        for (const secret of [...secrets, ISSUED_TOKEN]) {
          expect(seen).not.toContain(secret.slice(0, START_CHARACTERS));
        }
        expect(run.stderr).not.toContain("\u001b");
        for (const { headers } of vendor.requests) {
          const { authorization } = headers;
          if (authorization !== undefined) expect(seen).not.toContain(authorization);
        }
      }),
      { numRuns: share(120, 5000) },
    );
  });
});
