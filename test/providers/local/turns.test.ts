import { describe, expect, it } from "vitest";
import { Turns } from "../../../src/providers/local/turns.ts";

const forever = new AbortController().signal;

describe("turns", () => {
  it("come in order, one at a time", async () => {
    const turns = new Turns();
    const order: string[] = [];
    const first = await turns.take(forever);
    const others = ["second", "third"].map(async (name) => {
      const end = await turns.take(forever);
      order.push(name);
      await Promise.resolve();
      order.push(`${name} ends`);
      end();
    });
    order.push("first ends");
    first();
    await Promise.all(others);
    expect(order).toEqual(["first ends", "second", "second ends", "third", "third ends"]);
  });

  it("are given up by who is aborted while waiting", async () => {
    const turns = new Turns();
    const end = await turns.take(forever);
    const controller = new AbortController();
    const waiting = turns.take(controller.signal);
    const after = turns.take(forever);
    controller.abort(new Error("no time"));
    await expect(waiting).rejects.toThrow("no time");
    end();
    (await after)();
    await expect(turns.take(controller.signal)).rejects.toThrow("no time");
  });
});
