// The commands also run from a read-only checkout that another user has built.
import { chownSync, mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PATH, ROOT, runCommand } from './run-command';

/** A user who owns nothing. */
const NOBODY = 65534;
const AS_NOBODY = `setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups`;
const able =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('sh', ['-c', `unshare -m true && ${AS_NOBODY} node --version`], { env: { PATH } }).status === 0;
if (!able)
  console.warn(
    'Skipped: a read-only checkout of another user is not tested, which takes root on Linux, unshare, setpriv, and a Node that all may run.',
  );

const folder = mkdtempSync(join(tmpdir(), 'read-only-'));
const [checkout, home] = [join(folder, 'checkout'), join(folder, 'home')];
mkdirSync(checkout);
mkdirSync(home);
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command in the checkout, mounted read-only, as nobody; the mount ends with it. */
function runAsNobody(...words: string[]) {
  const script = `mount --bind "${ROOT}" "${checkout}" && mount -o remount,bind,ro "${checkout}" && cd "${checkout}" &&
    exec ${AS_NOBODY} "$@"`;
  return runCommand('unshare', ['-m', '--propagation', 'private', 'sh', '-c', script, 'sh', ...words], { PATH, HOME: home });
}

describe.skipIf(!able)('a read-only checkout of another user', () => {
  for (const path of [folder, home]) if (able) chownSync(path, NOBODY, NOBODY);

  it('cannot be written to', async () => {
    expect((await runAsNobody('touch', 'anything')).stderr).toContain('Read-only file system');
  });

  it('npm run quickstart shows its help', async () => {
    const { exitCode, stdout, stderr } = await runAsNobody('npm', 'run', 'quickstart', '--', '--help');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: trainer');
  });

  it.each(['trainer', 'evaluator', 'data'])('npx pnpm --filter %s start shows its help', async (app) => {
    const { exitCode, stdout, stderr } = await runAsNobody('npx', 'pnpm', '--filter', app, 'start', '--help');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^Usage: ${app}`));
  });

  it('trains into a folder elsewhere', async () => {
    const run = join(home, 'run');
    const words = ['--preset', 'quick', '--max-steps', '1', '--out', run];
    const { exitCode, stderr } = await runAsNobody('npx', 'pnpm', '--filter', 'trainer', 'start', ...words);
    expect([exitCode, stderr]).toEqual([0, '']);
  });
});
