/**
 * Scripts that make a shell ask `asr complete -- WORD…`. The answer's first line says what follows:
 * `words` (a word a line, after a tab its help), or `files` or `folders`, which the shell finds. Each
 * script calls the program as it was typed, so that a path completes by what lies there.
 */
import { BASH } from "./scripts/bash.ts";
import { FISH } from "./scripts/fish.ts";
import { ZSH } from "./scripts/zsh.ts";

export const SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;
