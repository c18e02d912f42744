/** Recordings are transcribed for their scores: what `asr transcribe` does, into memory. */
import type { AsrError } from "../../errors.ts";
import { type Failures, failuresOf } from "../../jobs/failures.ts";
import type { Input } from "../../jobs/inputs/input.ts";
import { systemClock } from "../../jobs/network.ts";
import { transcriptSink } from "../../jobs/outputs/memory-sink.ts";
import { transcribeInputs } from "../../jobs/transcribe.ts";
import type { Settings } from "../../settings/load.ts";
import { joinTexts } from "../../transcript/text.ts";
import { announcePlaces } from "../context.ts";
import { planningFor } from "../planning.ts";
import { recognisersOf } from "../recognisers.ts";
import { hotwordsOf } from "../recognition-settings.ts";
import { openRunView } from "../run-view.ts";
import type { World } from "../world.ts";

export interface Heard {
  /** By the input. */
  readonly texts: ReadonlyMap<Input, string>;
  readonly failures: Failures;
  /** Set where all the others would have failed alike. */
  readonly stoppedBy?: AsrError;
}

/** Each failure is told on stderr as it comes. */
export async function hear(
  inputs: readonly Input[],
  settings: Settings,
  world: World,
): Promise<Heard> {
  const texts = new Map<Input, string>();
  const { values } = settings;
  if (inputs.length === 0) {
    warnOfUnused(values, world);
    return { texts, failures: failuresOf([]) };
  }
  const hotwords = await hotwordsOf(values, inputs, world);
  const recognisers = await recognisersOf(inputs, { hotwords, formats: [] }, settings, world);
  const list = { inputs, skipped: [], several: inputs.length > 1 };
  const view = await openRunView({ list }, settings, world);
  try {
    recognisers.check(values.strict);
    const planning = await planningFor(recognisers, settings, world);
    announcePlaces(recognisers.all, settings, world);
    await recognisers.prepare();
    const { failures, stoppedBy } = await transcribeInputs({
      ...planning,
      inputs,
      clock: systemClock,
      concurrency: values.concurrency ?? Number.POSITIVE_INFINITY,
      openSink: (input) =>
        transcriptSink(({ segments }) => {
          texts.set(input, joinTexts(segments.map(({ text }) => text)));
        }),
      listener: {
        ...view,
        // Its name promised a recording: it has no text, and is missed.
        skipped: view.failed,
      },
    });
    return { texts, failures, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
  } finally {
    view.end();
    await recognisers.close();
  }
}

function warnOfUnused({ record, replay }: Settings["values"], { console }: World): void {
  if (record === undefined && replay === undefined) return;
  const option = record === undefined ? "--replay" : "--record";
  console.warning({
    code: "nothing-asked",
    message: `${option} is not used: all hypotheses are texts, so that no vendor is asked`,
  });
}
