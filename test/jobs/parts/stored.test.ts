import { describe, expect, it } from "vitest";
import { type KeptEvent, type PartStore, stored } from "../../../src/jobs/parts/stored.ts";
import type { RecognitionEvent } from "../../../src/transcript/events.ts";

const PARTIAL = { type: "partial", segment: { text: "h", startMs: 0, endMs: 1 } } as const;
const PROGRESS = { type: "progress", audioMs: 5 } as const;
const FINAL = { type: "final", segment: { text: "hi", startMs: 0, endMs: 9 } } as const;
const RESPONSE = { type: "response", requestId: "r1" } as const;

/** A store, and all that happens in order. */
function storing(changes: Partial<PartStore> = {}) {
  const log: string[] = [];
  const saved: KeptEvent[][] = [];
  const store: PartStore = {
    load: () => saved[0],
    save: (_, events) => {
      log.push("saved");
      saved.push([...events]);
    },
    ...changes,
  };
  async function* ask(): AsyncGenerator<RecognitionEvent> {
    log.push("asked");
    yield* [PARTIAL, FINAL, PROGRESS, RESPONSE];
  }
  const told = async (asked = ask) => {
    const events: RecognitionEvent[] = [];
    const onSaved = (): void => void log.push("vendor free");
    for await (const event of stored(store, {}, asked, onSaved)) {
      log.push(event.type);
      events.push(event);
    }
    return events;
  };
  return { log, saved, told };
}

describe("stored", () => {
  it("saves an answer before it tells of it, and lets another job begin between", async () => {
    const { log, told } = storing();
    await told();
    const all = ["asked", "partial", "progress", "saved", "vendor free", "final", "response"];
    expect(log).toEqual(all);
  });

  it("does not ask for what it knows", async () => {
    const { log, told } = storing();
    await told();
    expect(await told()).toEqual([FINAL, { ...RESPONSE, earlier: true }]);
    expect(log.filter((what) => what === "asked")).toHaveLength(1);
  });

  it("keeps an answer whose listener leaves", async () => {
    const { saved, told } = storing();
    const listener = stored(
      { load: () => undefined, save: (_, events) => void saved.push([...events]) },
      {},
      async function* () {
        yield* [FINAL, RESPONSE];
      },
    );
    for await (const _ of listener) break;
    expect(saved).toEqual([[FINAL, RESPONSE]]);
    expect(await told()).toEqual([FINAL, { ...RESPONSE, earlier: true }]);
  });

  it("tells what came before a failure, and saves no half answer", async () => {
    const { log, told, saved } = storing();
    const failing = async function* (): AsyncGenerator<RecognitionEvent> {
      yield FINAL;
      throw new Error("cut");
    };
    await expect(told(failing)).rejects.toThrow("cut");
    expect({ log, saved }).toEqual({ log: ["final"], saved: [] });
  });

  it("tells an answer that it can't save before it fails", async () => {
    const full = () => {
      throw new Error("disk full");
    };
    const { log, told } = storing({ save: full });
    await expect(told()).rejects.toThrow("disk full");
    expect(log.slice(-2)).toEqual(["final", "response"]);
  });
});
