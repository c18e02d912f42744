/** Who recognises the inputs of a run: the settings' provider, or one that a list names. */
import { AsrError } from "../errors.ts";
import type { Input, OwnSettings } from "../jobs/inputs/input.ts";
import type { Network } from "../jobs/network.ts";
import { checkSettings } from "../jobs/prepare.ts";
import type { Recogniser, RecogniserOf } from "../jobs/recogniser.ts";
import type { Provider } from "../providers/contract.ts";
import { loadProvider } from "../providers/registry.ts";
import type { WrittenHotword } from "../settings/hotwords.ts";
import type { Settings } from "../settings/load.ts";
import { askedSettings } from "./asked-settings.ts";
import { providerContext } from "./context.ts";
import { parametersOf, recognitionSettings } from "./recognition-settings.ts";
import { runNetwork } from "./run-network.ts";
import type { World } from "./world.ts";

type Values = Settings["values"];

export interface Recognisers {
  readonly of: RecogniserOf;
  /** Each once, in the order of the inputs. */
  readonly all: readonly Recogniser[];
  /** Those who recognise anything, each once. */
  readonly providers: readonly Provider[];
  /**
   * Settles what can be settled without audio.
   *
   * @throws AsrError kind "usage", with the line of a list that asks for what can't be had.
   */
  check(strict: boolean): void;
  /**
   * Looks whether each can do its work from here, before anything is sent.
   *
   * @throws AsrError kind "usage" or "credentials", with the line of the list.
   */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

interface Asked {
  readonly hotwords: readonly WrittenHotword[];
  readonly formats: readonly { readonly name: string }[];
}

/** Equal for inputs that are recognised alike. */
function keyOf({ provider, language, model }: Partial<OwnSettings> = {}): string {
  return JSON.stringify([provider, language, model]);
}

/** The settings as they are for an input that has some of its own: those go before any other. */
function valuesFor({ values, providers }: Settings, own: Partial<OwnSettings> = {}): Values {
  const provider = own.provider ?? values.provider;
  // The section falls back to the options where it says nothing.
  const section = providers[provider] ?? values;
  return {
    ...values,
    provider,
    language: own.language ?? section.language ?? values.language,
    model: own.model ?? section.model,
  };
}

/**
 * @param opened the network to use; undefined: the one that the settings ask for
 * @throws AsrError kind "usage" for parameters or a network that can't be had.
 */
export async function recognisersOf(
  inputs: readonly Input[],
  asked: Asked,
  settings: Settings,
  world: World,
  opened?: Network,
): Promise<Recognisers> {
  const network = opened ?? (await networkOf(inputs, asked, settings, world));
  const byProvider = new Map<string, ReturnType<typeof setUp>>();
  const setUp = async (id: string) => {
    const provider = await loadProvider(id);
    return {
      provider,
      parameters: parametersOf(provider, settings, world.console.warning),
      context: providerContext(provider, settings, world, network),
    };
  };
  const byKey = new Map<string, { readonly recogniser: Recogniser; readonly input: Input }>();
  for (const input of inputs) {
    const key = keyOf(input.own);
    if (byKey.has(key)) continue;
    const values = valuesFor(settings, input.own);
    const known = byProvider.get(values.provider) ?? setUp(values.provider);
    byProvider.set(values.provider, known);
    const { provider, parameters, context } = await known;
    const recogniser = {
      provider,
      settings: recognitionSettings(values, { ...asked, ...parameters, provider }),
      context,
    };
    byKey.set(key, { recogniser, input });
  }
  const of = ({ own, name }: Input): Recogniser => {
    const found = byKey.get(keyOf(own));
    if (found === undefined) throw new Error(`${name} is no input of this run`);
    return found.recogniser;
  };
  const each = [...byKey.values()];
  const all = each.map(({ recogniser }) => recogniser);
  return {
    of,
    all,
    providers: [...new Set(all.map(({ provider }) => provider))],
    check(strict) {
      for (const { recogniser, input } of each) {
        try {
          checkSettings({ ...recogniser, strict });
        } catch (error) {
          throw atItsPlace(error, input);
        }
      }
    },
    async prepare() {
      for (const { recogniser, input } of each) {
        const { provider, settings, context } = recogniser;
        await provider.prepare(settings, context).catch((error: unknown) => {
          throw atItsPlace(error, input);
        });
      }
    },
    async close() {
      await Promise.all(all.map(({ context }) => context.http.close()));
    },
  };
}

async function networkOf(
  inputs: readonly Input[],
  asked: Asked,
  settings: Settings,
  world: World,
): Promise<Network> {
  const ways = new Map(inputs.map(({ own }) => [keyOf(own), valuesFor(settings, own)] as const));
  const [first, other] = ways.values();
  const providers = [...new Set(Array.from(ways.values(), ({ provider }) => provider))];
  const isOneWay = first !== undefined && other === undefined;
  const noted = isOneWay ? { settings: askedSettings(first, asked, settings) } : {};
  return runNetwork({ command: "transcribe", providers, ...noted }, settings, world);
}

/** The same failure, with the line of the list that brought it. */
function atItsPlace(error: unknown, { own }: Input): unknown {
  if (!(error instanceof AsrError) || own === undefined) return error;
  return new AsrError(error.kind, `${own.place}: ${error.message}`, error.details);
}
