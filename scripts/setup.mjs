// Sets up the workspace with nothing but npm on the machine: installs the lockfile's packages if it changed, then builds what was requested
// (`--build`, or `--build=<package>` for one package and its dependencies; `--run-only` skips the type declarations, which running does
// not need). If there is nothing to do, it is quick and writes nothing. Standard output is left to the command that runs next: everything
// here goes to standard error.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDeclarations } from './build-declarations.mjs';
import { buildPackages } from './build-packages.mjs';
import { buildStamps } from './build-stamps.mjs';

const MINIMUM_NODE = [20, 19];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const binFolder = join(root, 'node_modules', '.bin');
const stampFile = join(root, 'node_modules', '.cmcgan-installed');

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** The environment without the settings that pnpm passes on to its children: npm warns of each that it does not know. */
const withoutNpmSettings = (environment) =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^npm_config_(?!registry$|cache$|userconfig$)/i.test(name)));

/** The environment of what is run here. */
const environment = {
  ...withoutNpmSettings(process.env),
  PATH: `${binFolder}${delimiter}${process.env.PATH}`,
};

function announce(message) {
  assertWritable();
  console.error(message);
}

function run(message, command, args, env = {}) {
  announce(message);
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...environment, ...env },
  });
  if (result.error) fail(`setup: could not run ${command}: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function assertWritable() {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    fail(`setup: ${root} is not up to date, and must be built by someone with write access: npm run build`);
  }
}

function assertNodeVersion() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const tooOld = major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1]);
  if (tooOld) fail(`setup: Node must be ${MINIMUM_NODE.join('.')} or newer, got ${process.versions.node}`);
}

/** A hash of all that an install depends on: the lockfile, which mirrors every manifest, the workspace's settings, and pnpm's version. */
function installKey() {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function install() {
  const key = installKey();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === key) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  run(
    'Installing packages …',
    'npx',
    ['-y', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=error'],
    { CI: 'true' },
  );
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, key);
}

async function build(name, types) {
  const stamps = buildStamps(root, name);
  const unbuilt = stamps.unbuilt({ types }).filter(({ folder }) => name || dirname(folder) !== join(root, 'examples')); // built by those who try them, and by tests
  if (unbuilt.length === 0) return;
  announce('Building …');
  try {
    await buildPackages(root, unbuilt, { ...environment, CMCGAN_RUN_ONLY: String(!types) });
    if (types) await buildDeclarations(root, unbuilt);
  } catch (error) {
    fail(`setup: ${error.message}`);
  }
  stamps.write({ types });
}

assertNodeVersion();
install();
const buildFlag = process.argv.find((argument) => argument.startsWith('--build'));
if (buildFlag) await build(buildFlag.split('=')[1], !process.argv.includes('--run-only'));
