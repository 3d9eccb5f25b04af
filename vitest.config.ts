import { defineConfig } from 'vitest/config';

const sourceOf = (name: string, entry = 'index.ts') => new URL(`./packages/${name}/src/${entry}`, import.meta.url).pathname;

/** Tests run against the sources: nothing but the generated wasm modules has to be built first. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^cmcgan$/, replacement: sourceOf('cmcgan') },
      { find: '@cmcgan/tfjs-kernels/wasm', replacement: sourceOf('tfjs-kernels', 'wasm/index.ts') },
      { find: '@cmcgan/tfjs-kernels/webgpu', replacement: sourceOf('tfjs-kernels', 'webgpu/index.ts') },
      { find: '@cmcgan/model/node', replacement: sourceOf('model', 'node/index.ts') },
      { find: '@cmcgan/classifier/node', replacement: sourceOf('classifier', 'node/index.ts') },
      { find: '@cmcgan/export/node', replacement: sourceOf('export', 'node/index.ts') },
      { find: '@cmcgan/evaluation/node', replacement: sourceOf('evaluation', 'node/index.ts') },
      { find: '@cmcgan/sub-urmp/simulator', replacement: sourceOf('sub-urmp', 'simulator/index.ts') },
      { find: '@cmcgan/sub-urmp/prepare', replacement: sourceOf('sub-urmp', 'prepare/index.ts') },
      { find: '@cmcgan/pages/html', replacement: sourceOf('pages', 'html.ts') },
      { find: '@cmcgan/training/node', replacement: sourceOf('training', 'node/index.ts') },
      { find: /^@cmcgan\/([a-z-]+)\/options$/, replacement: new URL('./packages/$1/src/options.ts', import.meta.url).pathname },
      { find: /^@cmcgan\/([a-z-]+)$/, replacement: new URL('./packages/$1/src/index.ts', import.meta.url).pathname },
    ],
  },
  test: {
    include: ['{packages,apps}/*/{src,test}/**/*.test.ts', 'bench/src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: 'test/extras/global-setup.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: 'forks',
    reporters: process.env.CI ? ['default', ['json', { outputFile: '.cache/test-results.json' }]] : ['default'],
  },
});
