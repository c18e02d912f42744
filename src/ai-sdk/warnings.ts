/** Warnings in the terms of the AI SDK. */
import type { SharedV4Warning } from "@ai-sdk/provider";
import type { Warning } from "../transcript/transcript.ts";

const UNSUPPORTED = "unsupported-";

/** A feature that the vendor lacks is named as the option of ours. */
export function warningFor({ code, message }: Warning): SharedV4Warning {
  if (!code.startsWith(UNSUPPORTED)) return { type: "other", message };
  return { type: "unsupported", feature: code.slice(UNSUPPORTED.length), details: message };
}

/** The SDK names itself in every call; what a program adds can't be passed on: requests are signed. */
export function headerWarnings(
  headers: Readonly<Record<string, string | undefined>> = {},
): SharedV4Warning[] {
  const given = Object.keys(headers).filter((name) => name.toLowerCase() !== "user-agent");
  if (given.length === 0) return [];
  const details = `not sent: ${given.join(", ")}`;
  return [{ type: "unsupported", feature: "headers", details }];
}
