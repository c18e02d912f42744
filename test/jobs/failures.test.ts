import { tmpdir } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadSpeechModel } from "../../src/audio/voice/model.ts";
import { AsrError, type ErrorKind } from "../../src/errors.ts";
import { allFailures, failuresOf } from "../../src/jobs/failures.ts";
import { transcribeInputs } from "../../src/jobs/transcribe.ts";
import { plainContext } from "../providers/plain-context.ts";
import { fakeProvider, SETTINGS, WISHES } from "./fake-provider.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** What of it is still there when the garbage is collected. */
async function leftOf(held: readonly WeakRef<AsrError>[]): Promise<string[]> {
  // A weak reference holds for as long as the turn in which it was made.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  return held.flatMap((reference) => reference.deref()?.message ?? []);
}

const CODES = [4006, "4006", undefined];
const ERRORS = fc.array(
  fc
    .record({
      kind: fc.constantFrom<ErrorKind>("audio", "network", "quota"),
      provider: fc.constantFrom("stepfun", undefined),
      vendorCode: fc.constantFrom(...CODES),
    })
    .map(
      ({ kind, provider, vendorCode }) =>
        new AsrError(kind, "failed", {
          ...(provider === undefined ? {} : { provider }),
          ...(vendorCode === undefined ? {} : { vendorCode }),
        }),
    ),
);

describe("the failures of a run", () => {
  it("are counted by kind, provider and code, with the first of them", () => {
    const refused = (vendorCode: number) =>
      new AsrError("quota", "refused", { provider: "stepfun", vendorCode });
    const damaged = new AsrError("audio", "is damaged");
    expect(failuresOf([damaged, refused(1), refused(1), refused(2)])).toEqual({
      count: 4,
      first: damaged,
      causes: [
        { kind: "audio", provider: undefined, vendorCode: undefined, count: 1 },
        { kind: "quota", provider: "stepfun", vendorCode: 1, count: 2 },
        { kind: "quota", provider: "stepfun", vendorCode: 2, count: 1 },
      ],
    });
    expect(failuresOf([])).toEqual({ count: 0, first: undefined, causes: [] });
  });

  it("are the same of several runs as of one with all inputs", () => {
    fc.assert(
      fc.property(fc.array(ERRORS), (runs) => {
        expect(allFailures(runs.map(failuresOf))).toEqual(failuresOf(runs.flat()));
      }),
    );
  });

  it("take no more room for 100 000 of them than for one", async () => {
    const held: WeakRef<AsrError>[] = [];
    function* errors(): Generator<AsrError> {
      for (let index = 0; index < 100_000; index++) {
        const error = new AsrError("audio", `${index}.wav: no such file`);
        held.push(new WeakRef(error));
        yield error;
      }
    }
    const failures = failuresOf(errors());
    expect(await leftOf(held)).toEqual(["0.wav: no such file"]);
    expect(failures).toMatchObject({ count: 100_000, causes: [{ count: 100_000 }] });
  });

  it("are let go of by a run, once they are told", async () => {
    const held: WeakRef<AsrError>[] = [];
    const context = plainContext();
    const { signal, clock } = context;
    const provider = fakeProvider();
    const { failures } = await transcribeInputs({
      inputs: Array.from({ length: 1000 }, (_, index) => {
        return { name: `${index}.wav`, relativePath: `${index}.wav`, explicit: true };
      }),
      openSource({ name }) {
        const error = new AsrError("audio", `${name}: no such file`);
        held.push(new WeakRef(error));
        return Promise.reject(error);
      },
      openSink: () => ({
        write: async () => {},
        commit: async () => {},
        discard: async () => {},
        keep: async () => [],
      }),
      recogniserOf: () => ({ provider, settings: SETTINGS, context }),
      wishes: WISHES,
      speechModel: () => loadSpeechModel("energy"),
      strict: false,
      rawFormatOf: () => undefined,
      concurrency: 8,
      signal,
      clock,
      temporaryFolder: tmpdir(),
      onExit: () => () => {},
      listener: { event() {}, stage() {}, done() {}, failed() {}, skipped() {}, passed() {} },
    });
    expect(await leftOf(held)).toEqual(["0.wav: no such file"]);
    expect(failures).toMatchObject({ count: 1000, causes: [{ kind: "audio" }] });
  });
});
