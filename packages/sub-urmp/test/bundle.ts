import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = (name: string) => join(root, '..', name, 'src/index.ts');

/**
 * Bundles a program from test/ together with the worker's program, as in the published package, so that tests can run them as processes
 * without building first.
 */
export async function bundleProgram(name: string): Promise<{ program: string; workerFile: URL; remove(): Promise<void> }> {
  const parent = join(root, 'node_modules/.cache');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'test-'));
  await build({
    entryPoints: {
      [name]: join(root, 'test', `${name}.ts`),
      'feature-worker': join(root, 'src/reading/features/feature-worker.ts'),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    alias: Object.fromEntries(['audio-features', 'image-io', 'random'].map((each) => [`@cmcgan/${each}`, source(each)])),
    external: ['sharp', '@wasm-audio-decoders/*', 'mpg123-decoder', 'opus-decoder'],
    nodePaths: [join(root, 'node_modules')],
    logLevel: 'error',
  });
  return {
    program: join(folder, `${name}.js`),
    workerFile: new URL(`file://${join(folder, 'feature-worker.js')}`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
