/** Warnings about compressed audio that could be decoded all the same. */
import type { Recording } from "../../types.ts";
import type { Oddity } from "./decoder.ts";

type Warning = Recording["warnings"][number];

/** @param seconds how much sound had come out when it was met. */
export function oddityWarning(name: string, oddity: Oddity, seconds: number): Warning {
  const place = `${seconds.toFixed(1)} s`;
  return oddity === "damaged"
    ? {
        code: "audio-damaged",
        message: `${name} is damaged, first at about ${place}: what can't be decoded is left out`,
      }
    : {
        code: "audio-cut-short",
        message: `${name} is cut short: it ends inside its data, after ${place}`,
      };
}
