/** How far a job is, as its worker tells it. */
import { z } from "zod";
import type { Stage } from "../jobs/recognise.ts";

const STAGES = ["decoding", "looking for pauses", "waiting"] as const satisfies readonly Stage[];

const progressSchema = z.object({
  /** Milliseconds of audio that were worked through. */
  audioMs: z.number().min(0),
  /** What is done before anything is sent; missing: it is being recognised. */
  stage: z.exactOptional(z.enum(STAGES)),
});

export type JobProgress = z.infer<typeof progressSchema>;

/** Undefined for what this version does not know: progress is nobody's loss. */
export function readProgress(data: unknown): JobProgress | undefined {
  return progressSchema.safeParse(data).data;
}
