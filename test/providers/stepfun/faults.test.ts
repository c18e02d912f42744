import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pcm } from "../../vendors/hand/audio.ts";
import { gatewayPage, tooManyRequests } from "../../vendors/server/common-faults.ts";
import type { Fault } from "../../vendors/server/faults.ts";
import { startStepfunDouble } from "../../vendors/stepfun/server.ts";
import {
  finalsOf,
  HurriedClock,
  ofType,
  openWorld,
  pcmInput,
  warningCodesOf,
} from "../vendor-world.ts";
import { recognised, sha256 } from "./open.ts";

/** Nothing was done: may be repeated until the tries are used up. */
const KNOWN: readonly Fault[] = [
  { kind: "code", code: 429 },
  { kind: "code", code: 500 },
  { kind: "code", code: 503 },
  { kind: "code", code: 503, afterBodyBytes: 5000 },
  tooManyRequests(2),
  gatewayPage(503),
];
/** The work may have been done: repeated once. */
const LOST: readonly Fault[] = [
  { kind: "code", code: 504 },
  { kind: "cut-request", afterBytes: 100_000 },
  { kind: "cut-before-answer" },
  { kind: "cut-answer", afterBytes: 700 },
  { kind: "end-answer", afterBytes: 700 },
  { kind: "end-events", afterEvents: 5 },
];

const AUDIO = pcm(5000);

async function run(faults: readonly Fault[]) {
  const clock = new HurriedClock();
  const vendor = await startStepfunDouble({
    clock: () => clock.now(),
    faults: ({ index }) => faults[index],
  });
  const account = { baseUrl: vendor.origin, credentials: { apiKey: vendor.apiKey } };
  try {
    const events = await recognised({ world: openWorld({ account, clock }) }, pcmInput(AUDIO));
    const { violations, requests } = vendor;
    return { events, violations, tries: requests.length, audio: requests.at(-1)?.audio };
  } finally {
    await vendor.close();
  }
}

describe("stepfun under faults", () => {
  it("gives the same transcript as without, while there are fewer faults than tries", async () => {
    const calm = await run([]);
    const plan = fc
      .tuple(
        fc.array(fc.constantFrom(...KNOWN), { maxLength: 2 }),
        fc.array(fc.constantFrom(...LOST), { maxLength: 1 }),
      )
      .chain((faults) => fc.shuffledSubarray(faults.flat()));
    await fc.assert(
      fc.asyncProperty(plan, async (faults) => {
        const stormy = await run(faults);
        expect(finalsOf(stormy.events)).toEqual(finalsOf(calm.events));
        expect(stormy.audio?.sha256).toBe(sha256(AUDIO));
        expect(stormy.tries).toBe(faults.length + 1);
        expect(stormy.violations).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("counts the requests that went out, repeats too", async () => {
    const { events } = await run([gatewayPage(503), { kind: "cut-before-answer" }]);
    expect(ofType(events, "response")[0]?.usage?.requests).toBe(3);
  });

  it("says that the work may have been billed twice after a lost answer", async () => {
    const { events } = await run([{ kind: "end-events", afterEvents: 3 }]);
    expect(warningCodesOf(events)).toEqual(["possibly-billed-twice"]);
    expect(ofType(events, "response")[0]?.usage?.possiblyBilledTwice).toBe(true);
  });
});
