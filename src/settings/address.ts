/** Addresses that audio and credentials may be sent to. */

/** Whether a host name stands for this machine. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Whether `text` is an origin with an optional path prefix: https, or http to this machine
 * (README, "Safety"), and nothing a credential could hide in.
 */
export function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const encrypted = url.protocol === "https:";
  const local = url.protocol === "http:" && isLoopback(url.hostname);
  const bare = url.username === "" && url.password === "" && !/[?#\s]/.test(text);
  return (encrypted || local) && bare;
}
