/** The recorder of this machine. */
import { usageError } from "../../errors.ts";
import { type Environment, findProgram } from "../find-program.ts";
import { recordersOf } from "./recorders.ts";

/** A recorder that is there, and how to start it. */
export interface FoundRecorder {
  /** As the user knows it: "arecord". */
  readonly name: string;
  /** Absolute path. */
  readonly program: string;
  readonly words: readonly string[];
  /** The variables that it is started with; no others. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Where programs, sound servers and their settings are found. Credentials are none of a
 * recorder's business.
 */
const KEPT_VARIABLES =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_.*|TMPDIR|TEMP|TMP|SystemRoot|LD_LIBRARY_PATH|DYLD_.*|XDG_.*|DBUS_SESSION_BUS_ADDRESS|PULSE_.*|PIPEWIRE_.*|ALSA_.*|AUDIODEV|AUDIODRIVER)$/i;

/**
 * The first recorder that is installed.
 *
 * @param device in the recorder's own words; undefined: the machine's default.
 * @throws AsrError kind "usage" where there is none, or it needs a device.
 */
export async function findRecorder(
  device: string | undefined,
  environment: Environment,
  platform: NodeJS.Platform,
): Promise<FoundRecorder> {
  const { recorders, install } = recordersOf(platform);
  for (const recorder of recorders) {
    const program = await findProgram(recorder.program, environment, platform);
    if (program === undefined) continue;
    const { words, variables = {} } = recorder.call(device);
    const kept = Object.entries(environment).filter(
      (entry): entry is [string, string] => KEPT_VARIABLES.test(entry[0]) && entry[1] !== undefined,
    );
    const all = { ...Object.fromEntries(kept), ...variables };
    return { name: recorder.program, program, words, environment: all };
  }
  const names = recorders.map(({ program }) => program).join(", ");
  throw usageError(
    "no program is installed that records from a microphone",
    `install one: ${install}; or pipe the audio into asr stream`,
    `looked for ${names} in the PATH`,
  );
}
