import { defineConfig, type Options } from 'tsup';

/** The build that every published package shares: ESM and CommonJS with their declarations, from the entries named. */
export function libraryBuild(entry: Record<string, string>, overrides: Options = {}) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    dts: true,
    sourcemap: true,
    clean: true,
    target: 'es2022',
    treeshake: true,
    ...overrides,
  });
}
