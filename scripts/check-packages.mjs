// Packs every published package after a build without declarations, as `npm test` leaves it, and uses the tarballs as a user would. Runs
// publint and attw on each. Then an empty project installs all of them with npm, imports every entry, as ESM and as CommonJS, on Node 20,
// 22 and 24 (npm package `node`), and compiles a strict program against each. The examples run there too, and so does a program that
// trains, is killed, resumes, fine-tunes and judges. Another project installs `cmcgan` alone, and runs its README's
// first example with the released weights.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkAlone } from './check-packages/check-alone.mjs';
import { checkExamples, copyExamples } from './check-packages/check-examples.mjs';
import { compileStrictly, EXTENSIONS } from './check-packages/compile.mjs';

const NODE_VERSIONS = ['20', '22', '24'];
/** Of one package. The largest has the released weights. */
const MAX_PACKED_BYTES = 4_000_000;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const env = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
  NEXT_TELEMETRY_DISABLED: '1',
};
/** Runs a program to its end; returns what it prints. */
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
/** Runs a program while others run; resolves to what it prints. */
const runAside = async (command, args, cwd) =>
  (await promisify(execFile)(command, args, { cwd, env, maxBuffer: 2 ** 26 })).stdout;

function publishedPackages() {
  const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  const packages = folders.map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  }));
  return packages.filter(({ manifest }) => !manifest.private);
}

/**
 * Packs a package in the state in which `npm test` leaves all: built without declarations, so that packing has to make them. The others are built at once
 * afterwards, which is faster.
 */
function packWithoutDeclarations({ folder, manifest }) {
  const isDeclaration = (name) => /\.d\.c?ts$/.test(name);
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  run('node', [join(root, 'scripts', 'setup.mjs'), `--build=${manifest.name}`, '--run-only'], root);
  if (readdirSync(join(folder, 'dist')).some(isDeclaration))
    throw new Error(`${manifest.name}: a build without declarations must have none, but has some`);
  const target = join(project, 'without declarations');
  run('pnpm', ['pack', '--pack-destination', target], folder);
  const packed = run('tar', ['--list', '--file', join(target, readdirSync(target)[0])], root).split('\n');
  if (!packed.some(isDeclaration)) throw new Error(`${manifest.name}: packed after a build without declarations, it has none`);
}

function pack({ folder, manifest }, project) {
  const target = join(project, 'tarballs', manifest.name);
  run('pnpm', ['pack', '--pack-destination', target], folder);
  const tarball = join(target, readdirSync(target)[0]);
  const { size } = statSync(tarball);
  if (size > MAX_PACKED_BYTES)
    throw new Error(`${manifest.name}: packed, it must be at most ${MAX_PACKED_BYTES} bytes, got ${size}`);
  return { name: manifest.name, manifest, tarball };
}

/** Packs one after another, and checks each tarball while the next are packed. */
async function packAll(packages, project) {
  const checks = [];
  const packed = [];
  for (const { folder, manifest } of packages) {
    const entry = pack({ folder, manifest }, project);
    packed.push(entry);
    checks.push(runAside('publint', ['run', entry.tarball, '--strict'], folder));
    checks.push(runAside('attw', [entry.tarball, '--profile', 'node16', '--format', 'ascii'], folder));
  }
  await Promise.all(checks);
  return packed;
}

/** No published package may depend on a backend: the apps inject it. The exception is the one that has to work by itself. */
function assertNoBackend({ name, dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) {
  if (name === 'cmcgan') return;
  const needed = [
    ...Object.keys(dependencies),
    ...Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional),
  ];
  const backends = needed.filter((dependency) => /tfjs-(backend|node)/.test(dependency));
  if (backends.length > 0) throw new Error(`${name}: must not depend on a backend, depends on ${backends.join(', ')}`);
}

const entriesOf = ({ name, exports }) =>
  Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry]) => (entry === '.' ? name : name + entry.slice(1)));

function importerSource(names, format) {
  const load = format === 'esm' ? 'await import(name)' : 'require(name)';
  return `for (const name of ${JSON.stringify(names)}) {
  const entry = ${load};
  if (Object.keys(entry).length === 0) throw new Error(name + ' exports nothing');
}\nconsole.log('${format} ok on ' + process.version);\n`;
}

function installInEmptyProject(packed, names, project) {
  const peers = Object.assign({}, ...packed.map(({ manifest }) => manifest.peerDependencies ?? {}));
  const dependencies = { ...peers, ...Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`])) };
  for (const version of NODE_VERSIONS) dependencies[`node-${version}`] = `npm:node@${version}`;
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  dependencies['@types/node'] = devDependencies['@types/node'];
  copyExamples(root, project);
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ private: true, workspaces: ['examples/*'], dependencies }, null, 2),
  );
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], project);
  writeFileSync(join(project, 'import.mjs'), importerSource(names, 'esm'));
  writeFileSync(join(project, 'require.cjs'), importerSource(names, 'cjs'));
}

/** Compiles programs that use every exported value of the entries. */
async function compileAllExports(names, project) {
  const print = `for (const name of ${JSON.stringify(names)}) console.log(JSON.stringify(Object.keys(await import(name))))`;
  const printed = run('node', ['--input-type=module', '--eval', print], project);
  const exported = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const source = names.map((name, i) => {
    const bindings = exported[i].filter((each) => each !== 'default');
    return `import { ${bindings.map((each) => `${each} as e${i}_${each}`).join(', ')} } from '${name}';
export const all${i} = [${bindings.map((each) => `e${i}_${each}`).join(', ')}];`;
  });
  const files = EXTENSIONS.map((extension) => `all-exports${extension}`);
  for (const file of files) writeFileSync(join(project, file), `${source.join('\n')}\n`);
  await compileStrictly(project, files, { env });
}

/** Compiles the program that trains and judges, as ESM and as CommonJS; returns the files to run. */
async function compileOutsideProgram(project) {
  const files = EXTENSIONS.map((extension) => `outside-program${extension}`);
  for (const file of files) copyFileSync(join(root, 'scripts', 'check-packages', 'outside-program.ts'), join(project, file));
  await compileStrictly(project, files, { env, types: ['node'] });
  return ['outside-program.mjs', 'outside-program.cjs'];
}

/** The `node` package has its binary in a package per platform, which its install script (never run here) would link. */
function nodeBinary(project, version) {
  const { version: exact } = JSON.parse(readFileSync(join(project, 'node_modules', `node-${version}`, 'package.json'), 'utf8'));
  const path = join(project, 'node_modules', `node-${version}`, 'bin', 'node');
  if (spawnSync(path, ['--version']).status !== 0)
    throw new Error(`Node ${exact}: the binary of the npm package \`node\` did not run`);
  return { exact, path };
}

/** Imports all entries and runs the outside program on one Node. Returns what they print. */
async function tryOnNode(version, { programs, project }) {
  const { exact, path } = nodeBinary(project, version);
  const printed = [];
  for (const file of ['import.mjs', 'require.cjs']) printed.push(await runAside(path, [file], project));
  for (const file of programs) {
    const folder = join(project, `${file} on ${exact}`);
    mkdirSync(folder);
    printed.push(`${file} on ${exact}: ${await runAside(path, [join(project, file)], folder)}`);
  }
  return printed.join('');
}

/** Does a part of the work, and prints how long it took. */
async function timed(title, work) {
  const startedAt = performance.now();
  const result = await work();
  console.log(`${title}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  return result;
}

const project = mkdtempSync(join(tmpdir(), 'cmcgan-packages-'));
try {
  const packages = publishedPackages();
  for (const { manifest } of packages) assertNoBackend(manifest);
  await timed('packing without declarations', () => packWithoutDeclarations(packages[0]));
  await timed('building', () => run('node', [join(root, 'scripts', 'setup.mjs'), '--build'], root));
  const packed = await timed('packing', () => packAll(packages, project));
  const names = packed.flatMap(({ manifest }) => entriesOf(manifest));
  await timed('installing', () => installInEmptyProject(packed, names, project));
  const programs = await timed('compiling', async () => {
    await compileAllExports(names, project);
    return compileOutsideProgram(project);
  });
  const readme = join(root, 'packages', 'cmcgan', 'README.md');
  const nodes = NODE_VERSIONS.map((version) => nodeBinary(project, version).path);
  await Promise.all([
    timed('three Nodes', async () => {
      const outputs = await Promise.all(NODE_VERSIONS.map((version) => tryOnNode(version, { programs, project })));
      process.stdout.write(outputs.join(''));
    }),
    timed('examples', () => checkExamples(project, { run: runAside })),
    timed('cmcgan alone', () => checkAlone(packed, { run: runAside, env, project, readme, nodes })),
  ]);
  console.log(`${packed.length} packages pack, install and import`);
} catch (error) {
  console.error(`check-packages: ${error.message}`);
  for (const printed of [error.stdout, error.stderr]) if (printed) console.error(printed);
  process.exitCode = 1;
} finally {
  rmSync(project, { recursive: true, force: true });
}
