import { execFileSync } from "node:child_process";
import { chmod, mkdir, open, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { checkWritable } from "../../../src/jobs/outputs/writable.ts";
import { itWith } from "../../tools.ts";
import { asOrdinaryUser, temporaryFolder } from "../place.ts";

const WHOLE = { makeFolders: false, whole: true };

describe("checkWritable", () => {
  it("knows a device from a file from nothing", async () => {
    const file = path.join(temporaryFolder(), "a.txt");
    expect(await checkWritable(file, WHOLE)).toBe("missing");
    await writeFile(file, "");
    expect(await checkWritable(file, WHOLE)).toBe("file");
    expect(await checkWritable("/dev/null", WHOLE)).toBe("device");
  });

  itWith("mkfifo", "knows a named pipe, without waiting for its reader", async () => {
    const fifo = path.join(temporaryFolder(), "fifo");
    execFileSync("mkfifo", [fifo]);
    expect(await checkWritable(fifo, WHOLE)).toBe("pipe");
  });

  it("takes a file that the shell opened for a device, also through a link", async () => {
    const folder = temporaryFolder();
    const handle = await open(path.join(folder, "out.txt"), "w");
    const link = path.join(folder, "link");
    await symlink(`/dev/fd/${handle.fd}`, link);
    try {
      expect(await checkWritable(`/dev/fd/${handle.fd}`, WHOLE)).toBe("device");
      expect(await checkWritable(`/proc/${process.pid}/fd/${handle.fd}`, WHOLE)).toBe("device");
      expect(await checkWritable(link, WHOLE)).toBe("device");
    } finally {
      await handle.close();
    }
  });

  it.each([
    ["a folder that is not there", "none/a.txt", false],
    ["a folder in the way of the file", ".", false],
    ["a file in the way of the folder", "blocked/a.txt", true],
    ["a name that is too long", "n".repeat(256), false],
    ["a name too long, in a folder to be made", `new/${"n".repeat(256)}`, true],
    ["a link to itself", "loop", false],
    ["a descriptor that is not open", "/dev/fd/987", false],
  ])("refuses %s with exit code 10 and a hint", async (_, name, makeFolders) => {
    const folder = temporaryFolder();
    await writeFile(path.join(folder, "blocked"), "");
    await symlink("loop", path.join(folder, "loop"));
    const file = path.resolve(folder, name);
    await expect(checkWritable(file, { makeFolders, whole: true })).rejects.toMatchObject({
      kind: "output",
      exitCode: 10,
      details: { hint: expect.any(String), reason: expect.any(String) },
    });
  });

  it("refuses to replace a writable file in a read-only folder, but lets one grow there", async () => {
    const folder = path.join(temporaryFolder(), "locked");
    const file = path.join(folder, "a.txt");
    await mkdir(folder);
    await writeFile(file, "");
    await chmod(file, 0o666);
    await chmod(folder, 0o555);
    const check = (whole: boolean) => {
      const words = [file, { makeFolders: false, whole }].map((value) => JSON.stringify(value));
      return asOrdinaryUser("jobs/outputs/writable.ts", `checkWritable(${words})`);
    };
    expect(check(true)).toMatchObject({ kind: "output", details: { hint: expect.any(String) } });
    expect(check(false)).toBe("file");
  });

  itWith("setsid", "refuses /dev/tty where there is no terminal", () => {
    const call = `checkWritable("/dev/tty", { makeFolders: false, whole: true })`;
    const error = asOrdinaryUser("jobs/outputs/writable.ts", call, "setsid", "--wait");
    expect(error).toMatchObject({ kind: "output", details: { hint: expect.any(String) } });
  });
});
