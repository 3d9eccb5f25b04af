import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Endings after which there is nothing left to train. */
const FINISHED = ['epochs', 'max-steps', 'max-minutes', 'collapsed'];

function isFinished(run) {
  const ending = join(run, 'ending.json');
  return existsSync(ending) && FINISHED.includes(JSON.parse(readFileSync(ending, 'utf8')).reason);
}

/**
 * Trains the generator with the trainer of this repository, from new weights or those of the run `from`, or goes on with a run that was stopped.
 *
 * @returns the trainer's exit code: 0 when the run is finished
 */
export async function trainGenerator({ run, config, from, threads, trainer }) {
  if (isFinished(run)) return 0;
  const started = existsSync(join(run, 'config.json'));
  const what = started
    ? ['--resume', run]
    : ['--config', config, '--out', run, ...(from === undefined ? [] : ['--init-from', from])];
  const child = spawn(process.execPath, [trainer, ...what, ...(threads === undefined ? [] : ['--threads', threads])], {
    stdio: 'inherit',
  });
  const ignore = () => {}; // Ctrl-C reaches the trainer too, which saves before it ends
  process.on('SIGINT', ignore);
  const forward = () => child.kill('SIGTERM');
  process.on('SIGTERM', forward);
  try {
    return await new Promise((done, fail) => child.on('error', fail).on('close', (code) => done(code ?? 1)));
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', forward);
  }
}
