// Finds the GPU of the tests (test/extras): the machine's own, or else the software driver of the npm package @sparticuz/chromium.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const setup = join(dirname(fileURLToPath(import.meta.url)), '../../../../test/extras/global-setup.ts');

/** The modules of the bundle look for packages from where their sources are. */
const ownAddress = {
  name: 'own-address',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    })),
};

/**
 * Resolves to { description, env }, the environment variables that a process needs to use the GPU, or to { missing }, a reason. `folder`
 * gets the bundle; `release` removes what was unpacked.
 */
export async function findGpu(folder) {
  const outfile = join(folder, 'find-gpu.mjs');
  await build({ ...{ entryPoints: [setup], outfile, plugins: [ownAddress] }, bundle: true, platform: 'node', format: 'esm' });
  const { setup: find, teardown } = await import(pathToFileURL(outfile).href);
  const provided = {};
  await find({ provide: (name, value) => (provided[name] = value) });
  const { LD_LIBRARY_PATH = '' } = process.env;
  return { ...provided.gpu, env: { ...provided.gpu.env, LD_LIBRARY_PATH }, release: teardown };
}
