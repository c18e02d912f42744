/** Every recording by every provider: who fails does not stop the others. */
import { AsrError } from "../../errors.ts";
import { costOf, type Price } from "../../jobs/estimate.ts";
import type { Input } from "../../jobs/inputs/input.ts";
import { systemClock } from "../../jobs/network.ts";
import { transcriptSink } from "../../jobs/outputs/memory-sink.ts";
import { transcribeInputs } from "../../jobs/transcribe.ts";
import type { Settings } from "../../settings/load.ts";
import { joinTexts } from "../../transcript/text.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import { announcePlaces } from "../context.ts";
import { planningFor } from "../planning.ts";
import { priceOf } from "../prices.ts";
import { recognisersOf } from "../recognisers.ts";
import { hotwordsOf } from "../recognition-settings.ts";
import { openRunView } from "../run-view.ts";
import type { World } from "../world.ts";
import type { FailedHearing, Hearing } from "./result.ts";

/** A recording, and who is to recognise it. */
interface Turn {
  readonly recording: Input;
  readonly provider: string;
}

export interface Heard {
  readonly recording: Input;
  readonly durationMs?: number;
  /** In the order of the providers. */
  readonly hearings: readonly (Hearing | FailedHearing)[];
}

/**
 * In the order of the recordings, without a folder's files that are no audio. Settings and credentials of every provider are looked at before
 * anything is sent to any.
 *
 * @throws AsrError kind "usage" or "credentials"; the signal's reason where it was aborted.
 */
export async function hearAll(
  recordings: readonly Input[],
  providers: readonly string[],
  settings: Settings,
  world: World,
): Promise<Heard[]> {
  const { values } = settings;
  const turns = new Map<Input, Turn>(
    recordings.flatMap((recording) =>
      providers.map((provider) => [
        { ...recording, own: { place: provider, provider } },
        { recording, provider },
      ]),
    ),
  );
  const inputs = [...turns.keys()];
  const hotwords = await hotwordsOf(values, recordings, world);
  // Texts alone are compared.
  const recognisers = await recognisersOf(inputs, { hotwords, formats: [] }, settings, world);
  const names = new Map(
    inputs.map((input) => [
      input,
      { ...input, name: `${input.name} (${turns.get(input)?.provider})` },
    ]),
  );
  const shown = (input: Input): Input => names.get(input) ?? input;
  const list = { inputs, skipped: [], several: inputs.length > 1 };
  const view = await openRunView({ list }, settings, world);
  const found = new Map<Input, Hearing | FailedHearing>();
  const passedOver = new Set<Input>();
  const durations = new Map<Input, number>();
  const startedMs = new Map<Input, number>();
  const keep = (input: Input, transcript: Transcript): void => {
    const { provider = "", recording = input } = turns.get(input) ?? {};
    durations.set(recording, transcript.durationMs);
    const price = priceOf(provider, settings);
    found.set(input, hearingOf(provider, transcript, elapsed(input), price));
  };
  const elapsed = (input: Input): number => world.now() - (startedMs.get(input) ?? world.now());
  const fail = (input: Input, error: AsrError): void => {
    found.set(input, { provider: turns.get(input)?.provider ?? "", error });
    view.failed(shown(input), error);
  };
  try {
    recognisers.check(values.strict);
    announcePlaces(recognisers.all, settings, world);
    await recognisers.prepare();
    const planning = await planningFor(recognisers, settings, world);
    const { stoppedBy } = await transcribeInputs({
      ...planning,
      inputs,
      openSource(input) {
        startedMs.set(input, world.now());
        return planning.openSource(input);
      },
      clock: systemClock,
      concurrency: values.concurrency ?? Number.POSITIVE_INFINITY,
      openSink: (input) => transcriptSink((transcript) => keep(input, transcript)),
      listener: {
        event: (input, event) => view.event(shown(input), event),
        stage: (input, stage, audioMs) => view.stage(shown(input), stage, audioMs),
        done: (input, transcript) => view.done(shown(input), transcript),
        failed: fail,
        skipped(input, error) {
          passedOver.add(turns.get(input)?.recording ?? input);
          view.skipped(shown(input), error);
        },
        passed() {},
      },
    });
    const byTurn = [...turns];
    const heard = recordings.filter((recording) => !passedOver.has(recording));
    return heard.map((recording) => {
      const own = byTurn.filter(([, turn]) => turn.recording === recording);
      const durationMs = durations.get(recording);
      return {
        recording,
        ...(durationMs === undefined ? {} : { durationMs }),
        hearings: own.map(
          ([input, { provider }]) =>
            found.get(input) ?? { provider, error: notAsked(provider, stoppedBy) },
        ),
      };
    });
  } finally {
    view.end();
    await recognisers.close();
  }
}

function hearingOf(
  provider: string,
  { segments, usage }: Transcript,
  elapsedMs: number,
  price: Price | undefined,
): Hearing {
  const { billedMs = 0, requests = 0 } = usage ?? {};
  return {
    provider,
    text: joinTexts(segments.map(({ text }) => text)),
    ...{ elapsedMs, billedMs, requests },
    ...(price === undefined ? {} : { cost: costOf(billedMs, price) }),
  };
}

function notAsked(provider: string, stoppedBy: AsrError | undefined): AsrError {
  const details = stoppedBy === undefined ? {} : { reason: stoppedBy.message };
  return new AsrError("several", `not asked: ${provider} refused what came before`, details);
}
