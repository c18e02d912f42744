/** Reads a RIFF/WAVE container as it streams by. */

/** What the header says, and what came. */
export interface WavFacts {
  /** 1 PCM, 3 IEEE float, 6 A-law, 7 mu-law; of EXTENSIBLE the one inside. */
  readonly formatTag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly blockAlignBytes: number;
  /** Size of the data chunk as declared; 0xFFFFFFFF where the writer did not know. */
  readonly declaredDataBytes: number;
  /** Where the samples begin. */
  readonly dataOffsetBytes: number;
  /** Bytes of samples that came. */
  readonly dataBytes: number;
}

const EXTENSIBLE = 0xfffe;
const UNKNOWN_SIZE = 0xffffffff;

type State = "riff" | "chunk" | "format" | "skip" | "data" | "broken";

export class WavScanner {
  /** Why the container can't be read, once it can't. */
  problem: string | undefined;
  #state: State = "riff";
  #pending: Buffer = Buffer.alloc(0);
  #offsetBytes = 0;
  #chunkBytes = 0;
  #leftBytes = 0;
  #format: Buffer | undefined;
  #dataOffsetBytes = 0;
  #declaredDataBytes = 0;
  #dataBytes = 0;

  /** @param chunk the next bytes of the file, from its first on. */
  push(chunk: Buffer): void {
    let rest = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    let before = -1;
    while (rest.length !== before && rest.length > 0) {
      before = rest.length;
      rest = this.#step(rest);
    }
    this.#pending = rest;
  }

  /** @returns undefined where the file never got as far as its samples. */
  facts(): WavFacts | undefined {
    const format = this.#format;
    if (format === undefined || this.#dataOffsetBytes === 0) return undefined;
    const tag = format.readUInt16LE(0);
    const inside = tag === EXTENSIBLE && format.length >= 26 ? format.readUInt16LE(24) : tag;
    return {
      formatTag: inside,
      channels: format.readUInt16LE(2),
      sampleRate: format.readUInt32LE(4),
      bitsPerSample: format.readUInt16LE(14),
      blockAlignBytes: format.readUInt16LE(12),
      declaredDataBytes: this.#declaredDataBytes,
      dataOffsetBytes: this.#dataOffsetBytes,
      dataBytes: this.#dataBytes,
    };
  }

  #step(rest: Buffer): Buffer {
    switch (this.#state) {
      case "riff":
        if (rest.length < 12) return rest;
        this.#state = "chunk";
        return this.#take(rest, 12);
      case "chunk":
        return rest.length < 8 ? rest : this.#openChunk(rest);
      case "format": {
        if (rest.length < this.#chunkBytes) return rest;
        this.#format = Buffer.from(rest.subarray(0, this.#chunkBytes));
        this.#skip(this.#chunkBytes % 2);
        return this.#take(rest, this.#chunkBytes);
      }
      case "skip": {
        const taken = Math.min(rest.length, this.#leftBytes);
        this.#skip(this.#leftBytes - taken);
        return this.#take(rest, taken);
      }
      case "data": {
        const taken = Math.min(rest.length, this.#leftBytes);
        this.#leftBytes -= taken;
        this.#dataBytes += taken;
        if (this.#leftBytes === 0) this.#skip(this.#declaredDataBytes % 2);
        return this.#take(rest, taken);
      }
      case "broken":
        return Buffer.alloc(0);
    }
  }

  #openChunk(rest: Buffer): Buffer {
    const name = rest.toString("latin1", 0, 4);
    const sizeBytes = rest.readUInt32LE(4);
    this.#chunkBytes = sizeBytes;
    if (name === "fmt ") {
      if (sizeBytes < 16 || sizeBytes > 4096) return this.#break(`fmt chunk of ${sizeBytes} bytes`);
      this.#state = "format";
    } else if (name === "data" && this.#dataOffsetBytes === 0) {
      if (this.#format === undefined) return this.#break("data before fmt");
      this.#declaredDataBytes = sizeBytes;
      this.#leftBytes = sizeBytes === UNKNOWN_SIZE ? Infinity : sizeBytes;
      this.#dataOffsetBytes = this.#offsetBytes + 8;
      this.#state = "data";
    } else {
      this.#skip(sizeBytes + (sizeBytes % 2));
    }
    return this.#take(rest, 8);
  }

  #skip(bytes: number): void {
    this.#leftBytes = bytes;
    this.#state = bytes === 0 ? "chunk" : "skip";
  }

  #break(problem: string): Buffer {
    this.problem = problem;
    this.#state = "broken";
    return Buffer.alloc(0);
  }

  #take(rest: Buffer, bytes: number): Buffer {
    this.#offsetBytes += bytes;
    return rest.subarray(bytes);
  }
}

/** What is wrong with a whole WAV file; undefined: nothing. */
export function wavProblem(scanner: WavScanner): string | undefined {
  const facts = scanner.facts();
  if (scanner.problem !== undefined) return scanner.problem;
  if (facts === undefined) return "no fmt or no data chunk";
  if (facts.channels < 1 || facts.sampleRate < 1) return "no channels or no sample rate";
  const align = (facts.channels * facts.bitsPerSample) / 8;
  if (facts.formatTag === 1 && facts.blockAlignBytes !== align) {
    return `block align ${facts.blockAlignBytes} with ${facts.channels} × ${facts.bitsPerSample} bit`;
  }
  if (facts.dataBytes === 0) return "no samples";
  return undefined;
}

/** Length of the samples that came, in milliseconds. */
export function wavDurationMs(facts: WavFacts): number {
  return Math.round((facts.dataBytes / facts.blockAlignBytes / facts.sampleRate) * 1000);
}
