/** A plan in a few words. Pure. */
import type { AudioFacts, Codec } from "../../audio/types.ts";
import type { AudioPart } from "../parts/part.ts";
import type { ConvertPlan } from "../plan.ts";
import type { EstimateQuestion } from "./question.ts";

const CODEC_TITLES: Readonly<Record<Codec, string>> = {
  mp3: "MP3",
  aac: "AAC",
  opus: "Opus",
  vorbis: "Vorbis",
  flac: "FLAC",
  amr: "AMR",
  silk: "SILK",
  speex: "Speex",
  other: "sound",
};

type Question = Pick<EstimateQuestion, "plan" | "parts" | "channels"> & {
  readonly facts: AudioFacts;
};

/** "as it is", "AAC track as m4a", "12 parts of 16 kHz mono pcm, cut at pauses". */
export function planPhrase(question: Question): string {
  const { plan, facts } = question;
  switch (plan.kind) {
    case "as-is":
      return `as it is${channelNote(question)}`;
    case "rewrap":
      return `${trackTitle(facts.encoding)} track as ${plan.container}${channelNote(question)}`;
    case "convert":
      return conversion(plan, question);
  }
}

function trackTitle(encoding: EstimateQuestion["facts"]["encoding"]): string {
  return new Map<string, string>(Object.entries(CODEC_TITLES)).get(encoding) ?? encoding;
}

/** What becomes of the channels of a file that is sent whole. */
function channelNote({ facts, channels }: Question): string {
  if (facts.channels === 1 || channels === "mix") return "";
  return channels === "first" ? ", first channel" : `, ${eachChannel(facts.channels)}`;
}

function eachChannel(count: number): string {
  return `${count} channels, each on its own`;
}

function conversion(plan: ConvertPlan, { facts, parts }: Question): string {
  const { sampleRate, container, requests } = plan;
  const [first] = requests;
  const shape = `${sampleRate / 1000} kHz mono ${container}`;
  const isOneOfSeveral = typeof first === "number" && facts.channels > 1;
  const mono = isOneOfSeveral ? `first channel as ${shape}` : shape;
  const what = requests.length > 1 ? eachChannel(requests.length) : mono;
  const silence = plan.parts?.skipSilence === true ? ", without silence" : "";
  if (parts === undefined || parts.length === 1) return `${what}${silence}`;
  if (parts.length === 0) return "nothing: all of it is silence";
  const cut = `cut at pauses${parts.some(isForced) ? " where there are any" : ""}`;
  return requests.length > 1 || isOneOfSeveral
    ? `${parts.length} parts, ${cut}${silence}; ${what}`
    : `${parts.length} parts of ${what}, ${cut}${silence}`;
}

/** Whether it begins where nobody paused. */
function isForced({ overlapMs }: AudioPart): boolean {
  return overlapMs > 0;
}
