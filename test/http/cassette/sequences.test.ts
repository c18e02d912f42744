import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExchangeRecord } from "../../../src/http/cassette/schema.ts";
import { Asker, type Entry, Sequences } from "../../../src/http/cassette/sequences.ts";
import { share } from "../../share.ts";

/** @param keys of the exchanges that belong together; "!" one that broke before it was sent */
function recorded(recording: Readonly<Record<string, readonly string[]>>): Sequences {
  const sequences = new Sequences();
  for (const [name, keys] of Object.entries(recording)) {
    keys.forEach((key, index) => {
      const entry: Entry = {
        file: `${name}${index}`,
        record: {} as ExchangeRecord,
        head: "head",
        key: key === "!" ? undefined : key,
      };
      sequences.add(name, entry);
    });
  }
  return sequences;
}

const filesOf = (sequences: Sequences, asker: Asker, keys: readonly string[]) =>
  keys.map((key) => sequences.whole(asker, key)?.file);

describe("sequences", () => {
  it("answer streams that begin alike each from its own recording, whoever comes first", () => {
    const sequences = recorded({ a: ["s", "t", "x"], b: ["s", "t", "y"] });
    const [one, other] = [new Asker(), new Asker()];
    expect(filesOf(sequences, one, ["s", "t"])).toEqual(["a0", "a1"]);
    expect(filesOf(sequences, other, ["s"])).toEqual(["b0"]);
    // The first was the second all along: they change places.
    expect(filesOf(sequences, one, ["y"])).toEqual(["b2"]);
    expect(filesOf(sequences, other, ["t", "x"])).toEqual(["a1", "a2"]);
    expect(sequences.unused).toEqual([]);
  });

  it("find their places whatever the order, where there is one for each", () => {
    const letters = fc.array(fc.constantFrom("s", "t", "u"), { minLength: 1, maxLength: 4 });
    const arbitrary = fc.tuple(
      fc.array(letters, { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.nat()),
    );
    fc.assert(
      fc.property(arbitrary, ([streams, numbers]) => {
        const sequences = recorded(Object.fromEntries(streams.map((keys, at) => [`${at}`, keys])));
        let left = streams.map((keys) => ({ asker: new Asker(), keys }));
        while (left.length > 0) {
          const next = left[(numbers.next().value as number) % left.length];
          const [key, ...rest] = next?.keys ?? [];
          expect(sequences.whole(next?.asker ?? new Asker(), key ?? "")?.key).toBe(key);
          left = left.flatMap((one) =>
            one !== next ? [one] : rest.length === 0 ? [] : [{ asker: one.asker, keys: rest }],
          );
        }
        expect(sequences.unused).toEqual([]);
      }),
      { numRuns: share(300, 20_000) },
    );
  });

  it("answer equal requests in the order of the recording, each once", () => {
    const sequences = recorded({ a: ["k", "k"], b: ["k"] });
    const asker = new Asker();
    expect(filesOf(sequences, asker, ["k", "k", "k"])).toEqual(["a0", "a1", undefined]);
    expect(filesOf(sequences, new Asker(), ["k"])).toEqual(["b0"]);
    expect(filesOf(sequences, new Asker(), ["k"])).toEqual([undefined]);
  });

  it("repeat a failure that came before the body was sent, once, to whoever asks", () => {
    const sequences = recorded({ a: ["!", "x"], b: ["!", "y"] });
    const asker = new Asker();
    expect(sequences.broken(asker, "head")?.file).toBe("a0");
    // It was the other one: whose failure was heard makes no difference.
    expect(filesOf(sequences, asker, ["y"])).toEqual(["b1"]);
    const second = new Asker();
    expect(sequences.broken(second, "head")).toBeUndefined();
    expect(filesOf(sequences, second, ["x"])).toEqual(["a1"]);
    expect(sequences.unused).toEqual([]);
  });

  it("give nothing to a stream that goes on otherwise", () => {
    const sequences = recorded({ a: ["s", "t"] });
    const asker = new Asker();
    expect(filesOf(sequences, asker, ["s", "z"])).toEqual(["a0", undefined]);
    expect(sequences.unused.map(({ file }) => file)).toEqual(["a1"]);
  });
});
