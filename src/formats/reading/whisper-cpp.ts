/** The JSON of whisper.cpp (examples/cli, output_json): offsets in milliseconds, times as text. */
import { z } from "zod";
import type { Segment, Transcript } from "../../transcript/transcript.ts";

const interval = z.object({ from: z.number(), to: z.number() });

const OUTPUT = z.looseObject({
  model: z.looseObject({ type: z.string().optional() }).optional().catch(undefined),
  result: z.looseObject({ language: z.string().optional() }).optional().catch(undefined),
  transcription: z.array(
    z.looseObject({
      text: z.string(),
      offsets: interval,
      speaker: z.string().optional().catch(undefined),
    }),
  ),
});

/** @returns undefined for what is no such output. */
export function whisperCppTranscript(value: unknown): Transcript | undefined {
  const { data } = OUTPUT.safeParse(value);
  if (data === undefined) return undefined;
  const segments = data.transcription.flatMap(({ text, offsets, speaker }): Segment[] => {
    if (text.trim() === "") return [];
    const startMs = Math.max(0, Math.round(offsets.from));
    const endMs = Math.max(startMs, Math.round(offsets.to));
    return [{ text: text.trim(), startMs, endMs, ...(speaker === undefined ? {} : { speaker }) }];
  });
  const { model, result } = data;
  return {
    provider: "whisper",
    ...(model?.type === undefined ? {} : { model: model.type }),
    ...(result?.language === undefined ? {} : { language: result.language }),
    durationMs: segments.reduce((most, { endMs }) => Math.max(most, endMs), 0),
    segments,
    warnings: [],
    requestIds: [],
  };
}
