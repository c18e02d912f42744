/**
 * A place in a recording, in whole seconds: "4:05", and "0:04:05" where the recording is an hour or
 * longer, so that all of a page are alike.
 */
export function shortTime(ms: number, durationMs: number): string {
  const seconds = Math.floor(ms / 1000);
  const padded = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const tail = padded(seconds % 60);
  if (durationMs < 3_600_000 && minutes < 60) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / 60)}:${padded(minutes % 60)}:${tail}`;
}
