import { rmSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

/** Builds what runs here, as for `npm run quickstart`: without declarations and tree shaking, which take most of the time. */
export const runOnly = process.env.CMCGAN_SKIP_TYPES === 'true';

// tsup's clean would keep the declarations of an earlier build, which may no longer be true
if (runOnly) rmSync('dist', { recursive: true, force: true });

/** Declarations are made from those of the packages that a package depends on, which are built before it: reading their sources again takes as long as its own. */
export const declarations = runOnly ? false : { compilerOptions: { paths: {} } };

/** The build that every published package shares: ESM and CommonJS with their declarations, from the entries named. */
export function libraryBuild(entry: Record<string, string>, overrides: Options = {}) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    dts: declarations,
    sourcemap: true,
    clean: true,
    target: 'es2022',
    treeshake: !runOnly,
    ...overrides,
  });
}
