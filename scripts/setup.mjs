// Makes the workspace ready with nothing but npm on the machine: installs what the lockfile names when that changed, then builds
// what was asked for (`--build`, or `--build=<package>` for one package and what it stands on; `--run-only` leaves out the type
// declarations, which running does not need). Quick when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MINIMUM_NODE = [20, 19];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const binFolder = join(root, 'node_modules', '.bin');
const stampFile = join(root, 'node_modules', '.cmcgan-installed');

function fail(message) {
  console.error(message);
  process.exit(1);
}

function run(command, args, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH}`, TURBO_TELEMETRY_DISABLED: '1', ...env },
  });
  if (result.error) fail(`setup: could not run ${command}: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function assertNodeVersion() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const tooOld = major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1]);
  if (tooOld) fail(`setup: Node must be ${MINIMUM_NODE.join('.')} or newer, got ${process.versions.node}`);
}

/** What an install depends on: the lockfile, which mirrors every manifest, the settings of the workspace, and the version of pnpm. */
function installKey() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function install() {
  const key = installKey();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === key) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.log('Installing packages …');
  run('npx', ['-y', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'], { CI: 'true' });
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, key);
}

assertNodeVersion();
install();
const buildFlag = process.argv.find((argument) => argument.startsWith('--build'));
if (buildFlag) {
  const filter = buildFlag.split('=')[1];
  const environment = process.argv.includes('--run-only') ? { CMCGAN_SKIP_TYPES: 'true' } : {};
  console.log('Building …');
  run(
    'turbo',
    ['run', 'build', '--output-logs=errors-only', '--no-update-notifier', ...(filter ? [`--filter=${filter}`] : [])],
    environment,
  );
}
