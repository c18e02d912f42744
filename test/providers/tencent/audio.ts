/** Audio made by hand, as the runner hands it to a provider. */
import type { AudioInput } from "../../../src/providers/contract.ts";

/** 16-bit samples that differ from place to place, so that nothing can be swapped unseen. */
export function samples(durationMs: number, sampleRate = 16_000, channels = 1): Buffer {
  const bytes = Buffer.alloc(Math.round((durationMs * sampleRate) / 1000) * 2 * channels);
  let state = 1;
  for (let at = 0; at < bytes.length; at += 2) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    bytes.writeInt16LE(((state >> 8) % 16_384) - 8192, at);
  }
  return bytes;
}

/** A RIFF/WAVE file; `before` and `after` are chunks around the samples. */
export function wavFile(
  pcm: Buffer,
  { sampleRate = 16_000, channels = 1, dataBytes = pcm.length, before = 0, after = 0 } = {},
): Buffer {
  const list = (sizeBytes: number) =>
    sizeBytes === 0 ? Buffer.alloc(0) : chunk("LIST", Buffer.alloc(sizeBytes, "x"));
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * channels * 2, 8);
  format.writeUInt16LE(channels * 2, 12);
  format.writeUInt16LE(16, 14);
  const data = Buffer.concat([chunkHead("data", dataBytes), pcm]);
  const inside = Buffer.concat([
    Buffer.from("WAVE"),
    chunk("fmt ", format),
    list(before),
    data,
    list(after),
  ]);
  return Buffer.concat([chunkHead("RIFF", inside.length), inside]);
}

function chunk(name: string, content: Buffer): Buffer {
  const padding = Buffer.alloc(content.length % 2);
  return Buffer.concat([chunkHead(name, content.length), content, padding]);
}

function chunkHead(name: string, sizeBytes: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, "latin1");
  head.writeUInt32LE(sizeBytes, 4);
  return head;
}

/** Bytes as an input; read in pieces that fit nothing in particular. */
export function inputOf(
  bytes: Buffer,
  shape: Partial<Omit<AudioInput, "open">> = {},
  pieceBytes = 7777,
): AudioInput & { readonly opened: () => number } {
  let opened = 0;
  return {
    container: "pcm",
    encoding: "s16le",
    sampleRate: 16_000,
    channels: 1,
    sizeBytes: bytes.length,
    reopenable: true,
    ...shape,
    opened: () => opened,
    async *open(signal) {
      opened++;
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        signal?.throwIfAborted();
        yield bytes.subarray(at, at + pieceBytes);
      }
    },
  };
}

export function pcmInput(durationMs: number, shape: Partial<Omit<AudioInput, "open">> = {}) {
  const bytes = samples(durationMs, shape.sampleRate, shape.channels);
  return { ...inputOf(bytes, { durationMs, ...shape }), bytes };
}

export function wavInput(durationMs: number, shape: Partial<Omit<AudioInput, "open">> = {}) {
  const { sampleRate = 16_000, channels = 1 } = shape;
  const bytes = wavFile(samples(durationMs, sampleRate, channels), { sampleRate, channels });
  return { ...inputOf(bytes, { container: "wav", durationMs, ...shape }), bytes };
}

/** A SILK file of frames of random-looking sizes. */
export function silkFile(frameCount: number, { mark = true, end = true } = {}): Buffer {
  const frames = Array.from({ length: frameCount }, (_, index) => {
    const frame = samples(2).subarray(0, 20 + ((index * 7) % 30));
    const size = Buffer.alloc(2);
    size.writeUInt16LE(frame.length);
    return Buffer.concat([size, frame]);
  });
  return Buffer.concat([
    mark ? Buffer.of(2) : Buffer.alloc(0),
    Buffer.from("#!SILK_V3"),
    ...frames,
    end ? Buffer.of(0xff, 0xff) : Buffer.alloc(0),
  ]);
}

/** Speex in Ogg: two header pages, then pages of `samplesPerPage` samples each. */
export function oggSpeexFile(pageCount: number, samplesPerPage: number): Buffer {
  const head = Buffer.alloc(80);
  head.write("Speex   1.2", 0, "latin1");
  const pages = [oggPage(0n, head), oggPage(0n, Buffer.from("comment"))];
  for (let index = 1; index <= pageCount; index++) {
    const body = samples(20).subarray(0, 200 + ((index * 13) % 100));
    pages.push(oggPage(BigInt(index * samplesPerPage), body));
  }
  return Buffer.concat(pages);
}

function oggPage(granule: bigint, body: Buffer): Buffer {
  const lengths = [...Array<number>(Math.floor(body.length / 255)).fill(255), body.length % 255];
  const header = Buffer.alloc(27);
  header.write("OggS", 0, "latin1");
  header.writeBigInt64LE(granule, 6);
  header[26] = lengths.length;
  return Buffer.concat([header, Buffer.from(lengths), body]);
}
