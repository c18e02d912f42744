const AUDIO_NAME =
  /\.(?:wave?|w64|pcm|raw|mp3|ogg|oga|opus|flac|m4a|aac|mp4|webm|wma|amr|awb|3gp|silk|aiff?|au|caf|mkv|mka|mov|avi|wv|ape|spx)$/i;

/** Whether a name promises audio: a recording that came to nothing must not be passed over. */
export function hasAudioName(name: string): boolean {
  return AUDIO_NAME.test(name);
}
