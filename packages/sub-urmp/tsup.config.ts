import { libraryBuild } from '../../tsup.base';

const entries = {
  index: 'src/index.ts',
  options: 'src/options.ts',
  simulator: 'src/simulator/index.ts',
  prepare: 'src/prepare/index.ts',
};

/**
 * The worker is a separate program in the same folder as the package's entries; the shim lets CommonJS find it too. Code that entries
 * share is in shared chunks, so that an error has the same class whichever entry threw it.
 */
export default libraryBuild(
  { ...entries, 'feature-worker': 'src/reading/features/feature-worker.ts' },
  { shims: true, splitting: true },
);
