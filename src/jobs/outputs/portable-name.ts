/** File names that every file system takes, and tells apart. */

// Win32 naming rules: reserved characters, trailing dots and blanks, device names (Microsoft,
// "Naming Files, Paths, and Namespaces").
const FORBIDDEN_CHARACTERS = /[<>:"|?*\u0000-\u001f\\]/g;
const DEVICE_NAME = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(?=\.|$)/i;

/** A file name that every file system takes. */
export function portableName(name: string): string {
  return name
    .replace(FORBIDDEN_CHARACTERS, "_")
    .replace(/[. ]+$/, (tail) => "_".repeat(tail.length))
    .replace(DEVICE_NAME, "$1_");
}

/** Equal for two paths that are one where a file system folds case or normalises. */
export function pathKey(file: string): string {
  return file.normalize("NFC").toLowerCase();
}
