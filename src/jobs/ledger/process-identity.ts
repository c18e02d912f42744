/** Which process a run is, so that another can tell whether it is still there. */
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { systemCode } from "../../errors.ts";

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** One start of a machine, and what its process numbers are counted in; where that is known. */
  readonly machine: string | undefined;
  /** Of two processes with the same number it tells which; where that is known. */
  readonly processStart: string | undefined;
}

/** A run without a sign of life for so long is taken for dead where nobody can look. */
export const LEASE_MS = 60_000;

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    machine: machineOf(),
    processStart: processStartOf(process.pid),
  };
}

/** What of the machine is asked about another process. */
export interface ProcessTable {
  isRunning(pid: number): boolean;
  startOf(pid: number): string | undefined;
}

export const systemProcesses: ProcessTable = { isRunning, startOf: processStartOf };

/**
 * @param silentMs since its last sign of life
 * @returns undefined where it is dead; else for how long it may stay silent until that is known, in
 *   milliseconds: 0 where it was seen
 */
export function doubtMsOf(
  other: ProcessIdentity,
  silentMs: number,
  self: ProcessIdentity,
  processes: ProcessTable,
): number | undefined {
  const isHere =
    other.machine === undefined || self.machine === undefined
      ? other.host === self.host
      : other.machine === self.machine;
  if (!isHere) return hasRestarted(other, self) ? undefined : bySilence(silentMs);
  if (!processes.isRunning(other.pid)) return undefined;
  const start = processes.startOf(other.pid);
  if (start === undefined || other.processStart === undefined) return bySilence(silentMs);
  return start === other.processStart ? 0 : undefined;
}

/** Negative where a clock was set back: then a lease from now. */
function bySilence(silentMs: number): number | undefined {
  return silentMs < LEASE_MS ? LEASE_MS - Math.max(silentMs, 0) : undefined;
}

/** The same machine, started again since: its disk is where it was, its processes are gone. */
function hasRestarted(other: ProcessIdentity, self: ProcessIdentity): boolean {
  const [before, after] = [other.machine, self.machine].map((machine) => machine?.split(" ")[0]);
  return other.host === self.host && before !== after;
}

/** The start's random number, and the namespace of process numbers: containers have their own. */
function machineOf(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

/** In ticks since the machine's start: field 22 of proc_pid_stat(5). */
function processStartOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field, in parentheses, is a name with whatever is in it.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}
