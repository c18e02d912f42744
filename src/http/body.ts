/** Request bodies: of a size known up front, opened afresh for every try. */

/** Bytes that are opened from the start each time. */
export interface Body {
  readonly sizeBytes: number;
  /** Its pieces never change: they need not be copied to be safe while they are on their way. */
  readonly steady?: boolean;
  /**
   * A piece holds good only until the next one is asked for: the source may write over it then.
   * The signal aborts when the request is over, however it ended.
   */
  open(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** A body that is in memory: for what is small. Nobody may write over it until the request is over. */
export function bytesBody(bytes: Uint8Array): Body {
  return {
    sizeBytes: bytes.byteLength,
    steady: true,
    async *open() {
      yield bytes;
    },
  };
}

/** A small value as JSON in UTF-8. */
export function jsonBody(value: unknown): Body {
  return bytesBody(Buffer.from(JSON.stringify(value)));
}

/** A body from elsewhere (a file): `open` must yield exactly `sizeBytes` bytes. */
export function streamBody(sizeBytes: number, open: Body["open"]): Body {
  return { sizeBytes, open };
}
