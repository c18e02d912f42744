import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feishuFile, feishuStream } from "../../../src/providers/feishu/index.ts";
import { startFeishuDouble } from "../../vendors/feishu/server.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import { gatewayPage, tooManyRequests } from "../../vendors/server/common-faults.ts";
import type { Fault } from "../../vendors/server/faults.ts";
import {
  collect,
  finalsOf,
  HurriedClock,
  ofType,
  openWorld,
  pcmInput,
  requestOf,
  warningCodesOf,
} from "../vendor-world.ts";
import { accountOf, sha256 } from "./open.ts";

/** Nothing was done: may be repeated until the tries are used up. */
const KNOWN: readonly Fault[] = [
  { kind: "code", code: 1040102 },
  { kind: "code", code: 1610102 },
  { kind: "code", code: 99991400 },
  tooManyRequests(1),
  gatewayPage(503),
];
/** A new token is fetched once a request. */
const EXPIRED: Fault = { kind: "expire-tokens" };
/** The work may have been done: repeated once. */
const LOST: readonly Fault[] = [
  // So short a body is all on its way by then: the client can't know that it was not read.
  { kind: "cut-request", afterBytes: 0 },
  { kind: "cut-request", afterBytes: 3000 },
  { kind: "cut-before-answer" },
  { kind: "cut-before-answer", processed: false },
  { kind: "cut-answer", afterBytes: 10 },
  { kind: "end-answer", afterBytes: 30 },
  { kind: "replace-answer", body: "" },
];

const AUDIO = pcm(1130);

async function run(
  provider: typeof feishuFile,
  faultsOf: (speechIndex: number) => readonly Fault[],
) {
  const clock = new HurriedClock();
  const vendor = await startFeishuDouble({
    clock: () => clock.now(),
    keepAudio: true,
    faults: ({ path, indexOnPath }) => (path.endsWith("recognize") ? faultsOf(indexOnPath) : []),
  });
  const world = openWorld({ account: accountOf(vendor), clock });
  try {
    const input = requestOf(pcmInput(AUDIO));
    const events = await collect(provider.recognize(input, world));
    const taken = new Map<unknown, Buffer>();
    for (const { body, audio, code, status } of vendor.requests) {
      if (code !== 0 || status !== 200 || audio?.bytes === undefined) continue;
      const config = (body as { config?: { sequence_id?: number } }).config;
      taken.set(config?.sequence_id ?? "file", audio.bytes);
    }
    return {
      events,
      violations: vendor.violations,
      sha256: sha256(Buffer.concat([...taken.values()])),
    };
  } finally {
    await vendor.close();
  }
}

describe.each([
  ["feishu-file", feishuFile, 1],
  ["feishu-stream", feishuStream, 6],
] as const)("%s under faults", (_, provider, requests) => {
  it("gives the same transcript as without, while there are fewer faults than tries", async () => {
    const calm = await run(provider, () => []);
    expect(calm.sha256).toBe(sha256(AUDIO));
    // For each request: up to 3 faults after which nothing was done, one of them with a lost
    // answer, and perhaps a token that died.
    const series = fc
      .tuple(
        fc.array(fc.constantFrom(...KNOWN), { maxLength: 2 }),
        fc.array(fc.constantFrom(...LOST), { maxLength: 1 }),
        fc.constantFrom<readonly Fault[]>([], [EXPIRED]),
      )
      .chain((faults) => fc.shuffledSubarray(faults.flat()));
    const plans = fc.array(series, { minLength: requests, maxLength: requests });
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        // A plan by requests, spread over the tries as they come: an answered try moves on.
        const queue = plan.flatMap((faults) => [...faults.map((fault) => [fault]), []]);
        const stormy = await run(provider, (index) => queue[index] ?? []);
        expect(finalsOf(stormy.events)).toEqual(finalsOf(calm.events));
        expect(stormy.sha256).toBe(sha256(AUDIO));
        expect(stormy.violations).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("counts the requests that went out, repeats too", async () => {
    const { events } = await run(provider, (index) => {
      if (index === 0) return [{ kind: "code", code: 1610102 }];
      return index === 1 ? [EXPIRED] : [];
    });
    expect(ofType(events, "response").at(-1)?.usage?.requests).toBe(requests + 2);
  });

  it("says that a request may have been billed twice after a lost answer", async () => {
    const { events, violations } = await run(provider, (index) =>
      index === 0 ? [{ kind: "cut-before-answer" }] : [],
    );
    expect(warningCodesOf(events)).toEqual(["possibly-billed-twice"]);
    expect(ofType(events, "response").at(-1)?.usage?.possiblyBilledTwice).toBe(true);
    expect(violations).toEqual([]);
  });

  it("does not pay a third time for an answer that is lost twice", async () => {
    const failing = run(provider, (index) => (index < 2 ? [{ kind: "cut-before-answer" }] : []));
    await expect(failing).rejects.toMatchObject({
      kind: "network",
      details: { outcomeUnknown: true },
    });
  });
});
