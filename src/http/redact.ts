/** Takes secrets out of text before anybody sees it. */
import { AsrError } from "../errors.ts";

const MASK = "***";

/** Replaces each secret, as it is and as it stands in a URL or in base64's URL form. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodeURIComponent(secret), formEncoded(secret)]);
  // Longest first: a secret may be part of another.
  return [...new Set(forms)]
    .sort((a, b) => b.length - a.length)
    .reduce((masked, form) => masked.replaceAll(form, MASK), text);
}

/** As `application/x-www-form-urlencoded` writes it. */
function formEncoded(secret: string): string {
  return new URLSearchParams({ "": secret }).toString().slice(1);
}

/** The same error without the secrets; the very same object where it holds none. */
export function redactError(error: AsrError, secrets: readonly string[]): AsrError {
  const { message, details } = error;
  const clean = (text: string) => redact(text, secrets);
  const texts = Object.entries(details).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const masked = Object.fromEntries(texts.map(([name, text]) => [name, clean(text)]));
  const dirtyCause =
    details.cause !== undefined && clean(textOf(details.cause)) !== textOf(details.cause);
  if (
    clean(message) === message &&
    texts.every(([name, text]) => masked[name] === text) &&
    !dirtyCause
  ) {
    return error;
  }
  return new AsrError(error.kind, clean(message), {
    ...details,
    ...masked,
    ...(dirtyCause ? { cause: clean(textOf(details.cause)) } : {}),
  });
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
