/** What there is a schema of. */
export const SCHEMA_NAMES = ["transcript", "events", "config", "case"] as const;

export type SchemaName = (typeof SCHEMA_NAMES)[number];
