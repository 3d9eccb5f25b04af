// Bundles the tests that tfjs-core ships with the backends and our built kernels, all around one copy of tfjs-core.
import { build } from 'esbuild';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, '..', '..', 'node_modules');
const core = realpathSync(join(modules, '@tensorflow', 'tfjs-core', 'dist'));

/** Excluded: tests of browsers' files, platforms, workers and pictures, and tests of the test tools themselves. */
const SKIPPED = /^(io|platforms)\/|jasmine_util_test|worker_|browser|device_util|image_test/;
/** Excluded: these dismantle the engine and its backends; they test the engine, not kernels. */
const ENGINE_TESTS = /^(engine_test|flags_test|globals_test)$/;

const tests = readFileSync(join(core, 'tests.js'), 'utf8')
  .match(/'\.\/[^']+'/g)
  .map((name) => name.slice(3, -1))
  .filter((name) => !SKIPPED.test(name) && !ENGINE_TESTS.test(name));

const oneCore = {
  name: 'one-core',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@tensorflow\/tfjs-core$/ }, () => ({ path: join(core, 'index.js') }));
    onResolve({ filter: /^@tensorflow\/tfjs-core\/dist\// }, ({ path }) => ({
      path: join(core, path.slice('@tensorflow/tfjs-core/dist/'.length).replace(/(\.js)?$/, '.js')),
    }));
    // The bundle lies in another folder, from which this package cannot be found.
    onResolve({ filter: /^webgpu$/ }, () => ({ path: realpathSync(join(modules, 'webgpu', 'index.js')), external: true }));
    // Every suite resets the engine. Restarting WebAssembly and workers for each of 700 would take minutes, so they share a backend.
    onLoad({ filter: /jasmine_util\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('ENGINE.reset();', 'globalThis.resetEngine(ENGINE);'),
      loader: 'js',
    }));
  },
};

/** Writes the bundle for a backend, 'wasm' or 'webgpu'. Returns the number of test files in it. */
export async function bundleCoreTests(backend, outfile) {
  const backendModule = join(here, `backend-${backend}.js`);
  const imports = [join(here, 'boot.js'), backendModule, ...tests.map((name) => join(core, `${name}.js`))];
  imports.push(join(here, 'run.js'));
  await build({
    stdin: { contents: imports.map((path) => `import ${JSON.stringify(path)};`).join('\n'), resolveDir: here, loader: 'js' },
    ...{ bundle: true, platform: 'node', format: 'cjs', outfile, treeShaking: false, keepNames: true, logLevel: 'error' },
    ...{ ignoreAnnotations: true, mainFields: ['module', 'main'], conditions: ['import'], external: ['node-fetch'] },
    alias: { 'backend-under-test': backendModule },
    define: { 'import.meta.url': 'undefined' },
    plugins: [oneCore],
  });
  return tests.length;
}
