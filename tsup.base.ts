import { defineConfig, type Options } from 'tsup';

/** Builds what only runs here, as for `npm run quickstart`: without tree shaking, which takes most of the time. */
export const runOnly = process.env.CMCGAN_RUN_ONLY === 'true';

/** The build that every published package shares: ESM and CommonJS from the entries named. Declarations are made later (scripts/build-declarations.mjs). */
export function libraryBuild(entry: Record<string, string>, overrides: Options = {}) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    sourcemap: true,
    clean: true,
    target: 'es2022',
    treeshake: !runOnly,
    ...overrides,
  });
}
