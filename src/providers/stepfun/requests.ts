/** The request (document, "请求头" and "请求参数"). Pure. */
import { base64JsonBody } from "../../http/base64-body.ts";
import type { Body } from "../../http/body.ts";
import type { HttpRequest } from "../../http/transport.ts";

export interface RecognitionFields {
  readonly transcription: object;
  readonly format: object;
}

/** @param audio The audio's bytes: they pass through as base64, never whole in memory. */
export function recognitionRequest(
  url: URL,
  apiKey: string,
  audio: Body,
  { transcription, format }: RecognitionFields,
): HttpRequest {
  const input = JSON.stringify({ transcription, format });
  return {
    method: "POST",
    url,
    headers: {
      Authorization: `Bearer ${apiKey}`,
      "Content-Type": "application/json",
      Accept: "text/event-stream",
    },
    body: base64JsonBody('{"audio":{"data":"', audio, `","input":${input}}}`),
  };
}
