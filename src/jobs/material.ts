/** The recording that requests are read from: the input itself, or what was made of it first. */
import { convert } from "../audio/convert.ts";
import { frameBytes } from "../audio/encoding.ts";
import { openRecording } from "../audio/open.ts";
import { disposeSpooledNow, type SpooledSource, spool, spoolPieces } from "../audio/spool.ts";
import type { AudioFacts, Recording } from "../audio/types.ts";
import { AsrError } from "../errors.ts";
import { planAudio, planDecoded } from "./plan.ts";
import type { AsIsPlan, ConvertPlan, RewrapPlan } from "./planning/audio-plan.ts";
import { fitsOneRequest } from "./planning/limits.ts";
import type { PreparedJob } from "./prepare.ts";
import type { SpoolPlace } from "./spooled.ts";

export interface Material {
  readonly recording: Recording;
  /** How requests are made of that. */
  readonly plan: AsIsPlan | ConvertPlan;
  /** Removes what was written. */
  dispose(): Promise<void>;
}

/** Told how much audio has been worked through, in milliseconds. */
export type OnAudio = (audioMs: number) => void;

/**
 * Compressed audio that has to be decoded for a vendor is decoded once, into a private file: its
 * length is known then, a repeat of a request costs nothing, and parts can be cut out of it.
 *
 * @throws AsrError; the signal's reason. What was written is gone then.
 */
export async function openMaterial(
  prepared: PreparedJob,
  place: SpoolPlace,
  onAudio: OnAudio,
): Promise<Material> {
  const { job, plan } = prepared;
  const { recording } = job;
  if (plan.kind === "as-is") return { recording, plan, dispose: async () => {} };
  if (plan.kind === "rewrap") return openRewrapped(prepared, plan, place, onAudio);
  if (!isDecodedFirst(prepared, plan)) return { recording, plan, dispose: async () => {} };
  return openDecoded(prepared, plan, place, onAudio);
}

function isDecodedFirst({ job }: PreparedJob, plan: ConvertPlan): boolean {
  if (job.recording.decoding === "plain") return false;
  const isReadOnce = plan.parts === undefined && plan.requests.length === 1;
  return job.provider.capabilities.remote || !isReadOnce;
}

async function openDecoded(
  { job, resolution }: PreparedJob,
  plan: ConvertPlan,
  place: SpoolPlace,
  onAudio: OnAudio,
): Promise<Material> {
  const { recording, provider, wishes } = job;
  const { encoding, sampleRate } = plan;
  const decoded = {
    name: recording.name,
    reopenable: false,
    open: (signal?: AbortSignal) => {
      const target = { sampleRate, encoding, channels: wishes.channels };
      return convert(recording, target, signal, { reuseBuffers: true });
    },
  };
  const channels = wishes.channels === "all" ? recording.facts.channels : 1;
  const bytesPerMs = (sampleRate * frameBytes({ encoding, channels })) / 1000;
  const { signal } = place;
  return held(place, async () => {
    const spooled = await spool(decoded, place.temporaryFolder, signal, (sizeBytes) =>
      onAudio(sizeBytes / bytesPerMs),
    );
    const raw = { sampleRate, channels, encoding };
    return {
      spooled,
      async make() {
        const plain = await openRecording(spooled, { raw, signal });
        const next = planDecoded(plain.facts, provider.capabilities, resolution, wishes);
        return { recording: plain, plan: { ...next, warnings: plan.warnings } };
      },
    };
  });
}

async function openRewrapped(
  prepared: PreparedJob,
  plan: RewrapPlan,
  place: SpoolPlace,
  onAudio: OnAudio,
): Promise<Material> {
  const { recording, provider, wishes } = prepared.job;
  const { container, warnings } = plan;
  const { capabilities } = provider;
  const { signal } = place;
  const pieces = recording.rewrap?.(container, signal);
  if (pieces === undefined) throw new Error("a track that can't be taken out was to be");
  const material = await held(place, async () => {
    const spooled = await spoolPieces(recording.name, pieces, place.temporaryFolder, signal);
    const facts: AudioFacts = { ...recording.facts, container, sizeBytes: spooled.sizeBytes ?? 0 };
    const bytes: Recording["bytes"] = (passSignal, options) => spooled.open(passSignal, options);
    return {
      spooled,
      make: async () => ({
        recording: { ...withoutTrack(recording), facts, bytes },
        plan: { kind: "as-is" as const, warnings },
      }),
    };
  }).catch((error: unknown) => {
    // A hole in the track: a copy would shift all that follows. Decoding fills it.
    const canDecode = recording.decoding !== "none";
    if (error instanceof AsrError && error.kind === "audio" && canDecode) return undefined;
    throw error;
  });
  if (material !== undefined) {
    if (fitsOneRequest(material.recording.facts, capabilities)) return material;
    // The track alone is still too large.
    await material.dispose();
  }
  const whole = withoutTrack(recording);
  const next = planAudio(whole, capabilities, prepared.resolution, wishes);
  const job = { ...prepared.job, recording: whole };
  return openMaterial({ ...prepared, job, plan: next }, place, onAudio);
}

/** The recording, whose track is not to be taken out (again). */
function withoutTrack(recording: Recording): Recording {
  const { rewrap: _, ...rest } = recording;
  return rest;
}

interface Spooling {
  readonly spooled: SpooledSource;
  make(): Promise<Pick<Material, "recording" | "plan">>;
}

/** Material out of a spooled file that is gone however this ends. */
async function held(
  { onExit }: Pick<SpoolPlace, "onExit">,
  begin: () => Promise<Spooling>,
): Promise<Material> {
  const forget = onExit(disposeSpooledNow);
  let spooled: SpooledSource | undefined;
  const dispose = async (): Promise<void> => {
    forget();
    await spooled?.dispose();
  };
  try {
    const spooling = await begin();
    spooled = spooling.spooled;
    return { ...(await spooling.make()), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
