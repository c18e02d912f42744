/** Adds up one job's events into a transcript. Pure. */
import type { RecognitionEvent, ResponseEvent, StartEvent } from "./events.ts";
import { mergeIntervals, totalMs } from "./intervals.ts";
import { createLanguageTally } from "./language.ts";
import { sortSegments } from "./order.ts";
import type { Interval, Part, Segment, Source, Transcript, Usage, Warning } from "./transcript.ts";

/** What is known only when the job has ended. */
export interface AssemblyEnd {
  readonly durationMs: number;
  readonly source?: Source;
}

export interface Assembler {
  /** Partials and progress leave no trace. */
  add(event: RecognitionEvent): void;
  /**
   * What was added so far: finals by time, each warning once, usage added up, the language that
   * was spoken most, the model that answered last (else the one that was asked for).
   */
  transcript(end: AssemblyEnd): Transcript;
}

export function createAssembler(start: Pick<StartEvent, "provider" | "model">): Assembler {
  const segments: Segment[] = [];
  const warnings = new Map<string, Warning>();
  const requestIds = new Set<string>();
  const languages = createLanguageTally();
  const raw: unknown[] = [];
  const parts: Part[] = [];
  let model = start.model;
  let usage: Usage | undefined;
  let speech: Interval[] | undefined;

  function addResponse(response: ResponseEvent): void {
    if (response.requestId !== undefined) requestIds.add(response.requestId);
    if (response.raw !== undefined) raw.push(response.raw);
    if (response.part !== undefined) parts.push(response.part);
    if (response.usage !== undefined) usage = addUsage(usage, response.usage);
    if (response.speech !== undefined) {
      speech ??= [];
      for (const interval of response.speech) speech.push(interval);
    }
    if (response.language !== undefined) languages.add(response.language, spokenMsOf(response));
    model = response.model ?? model;
  }

  return {
    add(event) {
      if (event.type === "final") segments.push(event.segment);
      else if (event.type === "response") addResponse(event);
      else if (event.type === "warning") {
        warnings.set(JSON.stringify([event.warning.code, event.warning.message]), event.warning);
      }
    },
    transcript({ durationMs, source }) {
      const language = languages.most();
      return {
        provider: start.provider,
        ...(model === undefined ? {} : { model }),
        ...(language === undefined ? {} : { language }),
        durationMs,
        segments: sortSegments(segments),
        warnings: [...warnings.values()],
        ...(usage === undefined ? {} : { usage }),
        requestIds: [...requestIds],
        ...(parts.length === 0 ? {} : { parts: parts.toSorted(byTime) }),
        ...(speech === undefined ? {} : { speech: mergeIntervals(speech) }),
        ...(source === undefined ? {} : { source }),
        ...(raw.length === 0 ? {} : { raw: [...raw] }),
      };
    },
  };
}

function byTime(a: Part, b: Part): number {
  return a.startMs - b.startMs || a.endMs - b.endMs;
}

function spokenMsOf({ speech, durationMs }: ResponseEvent): number {
  return speech === undefined ? (durationMs ?? 0) : totalMs(speech);
}

/** The sum of two; tokens and the doubt about a bill are there as soon as one side has them. */
function addUsage(sum: Usage | undefined, usage: Usage): Usage {
  if (sum === undefined) return usage;
  const tokens =
    sum.tokens === undefined && usage.tokens === undefined
      ? undefined
      : (sum.tokens ?? 0) + (usage.tokens ?? 0);
  return {
    requests: sum.requests + usage.requests,
    billedMs: sum.billedMs + usage.billedMs,
    ...(tokens === undefined ? {} : { tokens }),
    ...(sum.possiblyBilledTwice || usage.possiblyBilledTwice ? { possiblyBilledTwice: true } : {}),
  };
}
