/** Names of assets that the build and the launcher agree on. */

export const ENTRY_CHUNK = "cli.js";
/** Behind a chunk's name: its code cache. */
export const CACHE_ENDING = ".cache";
