import { defineConfig, type Options } from 'tsup';
import { runOnly } from '../../tsup.base.js';

const shared: Options = {
  sourcemap: true,
  target: 'es2022',
  treeshake: !runOnly,
};

export default defineConfig([
  {
    ...shared,
    entry: { index: 'src/index.ts' },
    format: ['esm', 'cjs'],
    esbuildOptions(options, { format }) {
      options.supported = { 'dynamic-import': format === 'esm' }; // import() in CommonJS would load the packages once more, as ESM
    },
  },
  {
    ...shared,
    entry: { browser: 'src/browser.ts' },
    format: ['esm'],
    platform: 'browser',
    noExternal: [/\.wasm$/],
    loader: { '.wasm': 'binary' },
  },
  { ...shared, entry: { cli: 'src/cli.ts' }, format: ['esm'] },
]);
