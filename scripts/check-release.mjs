// Checks that a release would work: `changeset version`, run on a temporary copy, must bump every package named by a pending changeset.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const copy = mkdtempSync(join(tmpdir(), 'cmcgan-release-'));
const skipped = new Set(['node_modules', 'dist', 'runs', '.turbo', '.cache', '.git', '.carry']);
const versionsIn = (folder) =>
  Object.fromEntries(
    readdirSync(join(folder, 'packages')).map((name) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'packages', name, 'package.json'), 'utf8'));
      return [manifest.name, manifest.version];
    }),
  );

try {
  cpSync(root, copy, { recursive: true, filter: (source) => !skipped.has(basename(source)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=release', '-c', 'user.email=release@localhost', ...args], {
      cwd: copy,
      stdio: 'ignore',
    });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'copy');
  const pending = readdirSync(join(copy, '.changeset')).filter((file) => file.endsWith('.md') && file !== 'README.md');
  const before = versionsIn(copy);
  execFileSync(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const after = versionsIn(copy);
  const moved = Object.keys(after).filter((name) => after[name] !== before[name]);
  if (pending.length > 0 && moved.length === 0)
    throw new Error(`${pending.length} changesets are pending, but no version changed`);
  console.log(
    `changeset version: ${moved.map((name) => `${name} ${before[name]} → ${after[name]}`).join(', ') || 'nothing pending'}`,
  );
} catch (error) {
  console.error(`check-release: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
