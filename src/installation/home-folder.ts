/** The user's home. */
import { homedir, userInfo } from "node:os";
import path from "node:path";

/**
 * Absolute: with an empty or relative `HOME` the working folder, which may be somebody else's, would
 * hold the user's own settings; then the account's entry counts.
 */
export function ownHomeFolder(named = homedir()): string {
  return path.isAbsolute(named) ? named : userInfo().homedir;
}
