// Runs the tests that tfjs-core ships on the stock backends and on ours: on wasm with one thread and with two, and on WebGPU where there is a
// GPU or a software driver. Fails if a test that passes on a stock backend fails on ours. `--backend wasm` or `webgpu` runs only that one,
// `--node <path>` uses another Node, `--list` names the tests that only the stock backend fails. Without it, stock WebGPU, which takes minutes on a
// software driver, runs only the tests that fail on ours.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleCoreTests } from './core-tests/bundle.mjs';
import { findGpu } from './core-tests/find-gpu.mjs';
import { WRONG_EXPECTATIONS } from './core-tests/wrong-expectations.mjs';

const { values } = parseArgs({
  options: { node: { type: 'string', default: process.execPath }, list: { type: 'boolean' }, backend: { type: 'string' } },
});
const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist');
const LIMIT_MS = 600_000;
const folder = mkdtempSync(join(tmpdir(), 'core-tests-'));

/**
 * Results by test, without the environment in their names: { status: 'passed' | 'failed' | 'pending', message }. `only` names the tests to
 * run; default: all.
 */
function run({ bundle, backend, env }, { kernels, threads, only }) {
  const out = join(folder, `${backend}-${kernels}.json`);
  const environment = ` test-${backend} {}`;
  const binary = join(dist, 'tfjs-backend-wasm-simd.wasm');
  const settings = { ...{ kernels, threads, binary, out }, only: only?.map((name) => name.replace(':', environment)) };
  const { status, stderr } = spawnSync(values.node, [bundle], {
    env: { ...process.env, ...env, CORE_TESTS: JSON.stringify(settings) },
    ...{ stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: Infinity },
  });
  if (status !== 0)
    throw new Error(`core tests: the run on ${kernels} kernels (${backend}) exited with code ${status}: ${stderr}`);
  const results = Object.entries(JSON.parse(readFileSync(out, 'utf8')));
  return Object.fromEntries(results.map(([name, result]) => [name.replace(environment, ':'), result]));
}

const failures = (results) => Object.keys(results).filter((name) => results[name].status === 'failed');

function report(title, results) {
  const passed = Object.values(results).filter(({ status }) => status === 'passed').length;
  console.log(`core tests: ${title}: ${passed} pass, ${failures(results).length} fail`);
}

/** Prints how our results differ from the stock backend's. Returns the number of tests that fail without being listed, or the other way round. */
function compare({ backend, stock, ours, again }) {
  const expected = WRONG_EXPECTATIONS[backend];
  const suspects = failures(ours).filter((name) => stock[name]?.status !== 'failed');
  // A promise that an earlier test left behind may reject during another one.
  const alone = suspects.length > 0 ? failures(again(suspects)) : [];
  for (const name of alone.filter((failed) => failed in expected))
    console.log(`core tests: left aside, for it ${expected[name].reason} (right: ${expected[name].evidence}): ${name}`);
  const regressions = alone.filter((name) => !(name in expected));
  for (const name of regressions) console.error(`core tests: fails on ours alone: ${name}\n  ${ours[name].message}`);
  const outdated = Object.keys(expected).filter((listed) => !alone.includes(listed));
  for (const name of outdated)
    console.error(`core tests: no longer fails on ours alone: strike it off core-tests/wrong-expectations.mjs: ${name}`);
  return regressions.length + outdated.length;
}

function reportMended(stock, ours) {
  const mended = failures(stock).filter((name) => ours[name]?.status === 'passed');
  console.log(`core tests: ${mended.length} fail on the stock backend and pass on ours`);
  if (values.list) console.log(mended.map((name) => `  ${name}`).join('\n'));
}

/** @param stockTests `all`, or `suspects`: those that fail on ours */
async function check(backend, { threadCounts, stockTests, env = {} }) {
  const bundle = join(folder, `${backend}.cjs`);
  const files = await bundleCoreTests(backend, bundle);
  const version = spawnSync(values.node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`core tests: ${files} files of tfjs-core's own tests on ${backend}, Node ${version}`);
  const target = { bundle, backend, env };
  const runStock = (only) => run(target, { kernels: 'stock', threads: 1, only });
  const all = stockTests === 'all' ? runStock() : undefined;
  if (all) report('stock', all);
  for (const threads of threadCounts) {
    const ours = run(target, { kernels: 'ours', threads });
    report(backend === 'wasm' ? `ours, ${threads} thread${threads > 1 ? 's' : ''}` : 'ours', ours);
    const again = (only) => run(target, { kernels: 'ours', threads, only });
    const stock = all ?? runStock(failures(ours));
    if (all) reportMended(all, ours);
    else report('stock, of those that fail on ours', stock);
    if (compare({ backend, stock, ours, again }) > 0) process.exitCode = 1;
  }
}

async function checkWebgpu() {
  const gpu = await findGpu(folder);
  try {
    if ('missing' in gpu) return console.log(`core tests: skipped on webgpu: ${gpu.missing}`);
    console.log(`core tests: webgpu is ${gpu.description}`);
    await check('webgpu', { threadCounts: [1], stockTests: values.list ? 'all' : 'suspects', env: gpu.env });
  } finally {
    gpu.release();
  }
}

try {
  if (values.backend !== 'webgpu') await check('wasm', { threadCounts: [1, 2], stockTests: 'all' });
  if (values.backend !== 'wasm') await checkWebgpu();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
