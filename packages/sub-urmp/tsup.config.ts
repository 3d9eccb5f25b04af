import { libraryBuild } from '../../tsup.base';

/** The worker is a program of its own, beside the package's entry; the shim lets CommonJS find it too. */
export default libraryBuild(
  { index: 'src/index.ts', options: 'src/options.ts', 'feature-worker': 'src/features/feature-worker.ts' },
  { shims: true },
);
