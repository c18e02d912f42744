/** SQLite as Node brings it, loaded when the first ledger is opened. */
type Sqlite = typeof import("node:sqlite");

let loading: Promise<Sqlite> | undefined;

/** On Node 22 the module works as on 24, but warns of itself while it is loaded. */
export function loadSqlite(): Promise<Sqlite> {
  loading ??= loadQuietly();
  return loading;
}

async function loadQuietly(): Promise<Sqlite> {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    const text = typeof warning === "string" ? warning : warning.message;
    if (!text.startsWith("SQLite is an experimental feature")) emitWarning(warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    return await import("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
