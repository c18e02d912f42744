/** How an answer goes over the wire: whole, in crumbs, late, or not to its end. */
import type { ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import type { BytesAnswer } from "./answer.ts";
import { firstBytes, inPieces, insideCharacters } from "./answer-faults.ts";
import type { LateFault } from "./faults.ts";

type FaultOf<K extends LateFault["kind"]> = Extract<LateFault, { readonly kind: K }>;

/** The first fault of a kind. */
export function faultOf<K extends LateFault["kind"]>(
  faults: readonly LateFault[],
  kind: K,
): FaultOf<K> | undefined {
  return faults.find((fault): fault is FaultOf<K> => fault.kind === kind);
}

/**
 * Writes an answer as the faults say.
 *
 * @param gone settles when the connection is gone, so that no gate keeps a dead answer waiting.
 * @param onLast called before the bytes that complete the answer (or before the cut), so that
 *   whoever has the answer finds the request closed.
 */
export async function deliver(
  response: ServerResponse,
  answer: BytesAnswer,
  faults: readonly LateFault[],
  gone: Promise<unknown>,
  onLast: (outcome: "answered" | "cut") => void,
): Promise<void> {
  const cut = faultOf(faults, "cut-answer");
  const end = faultOf(faults, "end-answer");
  const hold = faultOf(faults, "hold-answer");
  const holdBytes = hold === undefined ? undefined : holdOffset(hold, answer.pieces);
  if (hold !== undefined && holdBytes === undefined) await Promise.race([hold?.until, gone]);
  const headers: Record<string, string> = { ...answer.headers };
  if (answer.sizeBytes !== undefined && end === undefined) {
    headers["content-length"] = String(answer.sizeBytes);
  }
  response.writeHead(answer.status, headers);
  if (cut !== undefined || hold !== undefined) response.flushHeaders();

  const crumbs = faultOf(faults, "pieces") ?? faultOf(faults, "split-characters");
  let pieces = firstBytes(
    answer.pieces,
    Math.min(cut?.afterBytes ?? Infinity, end?.afterBytes ?? Infinity),
  );
  if (crumbs?.kind === "pieces") pieces = inPieces(pieces, crumbs.sizeBytes);
  if (crumbs?.kind === "split-characters") pieces = insideCharacters(pieces);
  if (holdBytes !== undefined) pieces = cutAt(pieces, holdBytes);

  const iterator = pieces[Symbol.iterator]();
  let next = iterator.next();
  let sentBytes = 0;
  while (next.done !== true) {
    const piece = next.value;
    next = iterator.next();
    if (holdBytes === sentBytes) await Promise.race([hold?.until, gone]);
    if (next.done === true && cut === undefined) onLast("answered");
    sentBytes += piece.length;
    await Promise.race([write(response, piece), gone]);
    if (crumbs !== undefined) await setImmediate();
  }
  if (holdBytes !== undefined && holdBytes >= sentBytes) await Promise.race([hold?.until, gone]);
  onLast(cut === undefined ? "answered" : "cut");
  if (cut === undefined) response.end();
  else response.destroy();
}

/** How many bytes go out before the gate; undefined: not even the head. */
function holdOffset(hold: FaultOf<"hold-answer">, pieces: Iterable<Buffer>): number | undefined {
  if (hold.afterEvents === undefined) return hold.afterBytes;
  let sizeBytes = 0;
  for (const [index, piece] of [...pieces].entries()) {
    if (index < hold.afterEvents) sizeBytes += piece.length;
  }
  return sizeBytes;
}

function write(response: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((written) => response.write(piece, () => written()));
}

function* cutAt(pieces: Iterable<Buffer>, offsetBytes: number): Iterable<Buffer> {
  let startBytes = 0;
  for (const piece of pieces) {
    const at = offsetBytes - startBytes;
    startBytes += piece.length;
    if (at <= 0 || at >= piece.length) yield piece;
    else yield* [piece.subarray(0, at), piece.subarray(at)];
  }
}
