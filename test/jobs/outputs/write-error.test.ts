import { expect, it } from "vitest";
import { writeError } from "../../../src/jobs/outputs/write-error.ts";

const met = (code: string) => writeError("/out/a.txt", Object.assign(new Error(code), { code }));

it.each([
  ["ENOSPC", true],
  ["EDQUOT", true],
  ["EROFS", true],
  ["EACCES", undefined],
  ["ENAMETOOLONG", undefined],
])("%s would meet every other result too: %s", (code, stopsBatch) => {
  expect(met(code)).toMatchObject({ kind: "output", details: { hint: expect.any(String) } });
  expect(met(code).details.stopsBatch).toBe(stopsBatch);
});
