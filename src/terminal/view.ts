/** What a user sees of a run while it goes on. */
import type { AsrError } from "../errors.ts";
import type { JobEvent } from "../transcript/events.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { Console, ProgressLine } from "./console.ts";
import type { NamedInput, PassedBecause } from "./run-tally.ts";

export interface JobView {
  event(input: NamedInput, event: JobEvent): void;
  /** What is done before anything is sent, and how far, in milliseconds of audio. */
  stage(input: NamedInput, stage: string, audioMs: number): void;
  /** Its results are in their places. */
  done(input: NamedInput, transcript: Transcript): void;
  failed(input: NamedInput, error: AsrError): void;
  skipped(input: NamedInput, error: AsrError): void;
  /** Nothing is to be done for it. */
  passed(input: NamedInput, because: PassedBecause): void;
  stop(): void;
}

export interface LineViewOptions {
  readonly console: Console;
  /** Undefined where no progress is wanted: no terminal, `--quiet`. */
  readonly line?: ProgressLine | undefined;
}

/** Has the line to itself until it is stopped, and says nothing of its own but what was skipped. */
export function lineView({ console, line }: LineViewOptions): JobView {
  console.attach(line);
  return {
    event: () => {},
    stage: () => {},
    done: () => {},
    failed: () => {},
    skipped({ name }, error) {
      console.debug(`skipped ${name}: ${error.message}`);
    },
    passed: () => {},
    stop() {
      console.attach(undefined);
      line?.stop();
    },
  };
}
