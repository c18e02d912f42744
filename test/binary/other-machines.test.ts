import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { openVendor } from "../cli/vendor-accounts.ts";
import { itWith } from "../tools.ts";
import { AUDIO, asrOnArm, BINARIES, ROOT } from "./run.ts";

const EMULATOR = "qemu-aarch64";

describe("the binary for arm64", () => {
  itWith(EMULATOR, "says its version", async () => {
    const run = await asrOnArm(["--version"]);
    expect(run).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  itWith(EMULATOR, "shows settings", async () => {
    const { code, stdout } = await asrOnArm(["config", "show"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^provider +local +default/m);
  });

  itWith(EMULATOR, "asks a vendor for a recording that it decodes", async () => {
    const { vendor, env } = await openVendor("feishu-file");
    const file = path.join(AUDIO, "compressed", "en-librivox-0890.mp3");
    const run = await asrOnArm(["transcribe", file, "-p", "feishu-file", "-f", "json"], { env });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout).provider).toBe("feishu-file");
    expect(vendor.violations).toEqual([]);
  });

  itWith(EMULATOR, "writes another format", async () => {
    const file = path.join(ROOT, "fixtures/cases/english/tencent-flash.expected.json");
    const run = await asrOnArm(["format", file, "-f", "srt"]);
    expect(run.stdout).toMatch(/^1\n00:00:0\d,\d{3} --> /);
  });
});

describe("the binary for Windows", () => {
  const bytes = readFileSync(path.join(BINARIES, "asr-win-x64.exe"));

  it("is a program for that processor", () => {
    expect(bytes.toString("latin1", 0, 2)).toBe("MZ");
    const header = bytes.readUInt32LE(0x3c);
    expect(bytes.toString("latin1", header, header + 4)).toBe("PE\0\0");
    // IMAGE_FILE_MACHINE_AMD64 (Microsoft, PE Format, "COFF File Header").
    expect(bytes.readUInt16LE(header + 4)).toBe(0x8664);
  });

  it("has a program inside", () => {
    expect(bytes.includes("NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1")).toBe(true);
  });
});

describe("what lies beside the binaries", () => {
  it("is a checksum for each file, as sha256sum reads it", () => {
    const sums = readFileSync(path.join(BINARIES, "SHA256SUMS"), "utf8");
    const lines = sums
      .trimEnd()
      .split("\n")
      .map((line) => line.split("  "));
    const files = readdirSync(BINARIES).filter((name) => name !== "SHA256SUMS");
    expect(lines.map(([, name]) => name)).toEqual(files.sort());
    for (const [sum, name = ""] of lines) {
      const found = createHash("sha256").update(readFileSync(path.join(BINARIES, name)));
      expect(found.digest("hex")).toBe(sum);
    }
  });

  it("is every licence of what is inside", () => {
    const texts = readFileSync(path.join(BINARIES, "THIRD-PARTY-LICENSES.txt"), "utf8");
    const named = ["codec-parser", "mpg123-decoder", "silk-wasm", "undici", "Node.js"];
    expect(named.filter((name) => !texts.includes(`\n${name} `))).toEqual([]);
    expect(/GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1/.test(texts)).toBe(true);
    expect(readdirSync(BINARIES)).toEqual(expect.arrayContaining(["LICENSE", "NOTICE.md"]));
  });
});
