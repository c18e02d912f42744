/** Audio made by hand. */

/** 16-bit mono PCM: a ramp that never looks like a container. */
export function pcm(durationMs: number, sampleRate = 16_000): Buffer {
  const bytes = Buffer.alloc(Math.round((durationMs * sampleRate) / 1000) * 2);
  for (let at = 0; at < bytes.length; at += 2) bytes.writeInt16LE((at / 2) % 1000, at);
  return bytes;
}

export interface WavShape {
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly bitsPerSample?: number;
  readonly formatTag?: number;
  /** Default: the size of the samples. */
  readonly declaredDataBytes?: number;
  /** A chunk before the samples, as players write it. */
  readonly listBytes?: number;
}

/** A RIFF/WAVE file around samples. */
export function wav(samples: Buffer, shape: WavShape = {}): Buffer {
  const { sampleRate = 16_000, channels = 1, bitsPerSample = 16, formatTag = 1 } = shape;
  const blockAlign = (channels * bitsPerSample) / 8;
  const format = Buffer.alloc(24);
  format.write("fmt ", 0, "latin1");
  format.writeUInt32LE(16, 4);
  format.writeUInt16LE(formatTag, 8);
  format.writeUInt16LE(channels, 10);
  format.writeUInt32LE(sampleRate, 12);
  format.writeUInt32LE(sampleRate * blockAlign, 16);
  format.writeUInt16LE(blockAlign, 20);
  format.writeUInt16LE(bitsPerSample, 22);
  const list = shape.listBytes === undefined ? Buffer.alloc(0) : chunk("LIST", shape.listBytes);
  const data = Buffer.alloc(8);
  data.write("data", 0, "latin1");
  data.writeUInt32LE(shape.declaredDataBytes ?? samples.length, 4);
  const inside = Buffer.concat([Buffer.from("WAVE", "latin1"), format, list, data, samples]);
  const head = Buffer.alloc(8);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(inside.length, 4);
  return Buffer.concat([head, inside]);
}

function chunk(name: string, sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(8 + sizeBytes + (sizeBytes % 2));
  bytes.write(name, 0, "latin1");
  bytes.writeUInt32LE(sizeBytes, 4);
  return bytes;
}

const latin1 = (text: string, sizeBytes = 200) => {
  const bytes = Buffer.alloc(sizeBytes);
  bytes.write(text, 0, "latin1");
  return bytes;
};

/** The first bytes of every container that a vendor tells apart. */
export const SAMPLES = {
  wav: wav(pcm(100)),
  pcm: pcm(100),
  mp3: Buffer.concat([Buffer.of(0xff, 0xfb, 0x90, 0x64), Buffer.alloc(413)]),
  "mp3 with tags": latin1("ID3\u0004"),
  aac: Buffer.concat([Buffer.of(0xff, 0xf1, 0x50, 0x80), Buffer.alloc(200)]),
  m4a: latin1("\0\0\0\u0020ftypM4A "),
  amr: latin1("#!AMR\n"),
  silk: latin1("\u0002#!SILK_V3"),
  "ogg-opus": latin1(`OggS${"\0".repeat(24)}OpusHead`),
  "ogg-vorbis": latin1(`OggS${"\0".repeat(24)}\u0001vorbis`),
  "ogg-speex": latin1(`OggS${"\0".repeat(24)}Speex   `),
  flac: latin1("fLaC"),
  "mp3 of even length": Buffer.concat([Buffer.of(0xff, 0xfb, 0x90, 0x64), Buffer.alloc(400)]),
  "half a sample": pcm(100).subarray(1),
  "wav without samples": wav(Buffer.alloc(0)),
  "half a wav header": wav(pcm(100)).subarray(0, 30),
} as const;
