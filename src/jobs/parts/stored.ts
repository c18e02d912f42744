/** Answers that were paid for once are not asked for again. */
import type {
  FinalEvent,
  RecognitionEvent,
  ResponseEvent,
  WarningEvent,
} from "../../transcript/events.ts";
import type { AudioPart } from "./part.ts";

/** The audio of one request. */
export interface PartPlace {
  /** Undefined: the whole recording. */
  readonly part?: AudioPart;
  /** Where each channel goes on its own. */
  readonly channel?: number;
}

/** What is kept of an answer. */
export type KeptEvent = FinalEvent | WarningEvent | ResponseEvent;

/** The answers of one recording, asked for with the same settings. */
export interface PartStore {
  /** What was answered to the same request before. */
  load(
    place: PartPlace,
  ): readonly KeptEvent[] | undefined | Promise<readonly KeptEvent[] | undefined>;
  /** @throws AsrError kind "output" where it can't be kept. */
  save(place: PartPlace, events: readonly KeptEvent[]): void | Promise<void>;
}

/**
 * What `ask` yields, or what it yielded before. An answer is saved before anything of it is told:
 * whoever is told may fail, or be killed. Partials and progress pass as they come.
 *
 * @param onSaved is told once it is: the vendor is done with it
 * @throws what `ask` throws, after what it had said; AsrError kind "output" after an answer that
 *   could not be saved.
 */
export async function* stored(
  store: PartStore,
  place: PartPlace,
  ask: () => AsyncIterable<RecognitionEvent>,
  onSaved: () => void = () => {},
): AsyncGenerator<RecognitionEvent> {
  const known = await store.load(place);
  if (known !== undefined) {
    onSaved();
    for (const event of known)
      yield event.type === "response" ? { ...event, earlier: true } : event;
    return;
  }
  const kept: KeptEvent[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const event of ask()) {
      if (event.type === "partial" || event.type === "progress") yield event;
      else kept.push(event);
    }
    await store.save(place, kept);
    onSaved();
  } catch (error) {
    failure = { error };
  }
  yield* kept;
  if (failure !== undefined) throw failure.error;
}
