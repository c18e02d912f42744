/** What a run's results are written with, and by. */
import type { Input } from "../inputs/input.ts";
import type { OutputFile } from "./output-plan.ts";
import type { EventWriter, ResultSink, SinkContext } from "./results.ts";

/** What of a format is needed to put its text somewhere. */
export interface WritableFormat {
  readonly name: string;
  readonly extension: string;
  /** What of the settings changes its files, beside what is recognised; as a text to compare. */
  readonly variant?: string;
  /** True where a file of it is of use while it grows. */
  readonly grows?: boolean;
  /** How several transcripts stand on one stream; undefined: not at all. */
  readonly sharing?: { readonly separator: string; readonly interleaved: boolean };
  open(options: { readonly pretty?: boolean; readonly input?: string }): EventWriter;
}

/** Opens the place of an input's results; `index` is its position among the inputs. */
export type OpenSink = (input: Input, index: number, context: SinkContext) => ResultSink;

export interface Destinations {
  readonly openSink: OpenSink;
  /** The files of each input, in input order; undefined where all goes to one stream. */
  readonly files?: OutputFolder["files"];
  /** Where the results are in a folder: a ledger tells which of them are done. */
  readonly folder?: OutputFolder;
}

export interface OutputFolder {
  /** Absolute. */
  readonly path: string;
  /** The files of each input, in input order. */
  readonly files: readonly (readonly OutputFile[])[];
}
