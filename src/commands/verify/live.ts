/** `asr verify --live`: what it will cost is said first; then each case is recorded anew. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import manifest from "../../../package.json" with { type: "json" };
import { AsrError, asAsrError, systemCode } from "../../errors.ts";
import { type Spending, sumOf } from "../../jobs/estimate.ts";
import { accountLimiter, openNetwork } from "../../jobs/network.ts";
import { checkReplaceable } from "../../jobs/recording-folder.ts";
import { createStops } from "../../jobs/stops.ts";
import { surveyInputs } from "../../jobs/survey.ts";
import { parseHotword } from "../../settings/hotwords.ts";
import type { Settings } from "../../settings/load.ts";
import { clockTime } from "../../terminal/progress.ts";
import { askedSettings } from "../asked-settings.ts";
import { networkSettings } from "../context.ts";
import { priceOf } from "../prices.ts";
import type { World } from "../world.ts";
import type { LocatedCase } from "./cases.ts";
import { askedFormats, prepareCase, recogniseCase, type Shared } from "./recognise.ts";
import { caseSettings } from "./settings.ts";
import type { Asked } from "./tape.ts";
import { targetInside } from "./targets.ts";

/** A case whose vendor is to be asked. */
export interface LiveCase {
  readonly one: LocatedCase;
  readonly asked: Asked;
}

/**
 * Looks whether every case can be asked for with this account, and says what all of it comes to.
 *
 * @throws AsrError kind "usage" or "credentials", before anything is sent.
 */
export async function announceLive(
  cases: readonly LiveCase[],
  account: Settings,
  shared: Shared,
  { console }: World,
): Promise<void> {
  const totals: Spending[] = [];
  for (const { one, asked } of cases) {
    const settings = caseSettings(asked.provider, asked.options, account);
    const network = await openNetwork(networkSettings(settings, shared.world));
    const { input, planning, recognisers } = await prepareCase(
      one,
      asked,
      settings,
      network,
      shared,
    );
    try {
      await recognisers.prepare();
      const { total } = await surveyInputs({
        ...planning,
        inputs: [input],
        skipped: [],
        priceOf: ({ id }) => priceOf(id, settings),
        // What is wrong with a recording is said in its turn.
        listener: { begun() {}, stage() {}, planned() {}, failed() {}, skipped() {} },
      });
      totals.push(total);
    } finally {
      await recognisers.close();
    }
  }
  console.note(`asking ${spendingText(cases, sumOf(totals))}`);
}

function spendingText(cases: readonly LiveCase[], { requests, billedMs, cost }: Spending): string {
  const providers = [...new Set(cases.map(({ asked }) => asked.provider))].join(", ");
  const price =
    cost === undefined
      ? "set pricePerHour to see the cost"
      : `about ${cost.amount.toFixed(4)} ${cost.currency ?? ""}`.trim();
  return `${providers}: ${cases.length} recordings, ${requests} requests, ${clockTime(billedMs)} of audio billed, ${price}`;
}

/** Records cases, one account's together. */
export function createRecorder(account: Settings, shared: Shared) {
  const limiter = accountLimiter();
  const stops = createStops();
  return async ({ one, asked }: LiveCase): Promise<void> => {
    if (stops.isStopped(asked.provider)) {
      throw new AsrError("several", `not asked: ${asked.provider} refused what came before`, {
        hint: "see the first case of it that failed",
      });
    }
    try {
      await recordCase({ one, asked }, account, limiter, shared);
    } catch (thrown) {
      shared.world.signal.throwIfAborted();
      const error = asAsrError(thrown);
      stops.tell(error);
      throw error;
    }
  };
}

/** The earlier recording gives way only to a whole one. */
async function recordCase(
  { one, asked }: LiveCase,
  account: Settings,
  limiter: ReturnType<typeof accountLimiter>,
  shared: Shared,
): Promise<void> {
  const { world } = shared;
  const { cassette } = one.declared;
  const target = await targetInside(one, cassette);
  await checkReplaceable(target, cassette);
  const draft = path.join(path.dirname(target), `.asr-${randomBytes(6).toString("hex")}.cassette`);
  const settings = caseSettings(asked.provider, asked.options, account);
  const formats = askedFormats(one, asked.options).map((name) => ({ name }));
  const hotwords = settings.values.hotword.map(parseHotword);
  const removed = world.onExit(() => rmSync(draft, { recursive: true, force: true }));
  try {
    const network = await openNetwork({
      ...networkSettings(settings, world),
      limiter,
      record: {
        folder: draft,
        force: false,
        asrVersion: manifest.version,
        command: "verify",
        settings: askedSettings(settings.values, { hotwords, formats }, settings),
      },
    });
    const prepared = await prepareCase(one, asked, settings, network, shared);
    await recogniseCase(prepared).finally(prepared.recognisers.close);
    await replaceFolder(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
    removed();
  }
}

async function replaceFolder(draft: string, target: string): Promise<void> {
  const old = `${draft}.old`;
  try {
    await rename(target, old).catch((error: unknown) => {
      if (systemCode(error) !== "ENOENT") throw error;
    });
    await rename(draft, target);
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    throw new AsrError("output", `can't replace the recording in ${target}`, {
      hint: "check the folder's permissions",
      ...(systemCode(error) === undefined ? {} : { reason: String(systemCode(error)) }),
      cause: error,
    });
  }
}
