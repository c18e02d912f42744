/** Programs that a reader starts in a terminal of their own: they go on until the page's end. */

/** What each says once it is ready, as an expression of bash. */
const READY: Readonly<Record<string, string>> = {
  "redis-server": "Ready to accept connections",
  "asr worker": "working for ",
};

const nameOf = (text: string): string | undefined =>
  Object.keys(READY).find((name) => text.startsWith(`${name} `));

export const isServer = (text: string): boolean => nameOf(text) !== undefined;

/**
 * Starts one and waits until it is ready, or gone. What it says is in `file`.said; `last` is 0, or
 * the code that it ended with.
 */
export function serverScript(text: string, file: string): string {
  const ready = READY[nameOf(text) ?? ""];
  return [
    `mkfifo '${file}.pipe'`,
    `( exec ${text}\n) >'${file}.pipe' 2>&1 </dev/null &`,
    `servers=("$! ${file}" "\${servers[@]}") last=-1`,
    `exec 9<'${file}.pipe'`,
    `while IFS= read -r line <&9; do`,
    `  echo "$line" >>'${file}.said'`,
    `  if [[ $line == *'${ready}'* ]]; then last=0; break; fi`,
    `done`,
    `if [[ $last == 0 ]]; then cat <&9 >>'${file}.said' 9<&- &`,
    `else wait "\${servers[0]%% *}"; last=$?; fi`,
    `exec 9<&-`,
  ].join("\n");
}

/** Says that all is through; once stdin ends, ends the servers, the last one first. */
export const END_SERVERS = [
  "echo through",
  "read -r",
  `for server in "\${servers[@]}"; do`,
  `  kill "\${server%% *}" 2>/dev/null`,
  `  wait "\${server%% *}"; echo $? >"\${server#* }.ended"`,
  "done",
  "wait",
].join("\n");
