import path from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkTo } from "../../../src/jobs/sound/link.ts";

describe("a link from a page to its recording", () => {
  it.each([
    ["/talks/a.wav", "/talks", "./a.wav"],
    ["/talks/a.wav", "/talks/pages/deep", "../../a.wav"],
    ["/talks/sub/a b#c?d%20.wav", "/talks", "./sub/a%20b%23c%3Fd%2520.wav"],
    ["/talks/会议\"'<1>.wav", "/talks", "./%E4%BC%9A%E8%AE%AE%22'%3C1%3E.wav"],
    ["/talks/javascript:alert(1)", "/talks", "./javascript%3Aalert(1)"],
    ["/talks/a\\b.wav", "/talks", "./a%5Cb.wav"],
  ])("%s seen from %s", (file, folder, href) => {
    expect(linkTo(file, folder, path.posix)).toBe(href);
  });

  it("goes with Windows' paths, to another disk too", () => {
    expect(linkTo("C:\\talks\\a b.wav", "C:\\pages", path.win32)).toBe("../talks/a%20b.wav");
    expect(linkTo("D:\\talks\\a#b.wav", "C:\\pages", path.win32)).toBe(
      "file:///D:/talks/a%23b.wav",
    );
  });

  it("leads a browser to the very file, whatever it is called", () => {
    const name = fc.string({ minLength: 1, unit: "binary" }).filter((text) => {
      const isName = !/[/\0]/.test(text) && text !== "." && text !== "..";
      return isName && text.isWellFormed();
    });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.nat(3), (names, depth) => {
        const file = `/${names.join("/")}`;
        const folder = path.posix.join("/", ...names.slice(0, Math.min(depth, names.length - 1)));
        const folders = folder.split("/").filter((one) => one !== "");
        const page = `file:///${[...folders.map(encodeURIComponent), "page.html"].join("/")}`;
        const url = new URL(linkTo(file, folder, path.posix), page);
        expect(url.protocol).toBe("file:");
        expect(fileURLToPath(url, { windows: false })).toBe(file);
      }),
    );
  });
});
