/** The version of our JSON: what is written; what is read may be older, never newer. */
export const SCHEMA_VERSION = 1;
