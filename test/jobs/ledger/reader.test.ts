import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import type { Input } from "../../../src/jobs/inputs/input.ts";
import type { Ledger, LedgerEntry } from "../../../src/jobs/ledger/ledger.ts";
import { type LedgerReader, openReader } from "../../../src/jobs/ledger/reader.ts";
import type { Transcript } from "../../../src/transcript/transcript.ts";
import { createPlace, FILE_NAME, identity, type Place } from "./place.ts";

const TRANSCRIPT: Transcript = {
  provider: "fake",
  durationMs: 4000,
  segments: [],
  warnings: [],
  requestIds: ["r1"],
  usage: { requests: 1, billedMs: 5000 },
};

let place: Place;
beforeEach(() => {
  place = createPlace();
});

async function read(folder = place.out): Promise<LedgerReader> {
  const reader = await openReader({
    folder,
    clock: { now: () => place.nowMs },
    platform: process.platform,
    self: identity(99),
    processes: {
      isRunning: (pid) => place.running.has(pid),
      startOf: (pid) => (place.running.has(pid) ? `${pid}` : undefined),
    },
  });
  onTestFinished(() => reader.close());
  return reader;
}

const inputNamed = (name: string, changes: Partial<Input> = {}): Input => ({
  name,
  path: path.join("/calls", name),
  relativePath: name,
  explicit: true,
  ...changes,
});

async function take(ledger: Ledger, input: Input): Promise<LedgerEntry> {
  const file = path.join(place.out, `${input.name}.txt`);
  const request = { outputs: [{ format: "txt", path: file }], settings: "s" };
  const claim = await ledger.claim(input, { ...request, sha256: async () => "0" });
  if (claim.state !== "ours") throw new Error(`the input is ${claim.state}`);
  return claim.entry;
}

async function finish(ledger: Ledger, input: Input): Promise<void> {
  const entry = await take(ledger, input);
  writeFileSync(path.join(place.out, `${input.name}.txt`), "hi\n");
  await entry.done(TRANSCRIPT);
}

const statesOf = (reader: LedgerReader) =>
  Array.from(reader.inputs(), ({ input, state }) => `${input.name} ${state}`);

describe("a folder", () => {
  it("without a ledger is told so, and nothing is made in it", async () => {
    for (const folder of [place.out, path.join(place.out, "none")]) {
      await expect(read(folder)).rejects.toMatchObject({
        kind: "usage",
        message: expect.stringContaining(folder),
        details: { hint: expect.stringContaining("asr transcribe") },
      });
    }
    expect(readdirSync(place.out)).toEqual([]);
  });

  it("is left as it is, whether a run is at work there or not", async () => {
    const ledger = await place.open(1);
    ledger.plan([inputNamed("a")]);
    const during = readdirSync(place.out);
    const first = await read();
    expect(statesOf(first)).toEqual(["a waiting"]);
    expect(first.state().runs).toHaveLength(1);
    expect(readdirSync(place.out)).toEqual(during);
    first.close();
    await ledger.close();
    const second = await read();
    expect(statesOf(second)).toEqual(["a waiting"]);
    expect(second.state().runs).toEqual([]);
    expect(readdirSync(place.out)).toEqual([FILE_NAME]);
  });

  it("may be one that can only be read", async () => {
    const ledger = await place.open(1);
    ledger.plan([inputNamed("a")]);
    await ledger.close();
    chmodSync(path.join(place.out, FILE_NAME), 0o400);
    chmodSync(place.out, 0o500);
    onTestFinished(() => chmodSync(place.out, 0o700));
    expect(statesOf(await read())).toEqual(["a waiting"]);
  });

  it.each<[string, string, (file: string) => void]>([
    ["a newer one", "usage", (file) => void new DatabaseSync(file).exec("PRAGMA user_version = 9")],
    ["a damaged one", "output", (file) => writeFileSync(file, "no database".repeat(1000))],
  ])("with %s is not read", async (_what, kind, change) => {
    await (await place.open(1)).close();
    change(path.join(place.out, FILE_NAME));
    await expect(read()).rejects.toMatchObject({ kind });
  });
});

describe("the state", () => {
  it("tells what is running from what was interrupted, by the runs that are alive", async () => {
    const [first, second] = [await place.open(1), await place.open(2)];
    const inputs = ["done", "failed", "lost", "taken", "waiting"].map((name) => inputNamed(name));
    first.plan(inputs);
    const [done, failed, lost, taken] = inputs as [Input, Input, Input, Input];
    await finish(first, done);
    (await take(first, failed)).failed(new AsrError("audio", "failed: cut off"));
    await take(first, lost);
    await take(second, taken);
    place.nowMs = 5000;
    place.running.delete(1);
    const reader = await read();
    expect(statesOf(reader)).toEqual([
      "done done",
      "failed failed",
      "lost interrupted",
      "taken running",
      "waiting waiting",
    ]);
    const { runs, providers } = reader.state();
    expect(runs).toEqual([{ pid: 2, host: "here", startedMs: 1000, inputs: 1 }]);
    expect(providers.find(({ state }) => state === "done")).toEqual({
      ...{ name: "fake", state: "done", inputs: 1, tries: 1 },
      ...{ audioMs: 4000, billedMs: 5000 },
    });
  });

  it("counts what was paid for an input that is not at its end", async () => {
    const entry = await take(await place.open(1), inputNamed("a"));
    const usage = { requests: 1, billedMs: 700 };
    entry.begin("0").save({}, [{ type: "response", requestId: "r", usage }]);
    expect((await read()).state().providers).toMatchObject([{ state: "running", billedMs: 700 }]);
  });

  it("sums what shares a tag", async () => {
    const ledger = await place.open(1, { providerOf: ({ name }) => (name < "b" ? "one" : "two") });
    const own = (...tags: string[]) => ({ own: { place: "list:1", tags } });
    ledger.plan([inputNamed("a", own("x", "y")), inputNamed("b", own("y")), inputNamed("c")]);
    const { tags, providers } = (await read()).state();
    expect(tags.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["x", 1],
      ["y", 2],
    ]);
    expect(providers.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["one", 1],
      ["two", 2],
    ]);
  });

  it("groups what failed alike, the most frequent first, and finds all of a group", async () => {
    const ledger = await place.open(1);
    const fail = async (name: string, error: AsrError) =>
      (await take(ledger, inputNamed(name))).failed(error);
    const busy = (id: string) => ({ vendorCode: 4006, requestId: id, hint: "wait" });
    await fail("1", new AsrError("audio", "1: no such file"));
    await fail("2", new AsrError("quota", "2: request 77 of 80", busy("r2")));
    await fail("3", new AsrError("quota", "3: request 9 of 80", busy("r3")));
    await fail("4", new AsrError("quota", "4: request 9 of 80", { vendorCode: 4007 }));
    const reader = await read();
    const { errors } = reader.state();
    expect(errors).toMatchObject([
      { inputs: 2, kind: "quota", vendorCode: 4006, title: "request 77 of 80", hint: "wait" },
      { inputs: 1, kind: "audio", vendorCode: undefined, title: "no such file" },
      { inputs: 1, kind: "quota", vendorCode: 4007 },
    ]);
    const found = [...reader.inputs({ errorGroup: errors[0]?.group ?? "" })];
    expect(found.map(({ input, requestIds }) => [input.name, requestIds])).toEqual([
      ["2", ["r2"]],
      ["3", ["r3"]],
    ]);
    expect(found[0]?.error).toMatchObject({
      kind: "quota",
      message: "2: request 77 of 80",
      details: { vendorCode: 4006, requestId: "r2", hint: "wait", retryable: false },
    });
  });
});

describe("the inputs", () => {
  const COUNT = 1234;
  const many = Array.from({ length: COUNT }, (_, index) => inputNamed(`${index}.wav`));

  it("come all and once, in their order, also where a run begins meanwhile", async () => {
    const first = await place.open(1);
    first.plan(many);
    await first.close();
    const inputs = (await read()).inputs();
    const names = [inputs.next().value?.input.name];
    const second = await place.open(2);
    await finish(second, inputNamed(`${COUNT - 1}.wav`));
    await second.close();
    const states = new Map([...inputs].map(({ input, state }) => [input.name, state]));
    names.push(...states.keys());
    expect(names).toEqual(many.map(({ name }) => name));
    expect(states.get(`${COUNT - 1}.wav`)).toBe("done");
  });

  it("are what the run was given, with all that a list says", async () => {
    const own = {
      ...{ place: "list:3", provider: "p", language: "zh", model: "m", output: "o/x" },
      ...{ reference: "said", tags: ["t"] },
    };
    const given = [
      inputNamed("in/a.wav", { relativePath: "a.wav", explicit: false, own }),
      { name: "-", relativePath: "stdin", explicit: true },
    ];
    (await place.open(1)).plan(given);
    expect(Array.from((await read()).inputs(), ({ input }) => input)).toEqual(given);
  });
});

describe("the orders", () => {
  const order = (flags: Readonly<Record<string, boolean | readonly string[]>>) => ({
    order: { flags, workingFolder: "/work" },
  });

  it("are one for all that was asked for alike, the newest of each input", async () => {
    const [a, b] = [inputNamed("a"), inputNamed("b")];
    (await place.open(1, order({ words: true, language: ["zh"] }))).plan([a, b]);
    (await place.open(2, order({ language: ["zh"], words: true }))).plan([a]);
    (await place.open(3, order({ words: false }))).plan([b]);
    const reader = await read();
    const orders = reader.openOrders();
    expect(orders).toMatchObject([
      { inputs: 1, flags: { words: true, language: ["zh"] }, workingFolder: "/work" },
      { inputs: 1, flags: { words: false } },
    ]);
    const found = reader.inputs({ open: true, order: orders[1]?.id ?? 0 });
    expect(Array.from(found, ({ input }) => input.name)).toEqual(["b"]);
  });

  it("are none where all is done", async () => {
    const ledger = await place.open(1);
    await finish(ledger, inputNamed("a"));
    expect((await read()).openOrders()).toEqual([]);
  });

  it("hold no secrets", async () => {
    const secrets = ["a-secret-key-0123"];
    const flags = { set: ["token=a-secret-key-0123"] };
    const ledger = await place.open(1, { ...order(flags), secrets });
    ledger.plan([inputNamed("a")]);
    await ledger.close();
    expect((await read()).openOrders()).toMatchObject([{ flags: { set: ["token=***"] } }]);
    expect(readFileSync(path.join(place.out, FILE_NAME)).includes("a-secret")).toBe(false);
  });
});
