/** What a program hands over as audio, as bytes to read. */
import { basename, resolve } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { blobSource, bytesSource } from "../audio/memory-source.ts";
import { fileSource, streamSource } from "../audio/source.ts";
import type { ByteSource } from "../audio/types.ts";
import { usageError } from "../errors.ts";
import type { Input } from "../jobs/inputs/input.ts";
import type { AudioSource } from "./options.ts";

export interface OpenedAudio {
  /** Its path tells whether headerless audio is expected. */
  readonly input: Input;
  open(): Promise<ByteSource>;
}

/**
 * @param name what messages call it; undefined: the path, a file's own name, or "audio"
 * @throws AsrError kind "usage" for what is no audio
 */
export function openAudio(audio: AudioSource, name?: string): OpenedAudio {
  if (typeof audio === "string") return ofPath(audio, name ?? audio);
  if (audio instanceof URL) {
    if (audio.protocol !== "file:") throw addressError(audio.protocol);
    const path = fileURLToPath(audio);
    return ofPath(path, name ?? path);
  }
  if (audio instanceof ArrayBuffer) return openAudio(new Uint8Array(audio), name);
  if (!isReadable(audio)) {
    throw usageError(
      "the audio is neither a path, bytes nor a stream",
      "give a path, a file: URL, a Uint8Array, a Blob or a stream of bytes",
    );
  }
  const named = name ?? nameOf(audio);
  const input: Input = { name: named, relativePath: named, explicit: true };
  return { input, open: async () => sourceOf(audio, named) };
}

type AudioObject = Exclude<AudioSource, string | URL | ArrayBuffer>;

function sourceOf(audio: AudioObject, name: string): ByteSource {
  if (audio instanceof Uint8Array) return bytesSource(audio, name);
  if (audio instanceof Blob) return blobSource(audio, name);
  if (audio instanceof Readable) return streamSource(audio, name);
  // Cancelled where the call is aborted; as an iterable it would have to bring something first.
  if (audio instanceof ReadableStream) return streamSource(Readable.fromWeb(audio), name);
  return streamSource(Readable.from(audio, { objectMode: false }), name);
}

/** Programs without types hand over anything. */
function isReadable(audio: unknown): boolean {
  if (audio instanceof Uint8Array || audio instanceof Blob) return true;
  return typeof audio === "object" && audio !== null && Symbol.asyncIterator in audio;
}

function ofPath(path: string, name: string): OpenedAudio {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1];
  if (scheme !== undefined) throw addressError(`${scheme}:`);
  const absolute = resolve(path);
  const input = { name, path: absolute, relativePath: basename(absolute), explicit: true };
  return { input, open: () => fileSource(absolute, name) };
}

function addressError(protocol: string) {
  return usageError(
    `audio is not fetched from ${protocol} addresses`,
    "fetch it, and give its body: (await fetch(url)).body",
  );
}

/** A `File` has one, and a stream of `fs` its path. */
function nameOf(audio: AudioObject): string {
  if ("path" in audio && typeof audio.path === "string") return audio.path;
  return "name" in audio && typeof audio.name === "string" && audio.name !== ""
    ? basename(audio.name)
    : "audio";
}
