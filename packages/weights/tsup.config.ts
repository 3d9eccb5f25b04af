import { basename } from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { runOnly } from '../../tsup.base.js';

/** Leaves the modules with the weights out of those that import them: both formats load the same ones, each when it is first needed. */
const weightsBeside: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'weights-beside',
  setup(build) {
    build.onResolve({ filter: /\/generated\// }, ({ path }) => ({ path: `./${basename(path)}.js`, external: true }));
  },
};

const shared: Options = { target: 'es2022', treeshake: !runOnly };

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts' },
    format: ['esm', 'cjs'],
    sourcemap: true,
    esbuildPlugins: [weightsBeside],
  },
  {
    ...shared,
    entry: [
      'src/generated/generator.ts',
      'src/generated/image-classifier.ts',
      'src/generated/sound-classifier.ts',
      'src/generated/pool.ts',
    ],
    format: ['esm'],
  },
]);
