// Installs the package `cmcgan` alone in an empty project, as its README says, and runs its program there.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkReadmeExample } from './check-readme-example.mjs';

/** Makes a model's folder with the packages that came with `cmcgan`. */
const MAKE_MODEL = `
  const { createRequire } = require('node:module');
  const inner = createRequire(require.resolve('cmcgan')); // nothing but cmcgan is the project's own
  const { createCmcgan } = inner('@cmcgan/model');
  const { saveModel } = inner('@cmcgan/model/node');
  const { useWasmKernels } = inner('@cmcgan/tfjs-kernels/wasm');
  useWasmKernels({ threads: 1 }).then(async () => {
    const decibelRange = { floorDb: -50, ceilingDb: 30 };
    await saveModel(createCmcgan({ width: 1 / 32, latentSize: 4, initialisation: 'he', seed: 1, decibelRange }), 'model');
    process.exit(0);
  });`;

/**
 * @param packed the packed packages: name and tarball of each
 * @param options `project` has all of them installed, and the types of Node; `readme` is the path of cmcgan's README; `nodes` are the paths of all Nodes to
 * try it on
 */
export async function checkAlone(packed, options) {
  const folder = mkdtempSync(join(tmpdir(), 'cmcgan-alone-')); // below no other node_modules
  try {
    await useAlone(folder, { packed, ...options });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function useAlone(folder, { packed, run, env, project, readme, nodes }) {
  const tarballs = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const { cmcgan, ...overrides } = tarballs; // the others are not in the registry yet
  const types = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).dependencies['@types/node'];
  const dependencies = { cmcgan, '@types/node': types };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }));
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  await run('node', ['--eval', MAKE_MODEL], folder);
  const require = createRequire(join(folder, 'package.json'));
  const { load } = require('cmcgan');
  if (typeof load !== 'function') throw new Error('cmcgan: load must be a function');
  const samples = Float32Array.from({ length: 30_000 }, (_, n) => 0.5 * Math.sin(0.05 * n + 4e-6 * n * n));
  const inner = createRequire(require.resolve('cmcgan'));
  writeFileSync(join(folder, 'note.wav'), inner('@cmcgan/audio-features').writeWav({ samples, sampleRateHz: 44_100 }));
  for (const words of [['note.wav'], ['note.png', '-o', 'again.wav']]) {
    process.stdout.write(`cmcgan ${words.join(' ')}: ${await run('npx', ['cmcgan', ...words, '--weights', 'model'], folder)}`);
  }
  process.stdout.write(`released weights: ${await run('npx', ['cmcgan', 'note.wav', '-o', 'released.png'], folder)}`);
  const { simulateDataset } = createRequire(join(project, 'package.json'))('@cmcgan/sub-urmp/simulator');
  await checkReadmeExample(folder, { run, env, readme, simulateDataset, nodes });
}
