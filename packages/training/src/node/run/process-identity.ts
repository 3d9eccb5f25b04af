import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** Identifies a process. Its number alone is not enough, as it is reused over time and after a restart of the machine. */
export const processIdentitySchema = z.object({
  pid: z.int().min(1),
  host: z.string(),
  /** Identifies the current boot of the system; null if the system has no boot id. */
  bootId: z.string().nullable(),
  /** Start time of the process, in the system's format; null if unknown. */
  processStart: z.string().nullable(),
});

export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null; // no such process, or no such system
  }
}

/** Fields of /proc/<pid>/stat from the third on, after the number and the name, which may contain anything. */
const statFields = (pid: number) =>
  readOrNull(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');

/** Index among {@link statFields} of field 22: the start time, in clock ticks since the machine was started. */
const START_FIELD = 22 - 3;

function processStart(pid: number): string | null {
  if (process.platform === 'linux') return statFields(pid)?.[START_FIELD] ?? null;
  if (process.platform === 'win32') return null;
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim() || null
    );
  } catch {
    return null; // ps finds no such process
  }
}

/** Whether a process is a zombie: it has ended, but keeps its number until its parent asks for its exit code. */
const isZombie = (pid: number) => ['Z', 'X'].includes(statFields(pid)?.[0] ?? '');

function numberIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it exists and belongs to another user
  }
}

/** The identity of the process with that number on this machine, by default this process. */
export function identifyProcess(pid = process.pid): ProcessIdentity {
  return { pid, host: hostname(), bootId: readOrNull('/proc/sys/kernel/random/boot_id'), processStart: processStart(pid) };
}

/** Whether a process is still running; 'unknown' if it ran on another machine, which can't be asked. */
export function isRunning({ pid, host, bootId, processStart }: ProcessIdentity): boolean | 'unknown' {
  if (host !== hostname()) return 'unknown';
  if (!numberIsTaken(pid)) return false;
  const now = identifyProcess(pid);
  const differs = (then: string | null, today: string | null) => then !== null && today !== null && then !== today;
  return !differs(bootId, now.bootId) && !differs(processStart, now.processStart);
}
