import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One answer of a contestant: the time that the work took, and its process' peak memory so far. */
export interface Lap {
  seconds: number;
  peakBytes: number;
  /** Time that the processor's cores spent on it, in all threads of the process; missing where the contestant does not report it. */
  cpuSeconds?: number;
}

/** A process that does one piece of work for each line sent to it, and reports how long that took. */
export interface Contestant {
  name: string;
  lap(): Promise<Lap>;
  /** Halts the process with all its threads, so that it takes no time from another one, until `resume`. On Windows it only sits idle. */
  pause(): void;
  resume(): void;
  stop(): void;
}

interface ContestantOptions {
  command: string;
  args: string[];
  env?: Record<string, string>;
}

/**
 * Starts a contestant and waits for its greeting, one JSON line with `peer`, its name. Contestants stay alive between laps, so that
 * they can alternate in one run under the same conditions.
 *
 * @throws if the process cannot be started or exits before it greets; the message contains the last line of its standard error.
 */
export async function startContestant({ command, args, env = {} }: ContestantOptions): Promise<Contestant> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const kill = () => void child.kill('SIGKILL'); // a halted process receives no other signal
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
  child.stdin.on('error', () => undefined); // `lap` reports how the process ended
  const nextAnswer = answersOf(child, command);
  const greeting = (await nextAnswer()) as { peer: string };
  const signal = (name: NodeJS.Signals) => void (process.platform !== 'win32' && child.kill(name));
  return {
    name: greeting.peer,
    async lap() {
      child.stdin.write('\n');
      return (await nextAnswer()) as Lap;
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    stop: kill,
  };
}

/** Reads a child's standard output as one JSON value per line. */
function answersOf(child: ChildProcess, command: string): () => Promise<unknown> {
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  let lastError = '';
  child.stderr!.on('data', (text: Buffer) => (lastError = text.toString().trim().split('\n').at(-1) ?? lastError));
  const failed = new Promise<never>((_, reject) => {
    child.on('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on('close', (code) => reject(new Error(`${command} exited with code ${code}: ${lastError || 'it printed nothing'}`)));
  });
  failed.catch(() => undefined);
  return async () => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    return done ? failed : JSON.parse(value as string);
  };
}
