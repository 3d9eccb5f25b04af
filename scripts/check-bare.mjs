// Reruns the tests that need more than Node, hiding everything that a developer's machine may provide: Chromium, Vulkan drivers, ffmpeg,
// Python, the home folder. npm's packages must suffice. Hiding needs a mount namespace, and so root on Linux.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(import.meta.url);
const root = join(dirname(script), '..');
const extras = join(root, 'test', 'extras');

const PROGRAMS = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'python', 'python3'],
  ...Object.keys(JSON.parse(readFileSync(join(extras, 'system-programs.json'), 'utf8'))),
];
const FOLDERS = ['/usr/share/vulkan', '/etc/vulkan', '/usr/local/share/vulkan', '/usr/lib/chromium'];
/** Libraries that Chromium and WebGPU load and a bare machine lacks. */
const LIBRARIES = /^\s*lib(vulkan|nss3|nssutil3|nspr4|plc4|plds4|softokn3|expat)\.so\S* .* => (.+)$/gm;
const VARIABLES = /^(VK_|CHROMIUM$|CMCGAN_|LD_LIBRARY_PATH$|XDG_|CI$)/;

/** Why nothing can be hidden here; undefined if it can. */
function obstacle() {
  if (process.platform !== 'linux') return 'hiding system software requires Linux';
  if (process.arch !== 'x64') return 'npm has a Chromium for linux-x64 only';
  if (process.getuid() !== 0) return 'hiding system software requires root';
  if (spawnSync('unshare', ['-m', 'true']).status !== 0) return 'hiding system software requires a mount namespace (unshare -m)';
  return undefined;
}

/** Tests that need the same GPU or Chromium as others do, but take long: without a real GPU, `npm test` has run them on the same driver. */
const LONG = [
  'apps/studio/test/studio.test.ts',
  'packages/tfjs-kernels/src/webgpu/recording/recorder.test.ts',
  'packages/training/test/replay.test.ts',
  ...['webgpu', 'webgpu-sums', 'tiles'].map((name) => `packages/tfjs-kernels/test/conformance/${name}.test.ts`),
  'packages/backends/test/backends-step.test.ts',
];

/** In the namespace, mounts empty folders over folders and /dev/null over files. */
function hide() {
  for (const folder of FOLDERS.filter(existsSync)) execFileSync('mount', ['-t', 'tmpfs', 'hidden', folder]);
  const programs = process.env.PATH.split(delimiter).flatMap((folder) => PROGRAMS.map((name) => join(folder, name)));
  const cache = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  const libraries = [...cache.matchAll(LIBRARIES)].map(([, , path]) => path);
  const files = new Set([...programs, ...libraries].filter(existsSync).map((path) => realpathSync(path)));
  for (const file of files) execFileSync('mount', ['--bind', '/dev/null', file]);
}

/** Runs the tests that import a module of test/extras, directly or indirectly. */
function runTests() {
  const home = mkdtempSync(join(tmpdir(), 'cmcgan-home-'));
  const kept = Object.entries(process.env).filter(([name]) => !VARIABLES.test(name));
  const env = { ...Object.fromEntries(kept), HOME: home, CMCGAN_NPM_IS_ENOUGH: 'true' };
  const modules = readdirSync(extras).filter((name) => name.endsWith('.ts'));
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const words = ['related', '--run', '--reporter=default', ...modules.map((name) => join('test', 'extras', name))];
  for (const path of LONG) {
    if (!existsSync(join(root, path))) throw new Error(`check-bare: ${path} is left out, but does not exist`);
    words.push('--exclude', path);
  }
  const { status } = spawnSync(process.execPath, [vitest, ...words], { cwd: root, env, stdio: 'inherit' });
  rmSync(home, { recursive: true, force: true });
  return status ?? 1;
}

if (process.argv.includes('--hidden')) {
  hide();
  process.exitCode = runTests();
} else {
  const reason = obstacle();
  if (reason) console.log(`check-bare: skipped, since ${reason}`);
  else {
    const words = ['-m', '--propagation', 'private', process.execPath, script, '--hidden'];
    process.exitCode = spawnSync('unshare', words, { stdio: 'inherit' }).status ?? 1;
  }
}
