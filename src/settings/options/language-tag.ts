/** A BCP 47 tag by its shape; whether a provider has the language is the provider's business. */
export const LANGUAGE_TAG = {
  kind: "string",
  pattern: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/,
  expects: 'a BCP 47 tag such as "zh" or "en-GB", or "auto"',
} as const;
