/** Where live audio is quietest: for a cut while nobody pauses. */
import { decodeFrames } from "../audio/decode.ts";
import { LevelMeter } from "../audio/voice/levels.ts";
import { createLoudness, quietestSpot } from "../audio/voice/quiet.ts";
import type { LiveAudio } from "./live-audio.ts";

/** So much around a place must be quiet: less is the closure of a "p" or a "t". */
const REACH_MS = 50;

/** The quietest place between two, of equals the latest. What lies around them must be kept. */
export function quietestSpotOf(audio: LiveAudio, fromMs: number, toMs: number): number {
  const firstMs = Math.max(0, fromMs - REACH_MS);
  const { sampleRate, encoding } = audio;
  const bytes = audio.bytes(firstMs, Math.min(toMs + REACH_MS, audio.endMs));
  const meter = new LevelMeter(sampleRate);
  for (const channel of decodeFrames(bytes, { encoding, channels: 1 }).channelData) {
    meter.push(channel);
  }
  const loudness = createLoudness(meter.finish());
  return quietestSpot(fromMs, toMs, toMs, (atMs) => loudness(atMs - firstMs, REACH_MS));
}
