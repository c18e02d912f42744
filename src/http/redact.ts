/** Takes secrets out of text before anybody sees it. */
import { AsrError } from "../errors.ts";

const MASK = "***";

/** So much of a secret's beginning is masked wherever it stands: no accident, and worth stealing. */
const START_CHARACTERS = 8;
/** So much where the text was cut. Less says nothing: AKID, cli_ and sk- are public. */
const CUT_START_CHARACTERS = 5;
/** What a text ends with that was cut by us, or by whoever sent it. */
const CUT = /^(?:…|\.{3}|$)/;

/**
 * Replaces each secret, as it is and as it stands in a URL or in base64's URL form, and what is
 * left of its beginning where a message was cut in the middle of it.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return redactor(secrets)(text);
}

/** The same for many texts: what is looked for is made out once. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodeURIComponent(secret), formEncoded(secret)]);
  // Longest first: a secret may be part of another.
  const sorted = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => {
    const masked = sorted.reduce((clean, form) => clean.replaceAll(form, MASK), text);
    return sorted.reduce(maskStarts, masked);
  };
}

/** As `application/x-www-form-urlencoded` writes it. */
function formEncoded(secret: string): string {
  return new URLSearchParams({ "": secret }).toString().slice(1);
}

/** Masks what a form begins with, where enough of it stands in the text. */
function maskStarts(text: string, form: string): string {
  const least = form.slice(0, CUT_START_CHARACTERS);
  if (least.length < CUT_START_CHARACTERS) return text;
  let clean = "";
  let from = 0;
  for (let at = text.indexOf(least); at !== -1; at = text.indexOf(least, from)) {
    let end = at + least.length;
    while (end < text.length && text[end] === form[end - at]) end++;
    const masked = end - at >= START_CHARACTERS || CUT.test(text.slice(end, end + 3));
    clean += text.slice(from, at) + (masked ? MASK : text.slice(at, end));
    from = end;
  }
  return clean + text.slice(from);
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
