import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { ownHomeFolder } from "../../src/installation/home-folder.ts";

describe("the home folder", () => {
  it("is the one that the environment names", () => {
    expect(ownHomeFolder(process.cwd())).toBe(process.cwd());
  });

  it.each(["", ".", "here/below"])("is never the working folder (HOME=%s)", (named) => {
    expect(ownHomeFolder(named)).toBe(userInfo().homedir);
  });
});
