import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../../src/jobs/ledger/database.ts";
import { fileSystemOf, networkTypeName } from "../../../src/jobs/ledger/network-folder.ts";
import { temporaryFolder } from "../place.ts";
import { createPlace, FILE_NAME } from "./place.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = path.join(temporaryFolder(), "made", "for it");
  file = path.join(folder, FILE_NAME);
});

const open = () => openDatabase(folder, process.platform);

describe("openDatabase", () => {
  it("makes the folder, and files that only their owner may read", async () => {
    const database = await open();
    database.exec("INSERT INTO orders (hash, flags, working_folder) VALUES ('a', '{}', '/')");
    for (const name of [file, `${file}-wal`, `${file}-shm`]) {
      expect(statSync(name).mode & 0o777).toBe(0o600);
    }
    database.close();
    expect(await open().then((again) => again.prepare("SELECT hash FROM orders").all())).toEqual([
      { hash: "a" },
    ]);
  });

  it.each([
    ["is no database", "not a database, but long enough to be taken for one ".repeat(100)],
    ["is cut off", undefined],
  ])("says what to do where the ledger %s, and leaves it alone", async (_, text) => {
    const database = await open();
    database.close();
    const content = text ?? readFileSync(file).subarray(0, 5000);
    writeFileSync(file, content);
    await expect(open()).rejects.toMatchObject({
      kind: "output",
      message: expect.stringContaining(file),
      details: { reason: expect.stringContaining("damaged"), hint: expect.stringMatching(/move/) },
    });
    expect(readFileSync(file)).toEqual(Buffer.from(content));
  });

  it("does not touch a newer ledger", async () => {
    const made = await open();
    made.close();
    const newer = new DatabaseSync(file);
    newer.exec("PRAGMA user_version = 99");
    newer.close();
    await expect(open()).rejects.toMatchObject({ kind: "usage", exitCode: 2 });
  });

  it("writes through no link", async () => {
    const elsewhere = path.join(temporaryFolder(), "other");
    writeFileSync(elsewhere, "");
    const { out } = createPlace();
    symlinkSync(elsewhere, path.join(out, FILE_NAME));
    await expect(openDatabase(out, process.platform)).rejects.toMatchObject({ kind: "output" });
    expect(readFileSync(elsewhere, "utf8")).toBe("");
  });
});

describe("a network folder", () => {
  const never = () => Promise.reject(new Error("asked"));

  it.each([
    [0x6969, "NFS"],
    [0xff534d42, "CIFS"],
    // As a signed number of 32 bits.
    [0xfe534d42 | 0, "SMB"],
    [0xef53, undefined],
  ])("is told by the type %d of its file system: %s", async (type, name) => {
    expect(await networkTypeName(type, never)).toBe(name);
  });

  it.each([
    ["/mnt/far/out", "sshfs"],
    ["/mnt/far away/out", "s3fs"],
    ["/mnt/farther", undefined],
    ["/mnt/near/out", undefined],
  ])("behind FUSE is told by its mount: %s is %s", async (out, name) => {
    const mounts = [
      "24 1 8:1 / / rw - ext4 /dev/sda1 rw",
      "90 24 0:50 / /mnt/far rw,nosuid - fuse.sshfs host:/ rw",
      "91 24 0:51 / /mnt/far\\040away rw shared:7 - fuse.s3fs bucket rw",
      "92 24 0:52 / /mnt/near rw - fuse.mergerfs disks rw",
    ];
    const asked = async () => fileSystemOf(out, mounts.join("\n"));
    expect(await networkTypeName(0x65735546, asked)).toBe(name);
  });
});
