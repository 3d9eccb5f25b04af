import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';

const root = temporaryFolder('address-space');

/** Runs the trainer in a shell that limits its address space. */
function runLimited(
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ failed: boolean; stdout: string; stderr: string }> {
  const script = 'ulimit -v "$1" && shift && exec "$@"';
  const args = ['-c', script, 'sh', '3000000', process.execPath, CLI, ...words];
  return new Promise((resolve) => {
    execFile('sh', args, { cwd: root, env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, stdout, stderr }),
    );
  });
}

// Linux only: macOS and Windows don't enforce such a limit.
describe.skipIf(process.platform !== 'linux')('a limit of address space (ulimit -v; skipped where the system has none)', () => {
  it.each([
    ['a training', ['--preset', 'quick', '--out', 'run']],
    ['a dry run', ['--preset', 'quick', '--dry-run']],
    ['generate', ['generate', '--checkpoint', 'x', '--image', 'y.jpg', '--out', 'z.wav']],
  ])('is the reason that %s gives, before it makes anything', async (_, words) => {
    const { failed, stderr } = await runLimited(words);
    expect(failed).toBe(true);
    expect(stderr).toMatch(
      /^trainer: address space is limited to 2\.9 GiB \(ulimit -v\), too little for WebAssembly: .*; raise the limit/,
    );
    expect(existsSync(join(root, 'run'))).toBe(false);
  });

  it('is what the doctor says', async () => {
    const { failed, stdout } = await runLimited(['doctor', '--json']);
    expect(failed).toBe(true);
    const { findings } = JSON.parse(stdout) as { findings: { name: string; state: string; detail: string }[] };
    const stateOf = (name: string) => findings.find((finding) => finding.name === name)?.state;
    expect([stateOf('address space'), stateOf('--backend wasm')]).toEqual(['fails', 'fails']);
  });
});
