/** A provider with the user's account: what all calls with it share. */
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { findMediaTools } from "../audio/compressed/ffmpeg/find.ts";
import { Admission } from "../jobs/admission.ts";
import { type Network, openNetwork } from "../jobs/network.ts";
import type { AudioTools, PlanningPlace } from "../jobs/plan-request.ts";
import type { Recogniser } from "../jobs/recogniser.ts";
import type { Provider } from "../providers/contract.ts";
import { loadProvider } from "../providers/registry.ts";
import type { Layer } from "../settings/layer.ts";
import {
  type CallSettings,
  givenLayer,
  optionPlace,
  type Place,
  sectionPlaces,
  settingsOf,
  surroundingLayer,
} from "./given-options.ts";
import type { Environment, ProviderId, ProviderOptions } from "./options.ts";
import { networkSettings, providerContext } from "./provider-context.ts";
import { parametersOf } from "./recognition-settings.ts";
import { voiceModelFor } from "./voice-model.ts";

export interface Connection {
  readonly provider: Provider;
  /** Jobs at the vendor, of all calls. */
  readonly admission: Admission;
  readonly audioTools: AudioTools;
  readonly environment: Environment;
  /** @param call the options of one call */
  settingsFor(call: Layer): CallSettings;
  contextFor(settings: CallSettings, signal: AbortSignal): Recogniser["context"];
  close(): Promise<void>;
}

/** Nothing is removed by handlers of the process: those belong to the program. */
export function placeFor(environment: Environment, signal: AbortSignal): PlanningPlace {
  const { platform } = process;
  return { environment, platform, signal, temporaryFolder: tmpdir(), onExit: () => () => {} };
}

/**
 * Opens nothing to the outside until the first request.
 *
 * @throws AsrError kind "usage" for options that it does not take
 */
export async function openConnection(
  id: ProviderId,
  { credentials, limits, environment = {}, ...plain }: ProviderOptions,
): Promise<Connection> {
  const provider = await loadProvider(id);
  const layers = [
    givenLayer({ ...plain, ...limits, ...credentials }, providerPlaces(id)),
    surroundingLayer(environment),
  ];
  const settings = settingsOf(id, layers);
  // What is wrong with them is said at once, not by the first recording.
  parametersOf(provider, settings, () => {});
  const network = await openNetwork(
    networkSettings(settings, {
      environment,
      randomBytes: (count) => new Uint8Array(randomBytes(count)),
      workingFolder: process.cwd(),
    }),
  );
  const tools = await findMediaTools(environment, process.platform);
  return {
    provider,
    admission: new Admission(Number.POSITIVE_INFINITY),
    audioTools: {
      ...(tools === undefined ? {} : { tools }),
      speechModel: voiceModelFor(provider),
    },
    environment,
    settingsFor: (call) => settingsOf(id, [call, ...layers]),
    contextFor: (own, signal) => contextOf(provider, own, signal, network),
    close: () => contextOf(provider, settings, AbortSignal.abort(), network).http.close(),
  };
}

function contextOf(
  provider: Provider,
  settings: CallSettings,
  signal: AbortSignal,
  network: Network,
): Recogniser["context"] {
  return providerContext(provider, settings, { signal, log: () => {} }, network);
}

const NETWORK_OPTIONS = ["proxy", "caFile", "retries", "timeout"];

function providerPlaces(id: ProviderId): ReadonlyMap<string, Place> {
  const network = NETWORK_OPTIONS.map((key) => [key, optionPlace(key)] as const);
  return new Map([...sectionPlaces(id), ...network]);
}
