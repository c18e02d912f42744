/** Which container and codec is decoded how; a library is loaded when it is needed. */
import type { AudioFacts } from "../../types.ts";
import { openAmr } from "./amr.ts";
import { openFlac, openOggFlac } from "./flac.ts";
import { openMp3 } from "./mp3.ts";
import { openOggOpus } from "./ogg-opus.ts";
import { openOggVorbis } from "./ogg-vorbis.ts";
import { flacPackets, mp3Packets, opusPackets } from "./packet-route.ts";
import { type Route, streamRoute } from "./route.ts";
import { openSilk } from "./silk.ts";

const PACKETS: Readonly<Record<string, Route>> = {
  opus: opusPackets,
  flac: flacPackets,
  mp3: mp3Packets,
};

const ROUTES: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  mp3: { mp3: streamRoute(openMp3) },
  flac: { flac: streamRoute(openFlac) },
  ogg: {
    opus: streamRoute(openOggOpus),
    vorbis: streamRoute(openOggVorbis),
    flac: streamRoute(openOggFlac),
  },
  amr: { amr: streamRoute(openAmr) },
  silk: { silk: streamRoute(openSilk) },
  webm: PACKETS,
  mkv: PACKETS,
  mp4: PACKETS,
  m4a: PACKETS,
};

/** What the narrow band decoder takes. */
const AMR_RATE = 8000;

/** Undefined where no decoder comes with the program. */
export function routeOf({ container, encoding, sampleRate }: AudioFacts): Route | undefined {
  if (encoding === "amr" && sampleRate !== AMR_RATE) return undefined;
  return ROUTES[container]?.[encoding];
}
