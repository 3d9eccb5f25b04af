import { libraryBuild } from '../../tsup.base';

/**
 * The worklet is one file, so that bundlers can copy it; it is built beside the others, which leave it when they clean up. The random
 * generator is built in: a page without a bundler loads this package's files alone.
 */
const library = libraryBuild({ index: 'src/index.ts' }, { clean: ['!worklet.*'], noExternal: ['@cmcgan/random'] });
const worklet = libraryBuild({ worklet: 'src/worklet/feature-processor.ts' }, { clean: false, splitting: false });

export default [library, worklet];
