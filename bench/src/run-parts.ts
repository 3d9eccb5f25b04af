import { spawn } from 'node:child_process';

/** A part of a measurement that has a process of its own, so that whatever happens to it leaves the others alone. */
export interface Part {
  name: string;
  /** Its share of the time; what it leaves goes to the parts after it. */
  share: number;
  /** The command, given the seconds that it may take. */
  command(seconds: number): readonly [program: string, ...args: string[]];
}

/**
 * Runs parts one after another, with this process' standard output and error. One that exceeds its time is killed with the processes that it
 * has started.
 *
 * @param seconds the time that all of them may take
 * @param report called for each part that fails
 */
export async function runParts(parts: readonly Part[], seconds: number, report: (failure: object) => void): Promise<void> {
  const endsAt = performance.now() + seconds * 1000;
  for (const [i, part] of parts.entries()) {
    const shares = parts.slice(i).reduce((sum, { share }) => sum + share, 0);
    const limit = (((endsAt - performance.now()) / 1000) * part.share) / shares;
    const failure = await run(part, limit);
    if (failure !== undefined) report({ part: part.name, failed: failure });
  }
}

/** Resolves to the reason if it fails. */
function run({ command }: Part, seconds: number): Promise<string | undefined> {
  const [program, ...args] = command(seconds);
  // With a process group of its own, its children can be killed too; Windows has none.
  const detached = process.platform !== 'win32';
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached });
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(detached ? -child.pid : child.pid, 'SIGKILL');
  };
  const interrupt = () => process.exit(130);
  let isLate = false;
  const timer = setTimeout(() => ((isLate = true), kill()), seconds * 1000);
  process.once('exit', kill).once('SIGINT', interrupt);
  return new Promise<string | undefined>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => {
      if (isLate) resolve(`it took longer than its ${Math.round(seconds)} s`);
      else resolve(code === 0 ? undefined : signal ? `killed by ${signal}` : `exit code ${code}`);
    });
  }).finally(() => {
    clearTimeout(timer);
    process.off('exit', kill).off('SIGINT', interrupt);
  });
}
