import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** Identifies a process: its number alone would mean another one after a while, or after the machine was restarted. */
export const processIdentitySchema = z.object({
  pid: z.int().min(1),
  host: z.string(),
  /** Of the system's present run; null where the system has no such thing. */
  bootId: z.string().nullable(),
  /** When the process was started, as the system writes it; null where it doesn't tell. */
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

/** Fields of /proc/<pid>/stat from the third on: what comes before is a number and a name, which may hold anything. */
const statFields = (pid: number) =>
  readOrNull(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');

/** Field 22 of /proc/<pid>/stat, in clock ticks since the machine was started. */
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

/** A process that has ended, but whose parent has not asked for its exit code yet, still has its number. */
const isZombie = (pid: number) => ['Z', 'X'].includes(statFields(pid)?.[0] ?? '');

function numberIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0); // sends nothing
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // there is one, of another person
  }
}

/** The process of this machine with that number, or this one. */
export function identifyProcess(pid = process.pid): ProcessIdentity {
  return { pid, host: hostname(), bootId: readOrNull('/proc/sys/kernel/random/boot_id'), processStart: processStart(pid) };
}

/** Whether a process still runs; 'unknown' where it ran on another machine, which can't be asked. */
export function isRunning({ pid, host, bootId, processStart }: ProcessIdentity): boolean | 'unknown' {
  if (host !== hostname()) return 'unknown';
  if (!numberIsTaken(pid)) return false;
  const now = identifyProcess(pid);
  const differs = (then: string | null, today: string | null) => then !== null && today !== null && then !== today;
  return !differs(bootId, now.bootId) && !differs(processStart, now.processStart);
}
