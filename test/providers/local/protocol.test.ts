import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { fromFailure, toFailure } from "../../../src/providers/local/protocol.ts";

describe("an error from the worker", () => {
  it("is the same on the other side of a clone", () => {
    const error = new AsrError("usage", "no model", { reason: "gone", hint: "install it" });
    const cloned = fromFailure(structuredClone(toFailure(error)));
    expect(cloned).toBeInstanceOf(AsrError);
    expect(cloned).toMatchObject({ kind: "usage", message: "no model", details: error.details });
    expect(cloned.stack).toBe(error.stack);
  });

  it("stays a fault of the program where it was one", () => {
    const cloned = fromFailure(structuredClone(toFailure(new TypeError("x is undefined"))));
    expect(cloned).not.toBeInstanceOf(AsrError);
    expect(cloned.message).toBe("x is undefined");
  });
});
