import { libraryBuild } from '../../tsup.base';

const entries = {
  index: 'src/index.ts',
  options: 'src/options.ts',
  simulator: 'src/simulator/index.ts',
  prepare: 'src/prepare/index.ts',
};

/**
 * The worker is a program of its own, beside the package's entries; the shim lets CommonJS find it too. What entries share lies in files
 * that they share, so that an error is of one class whichever entry threw it.
 */
export default libraryBuild(
  { ...entries, 'feature-worker': 'src/reading/features/feature-worker.ts' },
  { shims: true, splitting: true },
);
