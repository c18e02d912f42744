import type { AnswerReader } from "../../../src/formats/reading/vendor-answers.ts";
import { PROVIDERS } from "../../../src/providers/registry.ts";

/** Every provider that reads stored answers. */
export async function answerReaders(): Promise<AnswerReader[]> {
  const remote = PROVIDERS.filter((provider) => provider.remote);
  const providers = await Promise.all(remote.map(({ load }) => load()));
  return providers.flatMap(({ id, readAnswers }) =>
    readAnswers === undefined ? [] : [{ id, readAnswers }],
  );
}
