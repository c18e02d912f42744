const AUDIO_NAME =
  /\.(?:wave?|w64|pcm|raw|mp3|ogg|oga|opus|flac|m4a|aac|mp4|webm|wma|amr|silk|aiff?|au|caf)$/i;

/** Whether a name promises audio: a recording that came to nothing must not be passed over. */
export function hasAudioName(name: string): boolean {
  return AUDIO_NAME.test(name);
}
