// Runs the built program as a process, so dist/cli.js must exist.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const root = temporaryFolder('address-space');

// Only Linux enforces the limit.
describe.skipIf(process.platform !== 'linux')('a limit on address space (ulimit -v; skipped except on Linux)', () => {
  it.each([
    ['an evaluation', ['--run', 'run', '--out', 'evaluation']],
    ['an experiment', ['experiment', 'all', '--out', 'experiments']],
    ['a vote', ['vote', 'make', '--run', 'a', '--run', 'b', '--out', 'kit']],
  ])('is the reason that %s gives, before it makes anything', (_, args) => {
    const words = ['-c', 'ulimit -v 3000000 && exec "$@"', 'sh', process.execPath, CLI, ...args];
    const { status, stderr } = spawnSync('sh', words, { cwd: root, encoding: 'utf8' });
    expect(stderr).toMatch(/^evaluator: address space is limited to 2\.9 GiB \(ulimit -v\), .*; raise the limit .*\n$/);
    expect(status).toBe(1);
    expect(readdirSync(root)).toEqual([]);
  });
});
