/** Hands what a muxer writes to a reader, piece by piece, at the reader's pace. */
import type { StreamTargetChunk } from "mediabunny";
import type { FilePiece } from "../types.ts";

export interface PieceChannel {
  /** Where the muxer writes. */
  readonly writable: WritableStream<StreamTargetChunk>;
  /** Whether the reader has left: nothing that is written arrives any more. */
  readonly isLeft: () => boolean;
  /** Lets the reader see the end. */
  end(): void;
  /** Ends when `end` was called and all was taken. */
  pieces(): AsyncGenerator<FilePiece>;
}

interface Offer {
  readonly piece: FilePiece;
  readonly taken: () => void;
  readonly refused: (reason: Error) => void;
}

export function pieceChannel(): PieceChannel {
  let offer: Offer | undefined;
  let isEnded = false;
  let isLeft = false;
  let wake = () => {};

  const left = () => new Error("the reader has left");
  const writable = new WritableStream<StreamTargetChunk>({
    write({ data, position }) {
      if (isLeft) throw left();
      return new Promise((taken, refused) => {
        offer = { piece: { bytes: data, offsetBytes: position }, taken, refused };
        wake();
      });
    },
  });

  async function* pieces(): AsyncGenerator<FilePiece> {
    try {
      while (offer !== undefined || !isEnded) {
        if (offer === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        } else {
          const { piece, taken } = offer;
          offer = undefined;
          taken();
          yield piece;
        }
      }
    } finally {
      isLeft = true;
      offer?.refused(left());
    }
  }

  return {
    writable,
    isLeft: () => isLeft,
    end() {
      isEnded = true;
      wake();
    },
    pieces,
  };
}
