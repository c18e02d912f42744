/** Whether a folder is on another machine: SQLite's write-ahead log needs memory that is shared. */
import { readFile, realpath, statfs } from "node:fs/promises";

/** `f_type` of statfs(2), of linux/magic.h and the file systems' own sources. */
const NETWORK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB"],
  [0x01021997, "9P"],
  [0x00c36400, "Ceph"],
  [0x5346414f, "AFS"],
  [0x6b414653, "AFS"],
  [0x73757245, "Coda"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x7461636f, "OCFS2"],
  [0x01161970, "GFS2"],
  [0x786f4256, "VirtualBox's shared folders"],
  [0xbacbacbc, "VMware's shared folders"],
]);

const FUSE = 0x65735546;
/** FUSE file systems whose files are on another machine, as mountinfo names them. */
const NETWORK_FUSE: ReadonlySet<string> = new Set(
  [
    "afp",
    "beegfs",
    "blobfuse",
    "blobfuse2",
    "ceph",
    "ceph-fuse",
    "curlftpfs",
    "davfs",
    "gcsfuse",
    "glusterfs",
    "google-drive-ocamlfuse",
    "goofys",
    "gvfsd-fuse",
    "juicefs",
    "kio-fuse",
    "lizardfs",
    "mfs",
    "mount-s3",
    "onedriver",
    "rclone",
    "s3fs",
    "seaweedfs",
    "smbnetfs",
    "sshfs",
  ].map((name) => `fuse.${name}`),
);

/**
 * @param folder absolute, there already
 * @returns what it is reached by ("NFS"), or undefined where it is not known to be far away
 */
export async function networkKind(
  folder: string,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  if (platform === "win32") {
    // A drive's letter leads to a share as well.
    const real = await realpath(folder).catch(() => folder);
    return /^\\\\(?![?.]\\(?!UNC))/.test(real) ? "a Windows share" : undefined;
  }
  if (platform !== "linux") return undefined;
  const { type } = await statfs(folder);
  return networkTypeName(type, async () =>
    fileSystemOf(await realpath(folder), await readFile("/proc/self/mountinfo", "utf8")),
  );
}

/**
 * @param type of statfs(2), signed or not
 * @param fileSystem its name in mountinfo; asked where the number does not tell
 */
export async function networkTypeName(
  type: number,
  fileSystem: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const known = NETWORK_TYPES.get(type >>> 0);
  if (known !== undefined || type >>> 0 !== FUSE) return known;
  const name = await fileSystem().catch(() => undefined);
  return name !== undefined && NETWORK_FUSE.has(name) ? name.slice("fuse.".length) : undefined;
}

/**
 * The file system that a path is on, e.g. "fuse.sshfs": that of the longest mount point above it,
 * the last one where several are mounted there (proc_pid_mountinfo(5)).
 */
export function fileSystemOf(file: string, mountinfo: string): string | undefined {
  let best = "";
  let name: string | undefined;
  for (const line of mountinfo.split("\n")) {
    const [before = "", after = ""] = line.split(" - ");
    const point = before
      .split(" ")[4]
      ?.replace(/\\([0-7]{3})/g, (_, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      );
    if (point === undefined || point.length < best.length) continue;
    const isAbove = point === "/" || file === point || file.startsWith(`${point}/`);
    if (!isAbove) continue;
    best = point;
    name = after.split(" ")[0];
  }
  return name;
}
