// Runs the tests that tfjs-core ships on the stock wasm backend and on ours, with one thread and with two. Fails if a test that passes on
// the stock backend fails on ours. `--node <path>` uses another Node; `--list` names the tests that only the stock backend fails.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleCoreTests } from './core-tests/bundle.mjs';
import { WRONG_EXPECTATIONS } from './core-tests/wrong-expectations.mjs';

const { values } = parseArgs({ options: { node: { type: 'string', default: process.execPath }, list: { type: 'boolean' } } });
const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist');
const LIMIT_MS = 600_000;

const folder = mkdtempSync(join(tmpdir(), 'core-tests-'));

function run(bundle, kernels, threads) {
  const out = join(folder, `${kernels}-${threads}.json`);
  const settings = JSON.stringify({ kernels, threads, binary: join(dist, 'tfjs-backend-wasm-simd.wasm'), out });
  const env = { ...process.env, CORE_TESTS: settings };
  const { status } = spawnSync(values.node, [bundle], { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: LIMIT_MS });
  if (status !== 0)
    throw new Error(`core tests: the run on ${kernels} kernels with ${threads} threads exited with code ${status}`);
  return JSON.parse(readFileSync(out, 'utf8'));
}

const failures = (results) => Object.keys(results).filter((name) => results[name].status === 'failed');

function report(kernels, threads, results) {
  const passed = Object.values(results).filter(({ status }) => status === 'passed').length;
  const threaded = kernels === 'stock' ? '' : `, ${threads} thread${threads > 1 ? 's' : ''}`;
  console.log(`core tests: ${kernels}${threaded}: ${passed} pass, ${failures(results).length} fail`);
}

function main() {
  const bundle = join(folder, 'tests.cjs');
  return bundleCoreTests('wasm', bundle).then((files) => {
    const version = spawnSync(values.node, ['--version'], { encoding: 'utf8' }).stdout.trim();
    console.log(`core tests: ${files} files of tfjs-core's own tests on Node ${version}`);
    const stock = run(bundle, 'stock', 1);
    report('stock', 1, stock);
    let regressions = 0;
    for (const threads of [1, 2]) {
      const ours = run(bundle, 'ours', threads);
      report('ours', threads, ours);
      for (const name of failures(ours).filter((failed) => stock[failed]?.status !== 'failed')) {
        if (name in WRONG_EXPECTATIONS) {
          console.log(
            `core tests: left aside: ${name}: ${WRONG_EXPECTATIONS[name].reason} (${WRONG_EXPECTATIONS[name].evidence})`,
          );
          continue;
        }
        regressions++;
        console.error(`core tests: fails on ours alone: ${name}\n  ${ours[name].message}`);
      }
      for (const name of Object.keys(WRONG_EXPECTATIONS).filter((listed) => ours[listed]?.status !== 'failed')) {
        regressions++;
        console.error(`core tests: core-tests/wrong-expectations.mjs lists a test that does not fail: remove ${name}`);
      }
      const mended = failures(stock).filter((name) => ours[name]?.status === 'passed');
      console.log(`core tests: ${mended.length} fail on the stock backend and pass on ours`);
      if (values.list) console.log(mended.map((name) => `  ${name}`).join('\n'));
    }
    if (regressions > 0) process.exitCode = 1;
  });
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
