/** The recorded answers of a case, and what they say of who was asked for what. */
import path from "node:path";
import { AsrError, usageError } from "../../errors.ts";
import { openReplay } from "../../jobs/network.ts";
import { PROVIDER_IDS, PROVIDERS } from "../../providers/registry.ts";
import { hintFor } from "../../settings/nearest.ts";
import { type CaseOptions, caseOptions } from "../../verify/case-options.ts";
import type { LocatedCase } from "./cases.ts";

type Cassette = Awaited<ReturnType<typeof openReplay>>;

/** What is asked of whom. */
export interface Asked {
  readonly provider: string;
  readonly options: CaseOptions;
}

export function isRemote(provider: string): boolean {
  return PROVIDERS.some(({ id, remote }) => id === provider && remote);
}

/** Of a case that says who is asked, its own words; else what its recording notes. @throws AsrError */
export async function askedOf(one: LocatedCase): Promise<Asked> {
  const { provider, options = {}, hasCassette } = one.declared;
  if (provider !== undefined) return { provider, options };
  if (!hasCassette) return { provider: "local", options };
  const noted = notedIn(await openTape(one), one);
  return { provider: noted.provider, options: { ...noted.options, ...options } };
}

/**
 * @throws AsrError kind "usage" that names what is missing or damaged, by its path below the case's
 *   folder: reports are read on other machines
 */
export async function openTape({ folder, declared }: LocatedCase): Promise<Cassette> {
  const { cassette, hasCassette, provider } = declared;
  if (!hasCassette) {
    throw usageError(
      `there are no recorded answers in ${cassette}`,
      `record them: asr verify … --live, or asr transcribe … -p ${provider} --record`,
    );
  }
  try {
    return await openReplay(path.join(folder, cassette), 0);
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    const message = error.message.replaceAll(`${folder}${path.sep}`, "");
    const hint = "restore the file, or record anew with this version: asr verify … --live";
    throw new AsrError(error.kind, message, { ...error.details, hint });
  }
}

function notedIn({ facts, providers }: Cassette, { declared }: LocatedCase): Asked {
  const place = `${declared.cassette}/cassette.json`;
  const hint = `write ${declared.name}.case.yaml: it says provider and options`;
  if (facts.recorded_by === "stream") {
    throw usageError(
      `${declared.cassette} was recorded by asr stream`,
      "record a recording: asr transcribe … --record",
    );
  }
  const { provider, ...options } = facts.settings ?? {};
  const [asked, other] = provider === undefined ? providers : [provider];
  if (asked === undefined || other !== undefined) {
    throw usageError(`${place} does not say which provider is asked`, hint);
  }
  if (typeof asked !== "string" || !PROVIDER_IDS.includes(asked)) {
    throw usageError(`${place}: unknown provider ${asked}`, hintFor(String(asked), PROVIDER_IDS));
  }
  try {
    return { provider: asked, options: caseOptions(options, place) };
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    throw new AsrError("usage", error.message, { ...error.details, hint });
  }
}
