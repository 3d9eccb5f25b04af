import { defineConfig, type Options } from 'tsup';

/**
 * The build that every published package shares: ESM and CommonJS with their declarations, from the entries named. Declarations take most
 * of its time; `CMCGAN_SKIP_TYPES=true` leaves them out where nobody reads them, as in `npm run quickstart`.
 */
export function libraryBuild(entry: Record<string, string>, overrides: Options = {}) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    dts: process.env.CMCGAN_SKIP_TYPES !== 'true',
    sourcemap: true,
    clean: true,
    target: 'es2022',
    treeshake: true,
    ...overrides,
  });
}
