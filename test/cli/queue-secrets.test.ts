import path from "node:path";
import { Redis } from "ioredis";
import { expect } from "vitest";
import { everyValue } from "../queue/every-value.ts";
import { openRedis } from "../queue/redis-server.ts";
import { itWith } from "../tools.ts";
import { openWorker, writeClips } from "./queue-world.ts";
import { asr, temporaryFolder } from "./run.ts";
import { openVendor, VENDOR_IDS } from "./vendor-accounts.ts";

itWith("redis-server", "nothing in Redis is a secret, or says where a vendor is", async () => {
  const redis = await openRedis({ password: "hush-hush-hush" });
  const reader = new Redis(redis.secretUrl);
  const cwd = temporaryFolder();
  await writeClips(path.join(cwd, "in"), 3);
  const queue = { ASR_QUEUE: redis.secretUrl };
  let said = "";
  try {
    for (const id of VENDOR_IDS) {
      // A gateway that says the credentials back, in an error that is kept.
      const { vendor, env, secrets } = await openVendor(id, {
        faults: (request) =>
          request.index === 1
            ? {
                kind: "status",
                status: 403,
                body: `no: ${JSON.stringify(request.headers)} ${request.url}`,
              }
            : undefined,
      });
      const worker = await openWorker({ cwd, env: { ...env, ...queue }, words: ["-p", id] });
      let kill = (): void => {};
      const killed = asr(["transcribe", "in", "-p", id, "-f", "json", "--raw", "-o", id], {
        cwd,
        env: { ...env, ...queue },
        started: (child) => {
          kill = () => void child.kill("SIGKILL");
        },
      });
      await vendor.waitFor(({ index }) => index === 1);
      kill();
      await killed;
      await worker.waitFor(/00\d\.wav: (?:done|failed) after/);
      said += (await worker.end("SIGTERM")).stderr;
      const values = await everyValue(reader);
      expect(values.size).toBeGreaterThan(3);
      for (const [key, text] of values) {
        for (const secret of [...secrets, "hush-hush-hush", vendor.origin]) {
          expect(text.includes(secret), `${secret} in ${key}`).toBe(false);
        }
      }
    }
    expect(said).toMatch(/failed after/);
  } finally {
    reader.disconnect();
  }
});
