import { describe, expect, it } from "vitest";
import { feishuFile } from "../../../src/providers/feishu/index.ts";
import { serve } from "../../http/loopback.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import { collect, failureOf, openWorld, pcmInput, requestOf } from "../vendor-world.ts";
import { accountOf, type Opened, open, speechOf, tokenCallsOf } from "./open.ts";

const TWO_HOURS_MS = 7_200_000;
const THREE_MINUTES_MS = 180_000;

function recognised({ world }: Pick<Opened, "world">) {
  const input = requestOf(pcmInput(pcm(100)));
  return collect(feishuFile.recognize(input, world));
}

describe("the tenant access token", () => {
  it("is fetched once for jobs that run at the same time", async () => {
    const opened = await open();
    await Promise.all(Array.from({ length: 10 }, () => recognised(opened)));
    expect(tokenCallsOf(opened.vendor)).toHaveLength(1);
    expect(speechOf(opened.vendor)).toHaveLength(10);
    expect(opened.vendor.violations).toEqual([]);
  });

  it("is fetched anew for another app", async () => {
    const { vendor, world } = await open();
    await recognised({ world });
    const account = accountOf(vendor, { credentials: { appId: "cli_x", appSecret: "wrong" } });
    const other = openWorld({ account, http: world.http, clock: world.clock });
    expect(await failureOf(recognised({ world: other }))).toMatchObject({
      details: { vendorCode: 10003 },
    });
    expect(tokenCallsOf(vendor)).toHaveLength(2);
  });

  it("is renewed 3 minutes before it wears out, and not earlier", async () => {
    const opened = await open();
    await recognised(opened);
    opened.clock.advance(TWO_HOURS_MS - THREE_MINUTES_MS - 1);
    await recognised(opened);
    expect(tokenCallsOf(opened.vendor)).toHaveLength(1);
    opened.clock.advance(1);
    await recognised(opened);
    expect(tokenCallsOf(opened.vendor)).toHaveLength(2);
    expect(opened.vendor.tokens).toHaveLength(2);
    expect(speechOf(opened.vendor).at(-1)?.headers.authorization).toBe(
      `Bearer ${opened.vendor.tokens[1]}`,
    );
    expect(opened.vendor.violations).toEqual([]);
  });

  it("is not fetched for every request where its life is shorter than 3 minutes", async () => {
    const opened = await open({ tokenLifeSeconds: 100 });
    for (let count = 0; count < 5; count++) await recognised(opened);
    expect(tokenCallsOf(opened.vendor)).toHaveLength(1);
    opened.clock.advance(51_000);
    await recognised(opened);
    expect(tokenCallsOf(opened.vendor)).toHaveLength(2);
  });

  it.each([99991663, 99991664, 99991668, 99991671])(
    "is dropped and fetched once more after %i, and the request repeated once",
    async (code) => {
      const opened = await open({
        faults: [
          {
            at: ({ path }) => path.endsWith("file_recognize"),
            times: 1,
            fault: { kind: "code", code },
          },
        ],
      });
      await recognised(opened);
      expect(tokenCallsOf(opened.vendor)).toHaveLength(2);
      expect(speechOf(opened.vendor).map((request) => request.code)).toEqual([code, 0]);
    },
  );

  it("that dies in the middle is replaced once for all jobs", async () => {
    const opened = await open();
    await recognised(opened);
    const { vendor } = opened;
    const dying = await open({
      faults: [
        {
          at: ({ path, indexOnPath }) => path.endsWith("file_recognize") && indexOnPath === 3,
          fault: { kind: "expire-tokens" },
        },
      ],
    });
    await Promise.all(Array.from({ length: 8 }, () => recognised(dying)));
    expect(dying.vendor.tokens).toHaveLength(2);
    expect(tokenCallsOf(dying.vendor)).toHaveLength(2);
    expect(vendor.violations).toEqual([]);
  });

  it("that stays refused is a fault of the credentials, after one repeat", async () => {
    const opened = await open({
      faults: [
        {
          at: ({ path }) => path.endsWith("file_recognize"),
          fault: { kind: "code", code: 99991663 },
        },
      ],
    });
    expect(await failureOf(recognised(opened))).toMatchObject({
      kind: "credentials",
      exitCode: 4,
      details: { vendorCode: 99991663, stopsBatch: true },
    });
    expect(speechOf(opened.vendor)).toHaveLength(2);
    expect(tokenCallsOf(opened.vendor)).toHaveLength(2);
  });

  it("of the user is used as it is and never fetched or renewed", async () => {
    const { vendor, clock } = await open({ storeTokens: ["t-from-the-store"] });
    const credentials = { tenantAccessToken: "t-from-the-store" };
    const world = openWorld({ account: accountOf(vendor, { credentials }), clock });
    await recognised({ world });
    clock.advance(10 * TWO_HOURS_MS);
    await recognised({ world });
    expect(tokenCallsOf(vendor)).toEqual([]);
    expect(speechOf(vendor)[0]?.headers.authorization).toBe("Bearer t-from-the-store");
    expect(vendor.violations).toEqual([]);
  });

  it("of the user that is refused is neither replaced nor sent again", async () => {
    const { vendor, clock } = await open();
    const credentials = { ...accountOf(vendor).credentials, tenantAccessToken: "t-worn-out" };
    const world = openWorld({ account: accountOf(vendor, { credentials }), clock });
    expect(await failureOf(recognised({ world }))).toMatchObject({
      kind: "credentials",
      details: { hint: expect.stringContaining("FEISHU_TENANT_ACCESS_TOKEN") },
    });
    expect(vendor.requests).toHaveLength(1);
  });

  it("survives that one of the jobs waiting for it is aborted", async () => {
    const gate = Promise.withResolvers<void>();
    const { vendor, world, clock } = await open({
      faults: [{ at: 0, fault: { kind: "hold-answer", until: gate.promise } }],
    });
    const stop = new AbortController();
    const { account, http } = world;
    const first = recognised({ world: openWorld({ account, http, clock, signal: stop.signal }) });
    const second = recognised({ world });
    await vendor.waitFor(({ index }) => index === 0);
    stop.abort(new Error("Ctrl-C"));
    await expect(first).rejects.toThrow("Ctrl-C");
    gate.resolve();
    await second;
    expect(tokenCallsOf(vendor)).toHaveLength(1);
    expect(speechOf(vendor)).toHaveLength(1);
  });

  it("is no longer fetched when every job that waited for it was aborted", async () => {
    const never = new Promise<void>(() => {});
    const { vendor, world, clock } = await open({
      faults: [{ at: 0, fault: { kind: "hold-answer", until: never } }],
    });
    const stop = new AbortController();
    const { account, http } = world;
    const job = recognised({ world: openWorld({ account, http, clock, signal: stop.signal }) });
    await vendor.waitFor(({ index }) => index === 0);
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    await vendor.waitFor(({ index, outcome }) => index === 0 && outcome === "client-left");
    await recognised({ world });
    expect(tokenCallsOf(vendor)).toHaveLength(2);
  });

  it("can be obtained alone, for a check of the account", async () => {
    const { vendor, world } = await open();
    await feishuFile.checks[0]?.run(world);
    expect(vendor.requests.map(({ path }) => path)).toEqual([vendor.paths.token]);
  });

  it("of the user is not claimed to be obtained: only the host is asked, and named when dead", async () => {
    const { vendor, clock } = await open();
    const credentials = { tenantAccessToken: "t-from-the-store" };
    const world = openWorld({ account: accountOf(vendor, { credentials }), clock, maxRepeats: 0 });
    const check = feishuFile.checks[0];
    const found = await check?.run(world);
    expect(found).toContain(`${new URL(vendor.origin).host} answers (HTTP 404)`);
    expect(found).toContain("whether FEISHU_TENANT_ACCESS_TOKEN is good");
    expect(vendor.requests).toMatchObject([{ method: "GET", path: "/" }]);
    expect(vendor.requests[0]?.headers.authorization).toBeUndefined();
    await vendor.close();
    expect(await failureOf(Promise.resolve(check?.run(world)))).toMatchObject({ kind: "network" });
  });

  it("of the user: a host that redirects is reached all the same", async () => {
    const { origin } = await serve((_, response) => {
      response.writeHead(302, { location: "https://elsewhere.example/" }).end();
    });
    const account = { baseUrl: origin, credentials: { tenantAccessToken: "t-from-the-store" } };
    const world = openWorld({ account });
    expect(await feishuFile.checks[0]?.run(world)).toContain("HTTP 302");
  });
});
