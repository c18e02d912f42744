/** What the recogniser is given: each part of each channel is one recognition. Pure. */
import type { AudioPart } from "../parts/part.ts";
import type { EstimateQuestion } from "./question.ts";

/** One recognition: a request, or the packets of a stream. */
export interface Stream {
  readonly durationMs: number;
  /** At the rate that is sent. */
  readonly frameCount: number;
  readonly requestCount: number;
}

type Length = Omit<Stream, "requestCount">;

type Facts = EstimateQuestion["facts"];

/** Whether all channels go out in one request and each is recognised. */
export function isEachChannel({
  plan,
  channels,
  facts,
  capabilities,
}: Pick<EstimateQuestion, "plan" | "channels" | "facts" | "capabilities">): boolean {
  return (
    plan.kind !== "convert" &&
    channels === "all" &&
    facts.channels > 1 &&
    capabilities.gives.channels
  );
}

export function streamsOf(question: EstimateQuestion): Stream[] {
  const { facts, plan, parts } = question;
  const { sampleRate } = plan.kind === "convert" ? plan : facts;
  const lengths =
    plan.kind === "convert" && parts !== undefined
      ? parts.map((part) => lengthOfPart(part, facts, sampleRate))
      : [wholeLength(facts, sampleRate)];
  const channelCount = plan.kind === "convert" ? plan.requests.length : 1;
  return lengths.flatMap((length) => {
    const stream = { ...length, requestCount: requestsOf(length, sampleRate, question) };
    return Array.from({ length: channelCount }, () => stream);
  });
}

function wholeLength(facts: Facts, sentRate: number): Length {
  return lengthOfPart({ pieces: [{ startMs: 0, endMs: facts.durationMs }] }, facts, sentRate);
}

/** To the frame, as requests are read: the end in milliseconds is rounded, the last frame is not. */
function lengthOfPart(
  { pieces }: Pick<AudioPart, "pieces">,
  { durationMs, frameCount, sampleRate }: Facts,
  sentRate: number,
): Length {
  const frameAt = (ms: number): number =>
    ms >= durationMs && frameCount !== undefined
      ? frameCount
      : Math.round((ms * sampleRate) / 1000);
  const sum = (lengthOf: (piece: AudioPart["pieces"][number]) => number): number =>
    pieces.reduce((total, piece) => total + lengthOf(piece), 0);
  const frames = sum(({ startMs, endMs }) => frameAt(endMs) - frameAt(startMs));
  return {
    durationMs: sum(({ startMs, endMs }) => endMs - startMs),
    frameCount: Math.round((frames * sentRate) / sampleRate),
  };
}

/** Nothing is sent of nothing. */
function requestsOf(
  { frameCount }: Length,
  sampleRate: number,
  { capabilities, resolution }: EstimateQuestion,
): number {
  const { slice } = capabilities.limits;
  if (frameCount === 0) return 0;
  if (slice === undefined) return 1;
  const sliceFrames = ((resolution?.sliceMs ?? slice.recommendedMs) * sampleRate) / 1000;
  if (slice.endsShort !== true) return Math.ceil(frameCount / sliceFrames);
  return Math.max(2, Math.floor(frameCount / sliceFrames) + 1);
}
