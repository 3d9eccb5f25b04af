import { libraryBuild } from '../../tsup.base';

/** The worklet is one file, so that bundlers can copy it; it is built beside the others, which leave it when they clean up. */
const library = libraryBuild({ index: 'src/index.ts' }, { clean: ['!worklet.*'] });
const worklet = libraryBuild({ worklet: 'src/worklet/feature-processor.ts' }, { clean: false, splitting: false });

export default [library, worklet];
