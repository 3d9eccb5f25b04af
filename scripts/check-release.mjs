// Checks that a release would work: `changeset version`, run on a temporary copy, must bump the packages that pending changesets name, give each a
// changelog, and leave no published package without a version.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const copy = mkdtempSync(join(tmpdir(), 'cmcgan-release-'));
const skipped = new Set(['node_modules', 'dist', 'runs', '.cache', '.git', '.carry']);
/** The published packages of a checkout: name, version, and the text of the changelog. */
const packagesIn = (root) =>
  readdirSync(join(root, 'packages')).flatMap((folder) => {
    const read = (file) => readFileSync(join(root, 'packages', folder, file), 'utf8');
    const { name, version, private: isPrivate } = JSON.parse(read('package.json'));
    const changelog = existsSync(join(root, 'packages', folder, 'CHANGELOG.md')) ? read('CHANGELOG.md') : '';
    return isPrivate ? [] : [{ name, version, changelog }];
  });

/** What is wrong with a package after `changeset version`; undefined if nothing is. */
function problemOf({ name, version, changelog }, isMoved) {
  if (version === '0.0.0') return `${name} must have a changeset, since it has never been released`;
  if (isMoved && !changelog.includes(`## ${version}\n`)) return `the changelog of ${name} must have a section ${version}`;
  return undefined;
}

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
  const before = Object.fromEntries(packagesIn(copy).map(({ name, version }) => [name, version]));
  execFileSync(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const after = packagesIn(copy);
  const moved = after.filter(({ name, version }) => version !== before[name]);
  if (pending.length > 0 && moved.length === 0)
    throw new Error(`${pending.length} changesets are pending, but no version changed`);
  const problems = after.flatMap((each) => problemOf(each, moved.includes(each)) ?? []);
  if (problems.length > 0) throw new Error(problems.join('; '));
  const steps = moved.map(({ name, version }) => `${name} ${before[name]} → ${version}`);
  console.log(`changeset version: ${steps.join(', ') || 'nothing pending'}`);
} catch (error) {
  console.error(`check-release: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
