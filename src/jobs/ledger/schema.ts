/** The tables of a ledger, and how older ones become these. Paths of outputs: see `outputs`. */

/** Written into each ledger; a program that finds a larger one does not touch it. */
export const SCHEMA_VERSION = 1;

/** "asr1": `file` and other programs can tell what the database is. */
export const APPLICATION_ID = 0x61737231;

/**
 * Steps from each version to the next; the first makes an empty database a ledger. Never edit a
 * step that was released: add one.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- Processes that work on the folder, or did and were killed.
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    -- What tells one start of a machine (and its process numbers) from another, where that is known.
    machine TEXT,
    -- What tells a process from a later one with the same number, where that is known.
    process_start TEXT,
    started_ms INTEGER NOT NULL,
    heartbeat_ms INTEGER NOT NULL
  ) WITHOUT ROWID;

  -- What command lines asked for; each once.
  CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    -- JSON object: flags by their options' keys.
    flags TEXT NOT NULL,
    working_folder TEXT NOT NULL
  );

  CREATE TABLE inputs (
    id INTEGER PRIMARY KEY,
    -- Absolute; "-" is stdin.
    path TEXT NOT NULL,
    -- As messages name it.
    name TEXT NOT NULL,
    -- 0 where a folder brought it.
    explicit INTEGER NOT NULL,
    -- What a list says of it, as a JSON object.
    own TEXT,
    -- The newest that named it.
    order_id INTEGER NOT NULL REFERENCES orders (id),
    -- Who is to recognise it, or did.
    provider TEXT NOT NULL,
    -- What a list calls its result; empty otherwise. One input may have several.
    output_name TEXT NOT NULL DEFAULT '',
    -- Below the folder, or as named: what the output keeps of the path.
    relative_path TEXT NOT NULL,
    -- NULL where it is no file, or was never looked at.
    size_bytes INTEGER,
    modified_ms REAL,
    sha256 TEXT,
    -- Hash of what changes the result.
    settings TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    -- Whose it is while it is running.
    run TEXT,
    -- Rises with each change of state: whoever decides on an old one loses.
    version INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    -- Equal for what failed alike.
    error_group TEXT,
    -- What can be said of all of them.
    error_title TEXT,
    error_kind TEXT,
    error_message TEXT,
    error_reason TEXT,
    error_hint TEXT,
    error_provider TEXT,
    error_request_id TEXT,
    error_retryable INTEGER,
    -- A number or a text, as it came.
    vendor_code ANY,
    -- JSON list.
    request_ids TEXT,
    billed_ms INTEGER,
    duration_ms INTEGER,
    started_ms INTEGER,
    ended_ms INTEGER,
    UNIQUE (path, output_name)
  );
  CREATE INDEX inputs_by_state ON inputs (state);
  CREATE INDEX inputs_by_run ON inputs (run) WHERE run IS NOT NULL;
  CREATE INDEX inputs_by_error ON inputs (error_group) WHERE state = 'failed';

  -- The files that are asr's own in the folder.
  CREATE TABLE outputs (
    -- Below the output folder, with "/".
    path TEXT PRIMARY KEY,
    input INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
    format TEXT NOT NULL,
    -- What of the settings changes it, beside what is recognised (a subtitle style).
    variant TEXT NOT NULL,
    -- NULL while it is not written to its end, or where it is of older settings.
    size_bytes INTEGER,
    modified_ms REAL
  ) WITHOUT ROWID;
  CREATE INDEX outputs_by_input ON outputs (input);

  -- Files with what there was of results that failed; asr's own as long as nobody changes them.
  CREATE TABLE kept (
    -- As in outputs.
    path TEXT PRIMARY KEY,
    input INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
    size_bytes INTEGER NOT NULL,
    modified_ms REAL NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX kept_by_input ON kept (input);

  -- What was answered for each request of an input.
  CREATE TABLE parts (
    input INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
    -- Names the audio of the request: its pieces of the recording, and the channel.
    request TEXT NOT NULL,
    -- Of the recording; NULL: all of it.
    start_ms INTEGER,
    end_ms INTEGER,
    channel INTEGER,
    request_id TEXT,
    billed_ms INTEGER NOT NULL,
    -- What the provider said, a JSON list as raw DEFLATE (RFC 1951). Kept when the input is done:
    -- a result that is lost, or wanted in a further format, is written again without a request.
    events BLOB NOT NULL,
    saved_ms INTEGER NOT NULL,
    PRIMARY KEY (input, request)
  );
  `,
];
