/** Which files the results of which inputs go into. */
import type { Input } from "../inputs/input.ts";

export interface OutputFile {
  readonly format: string;
  /** As its format's: another one makes another file. */
  readonly variant?: string;
  /** Absolute path. */
  readonly path: string;
}

export interface OutputPlan {
  readonly inputs: readonly Input[];
  /** The files of each input, in input order. */
  readonly files: readonly (readonly OutputFile[])[];
  readonly outputIsFolder: boolean;
  readonly keepExtension: boolean;
}
