/** An `AbortSignal`, of whatever implementation. */
export function isSignal(value: unknown): value is AbortSignal {
  return typeof value === "object" && value !== null && "throwIfAborted" in value;
}
