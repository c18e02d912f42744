/** A judge of speech that needs no model: how far sound rises above the noise of its place. */
import type { SpeechScorer } from "./activity.ts";
import { highPass, lowPass } from "./biquad.ts";
import { NoiseFloor } from "./noise-floor.ts";

const SAMPLE_RATE = 16_000;
const FRAME_SAMPLES = 320;

/** Voice lies between the two, hum below, the hiss of "s" and "f" above. */
const VOICE_LOW_HZ = 150;
const VOICE_HIGH_HZ = 3_400;

/** dBFS; what is quieter is taken for silence. */
const SILENCE_DB = -75;
/**
 * How far over the quietest frames speech is as likely as not. Those of steady noise lie 1.5 dB
 * under its mean and the loudest 1.5 dB over it.
 */
const EVEN_RISE_DB = 5.5;
/** So far below the loudest of late it is a breath, or the echo of the room. */
const RANGE_DB = 35;
/** Per frame: 3 dB a second. */
const LOUDEST_FALL_DB = 0.06;
/** Of the logistic function from decibels to a probability. */
const SLOPE_DB = 1.5;

/** So many frames in a row are no click: soft endings and the closures of "p" and "t" follow. */
const SOUND_FRAMES = 4;
const HELD_FRAMES = 6;
/** Neither speech nor silence: what was goes on. */
const HELD_PROBABILITY = 0.45;

/**
 * Compares the level of each frame of 20 ms, in two bands, with the noise floor of the last
 * seconds. Finds the pauses that `VoiceActivity` needs for cutting; it can't tell speech from
 * other sounds that rise and fall.
 */
export class EnergyScorer implements SpeechScorer {
  readonly sampleRate = SAMPLE_RATE;
  readonly frameSamples = FRAME_SAMPLES;
  readonly #rumble = highPass(VOICE_LOW_HZ, SAMPLE_RATE);
  readonly #voice = lowPass(VOICE_HIGH_HZ, SAMPLE_RATE);
  readonly #hiss = highPass(VOICE_HIGH_HZ, SAMPLE_RATE);
  readonly #voiceRise = new LevelRise();
  readonly #hissRise = new LevelRise();
  readonly #band = new Float32Array(FRAME_SAMPLES);
  #soundFrames = 0;
  #heldFrames = 0;

  async score(frame: Float32Array): Promise<number> {
    this.#rumble.filter(frame, this.#band);
    this.#voice.filter(this.#band, this.#band);
    const voiceDb = this.#voiceRise.over(levelOf(this.#band));
    this.#hiss.filter(frame, this.#band);
    const hissDb = this.#hissRise.over(levelOf(this.#band));
    return this.#held(1 / (1 + Math.exp(-Math.max(voiceDb, hissDb) / SLOPE_DB)));
  }

  #held(probability: number): number {
    if (probability >= 0.5) {
      this.#soundFrames++;
      if (this.#soundFrames >= SOUND_FRAMES) this.#heldFrames = HELD_FRAMES;
      return probability;
    }
    this.#soundFrames = 0;
    if (this.#heldFrames === 0) return probability;
    this.#heldFrames--;
    return Math.max(probability, HELD_PROBABILITY);
  }
}

/** How far a band lies over the level at which speech is as likely as not, in decibels. */
class LevelRise {
  readonly #floor = new NoiseFloor(SILENCE_DB);
  #loudestDb = SILENCE_DB;

  over(levelDb: number): number {
    const floorDb = this.#floor.push(levelDb);
    this.#loudestDb = Math.max(levelDb, this.#loudestDb - LOUDEST_FALL_DB);
    return levelDb - Math.max(floorDb + EVEN_RISE_DB, this.#loudestDb - RANGE_DB);
  }
}

/** In dBFS. */
function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.max(SILENCE_DB, 10 * Math.log10(sum / samples.length));
}
