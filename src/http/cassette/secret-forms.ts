/** The ways in which a secret can stand in a text: as it is, encoded, or the beginning of it. Pure. */

/** Fewer say nothing, and stand everywhere. */
const LEAST_CHARACTERS = 4;
/** So few characters of base64 or hex stand in other texts by accident. */
const LEAST_ENCODED_CHARACTERS = 8;

/**
 * In lower case, as {@link lowerLatin} makes texts: as it is, in JSON, in an address (once and
 * twice), in hex, and in base64 at whatever place of what was encoded.
 */
export function secretForms(secret: string): string[] {
  if (secret.length < LEAST_CHARACTERS) return [];
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inAddress = encodeURIComponent(secret.toWellFormed());
  const plain = [
    Buffer.from(secret).toString("latin1"),
    Buffer.from(inJson).toString("latin1"),
    Buffer.from(inJson.replaceAll("/", "\\/")).toString("latin1"),
    inAddress,
    encodeURIComponent(inAddress),
    new URLSearchParams({ "": secret }).toString().slice(1),
  ];
  const encoded = [Buffer.from(secret).toString("hex"), ...base64Forms(Buffer.from(secret))];
  const forms = [
    ...plain,
    ...encoded.filter((form) => form.length >= LEAST_ENCODED_CHARACTERS),
  ].map(lowerLetters);
  return [...new Set(forms)];
}

/** What stands in base64 wherever the secret begins in a group of three, whatever surrounds it. */
function base64Forms(secret: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), secret]).toString("base64");
    const own = text.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + secret.length) * 8) / 6),
    );
    const inUrl = own.replaceAll("+", "-").replaceAll("/", "_");
    return [own, inUrl, encodeURIComponent(own)];
  });
}

/** Bytes as text of one character each, in lower case, so that places in it are places in them. */
export function lowerLatin(bytes: Uint8Array): string {
  return lowerLetters(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"),
  );
}

function lowerLetters(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
