/** Who can read what a vendor answered once. */
import type { AnswerReader } from "../formats/reading/vendor-answers.ts";
import { PROVIDERS } from "../providers/registry.ts";

/** All providers that can read what they answered, in the order of the registry. */
export async function loadAnswerReaders(): Promise<readonly AnswerReader[]> {
  const remote = PROVIDERS.filter((provider) => provider.remote);
  const providers = await Promise.all(remote.map((provider) => provider.load()));
  return providers.flatMap(({ id, readAnswers }) =>
    readAnswers === undefined ? [] : [{ id, readAnswers }],
  );
}
