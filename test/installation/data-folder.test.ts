import { describe, expect, it } from "vitest";
import { dataFolder } from "../../src/installation/data-folder.ts";

describe("the user's data folder", () => {
  it.each([
    ["linux", {}, "/home/me", "/home/me/.local/share/asr"],
    ["linux", { XDG_DATA_HOME: "/data" }, "/home/me", "/data/asr"],
    ["linux", { XDG_DATA_HOME: "data" }, "/home/me", "/home/me/.local/share/asr"],
    [
      "darwin",
      { XDG_DATA_HOME: "/data" },
      "/Users/me",
      "/Users/me/Library/Application Support/asr",
    ],
    ["win32", { LOCALAPPDATA: "D:\\Local" }, "C:\\Users\\me", "D:\\Local\\asr"],
    ["win32", {}, "C:\\Users\\me", "C:\\Users\\me\\AppData\\Local\\asr"],
  ] as const)("on %s with %j", (platform, environment, homeFolder, expected) => {
    expect(dataFolder({ platform, environment, homeFolder })).toBe(expected);
  });
});
