/** What Whisper hears at once: 30 s of sound in 3000 frames (openai/whisper, `whisper/audio.py`). */

/** In Hz, mono. */
export const SAMPLE_RATE = 16_000;
export const WINDOW_SAMPLES = 480_000;
/** Of 10 ms. */
export const WINDOW_FRAMES = 3_000;
