/** The part of wav-decoder 1.3.0 that is used here; the package has no types of its own. */
declare module "wav-decoder" {
  interface DecodedWav {
    readonly sampleRate: number;
    readonly numberOfChannels: number;
    readonly length: number;
    readonly channelData: readonly Float32Array[];
  }
  interface DecodeOptions {
    /** Divides by 2^(bits-1) on both sides of zero. */
    readonly symmetric?: boolean;
  }
  interface Decode {
    (wav: ArrayBuffer, options?: DecodeOptions): Promise<DecodedWav>;
    sync(wav: ArrayBuffer, options?: DecodeOptions): DecodedWav;
  }
  export const decode: Decode;
}
