/**
 * Reads the platform's answers: leniently, since fields come and go; what is needed must be there.
 */
import { z } from "zod";
import { type AnswerOptions, readJson } from "../../http/answer.ts";
import type { HttpResponse } from "../../http/transport.ts";
import { logIdOf, refusal, strangeAnswer } from "./failure.ts";
import type { Site } from "./site.ts";

const text = z.string().optional().catch(undefined);

const ANSWER = z.object({
  code: z.int(),
  msg: text,
  data: z
    .object({
      recognition_text: text,
      stream_id: text,
      // A number by the document; a gateway may make it a string.
      sequence_id: z.union([z.number(), z.string()]).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  tenant_access_token: text,
  expire: z.number().positive().optional().catch(undefined),
  error: z.object({ log_id: text, troubleshooter: text }).optional().catch(undefined),
});

/** The longest that any token lives, in seconds: where an answer does not say, a bad one tells. */
const TOKEN_LIFE_SECONDS = 7200;

async function readAnswer(site: Site, response: HttpResponse, options: AnswerOptions = {}) {
  const raw = await readJson(response, options);
  const parsed = ANSWER.safeParse(raw);
  if (!parsed.success)
    throw strangeAnswer(site, `JSON that is no answer of ${site.name}`, response);
  const answer = parsed.data;
  if (answer.code !== 0 || response.status >= 400) throw refusal(site, answer, response);
  return { ...answer, raw };
}

/** Recognised text, and the answer it came in. */
export interface Recognised {
  readonly text: string;
  /** Of the answer's headers. */
  readonly logId?: string;
  readonly raw: unknown;
}

/** @throws AsrError of the answer's code; "network" where it is no answer of the platform. */
export async function readRecognised(site: Site, response: HttpResponse): Promise<Recognised> {
  return recognised(await readAnswer(site, response), response);
}

export interface PacketKey {
  readonly streamId: string;
  readonly sequence: number;
}

/** As `readRecognised`; the answer must be for our packet where it says which it is for. */
export async function readPacketAnswer(
  site: Site,
  response: HttpResponse,
  { streamId, sequence }: PacketKey,
): Promise<Recognised> {
  const answer = await readAnswer(site, response);
  const { stream_id: echoedStream = streamId, sequence_id: echoedSequence = sequence } =
    answer.data ?? {};
  if (echoedStream !== streamId || String(echoedSequence) !== String(sequence)) {
    throw strangeAnswer(site, "the answer to another packet", response);
  }
  return recognised(answer, response);
}

function recognised(
  { data, raw }: Awaited<ReturnType<typeof readAnswer>>,
  response: HttpResponse,
): Recognised {
  const logId = logIdOf(response);
  return { text: data?.recognition_text ?? "", raw, ...(logId === undefined ? {} : { logId }) };
}

export interface IssuedToken {
  readonly token: string;
  readonly lifeMs: number;
}

/** @throws AsrError kind "credentials" for 10003 and 10014, which come with HTTP 200. */
export async function readToken(site: Site, response: HttpResponse): Promise<IssuedToken> {
  const answer = await readAnswer(site, response, { secret: true });
  const { tenant_access_token: token, expire } = answer;
  if (token === undefined || token === "") {
    throw strangeAnswer(site, "a token answer without a token", response);
  }
  return { token, lifeMs: (expire ?? TOKEN_LIFE_SECONDS) * 1000 };
}
