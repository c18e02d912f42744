/** Requests made by hand, with nothing between a test and the wire. */
import { type IncomingHttpHeaders, request } from "node:http";

export interface HandMade {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** Sends the body chunked, without a Content-Length. */
  readonly chunked?: boolean;
  /** Sees the text of the answer so far, whenever more of it arrives. */
  readonly watch?: (soFar: string) => void;
}

export interface HandAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The parsed body; {} where it is not JSON. */
  readonly json: Record<string, unknown>;
}

/** One request on a connection of its own. Rejects when the connection breaks. */
export function send(url: string, handMade: HandMade = {}): Promise<HandAnswer> {
  const body = Buffer.from(handMade.body ?? "");
  const length = handMade.chunked === true ? {} : { "content-length": String(body.length) };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: handMade.method ?? "POST",
      headers: { ...length, ...handMade.headers },
      agent: false,
    });
    outgoing.once("error", reject);
    outgoing.once("response", (incoming) => {
      const pieces: Buffer[] = [];
      incoming.on("data", (piece: Buffer) => {
        pieces.push(piece);
        handMade.watch?.(Buffer.concat(pieces).toString());
      });
      incoming.once("error", reject);
      incoming.once("end", () => {
        const bytes = Buffer.concat(pieces);
        const text = bytes.toString();
        const { statusCode = 0, headers } = incoming;
        resolve({ status: statusCode, headers, bytes, text, json: parse(text) });
      });
    });
    if (handMade.chunked === true) outgoing.flushHeaders();
    outgoing.end(body);
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
