/** The vendor's own parameters (both documents, "请求体") that are not the program's to fill in. */
import { z } from "zod";

export const ENGINE = "16k_auto";
/** `action` of packets between the first and the last: undocumented, 0 in users' programs. */
export const DEFAULT_MIDDLE_ACTION = 0;
const END_ACTION = 2;
const ABORT_ACTION = 3;

const shared = {
  format: z
    .literal("pcm")
    .optional()
    .meta({ description: "format of the audio; pcm is the only one", default: "pcm" }),
  engine_type: z.literal(ENGINE).optional().meta({
    description: "engine; 16k_auto (Mandarin and English) is the only one",
    default: ENGINE,
  }),
};

export const FILE_PARAMETERS = z.strictObject(shared);

export const STREAM_PARAMETERS = z.strictObject({
  ...shared,
  middle_action: z
    .int()
    .min(0)
    .refine((action) => action !== END_ACTION && action !== ABORT_ACTION, {
      error: "must not be 2 or 3, which end the stream",
    })
    .optional()
    .meta({
      description:
        "value of the parameter action in packets that are neither first nor last (not 2 or 3)",
      default: DEFAULT_MIDDLE_ACTION,
    }),
});

/** Filled in by the program: whoever sets one of these would break the request. */
export const OWNED_NAMES: readonly string[] = [
  "speech",
  "speech.speech",
  "file_id",
  "stream_id",
  "sequence_id",
  "action",
];
