/** Hours, minutes and whole seconds: "0:29:55". */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const padded = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${padded(minutes % 60)}:${padded(seconds % 60)}`;
}
