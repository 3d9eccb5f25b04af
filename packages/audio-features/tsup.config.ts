import { libraryBuild } from '../../tsup.base';

/**
 * The worklet is a single file, so that bundlers can copy it; it is built alongside the others, whose cleaning spares it. The random
 * generator is bundled, since a page without a bundler only loads this package's files.
 */
const library = libraryBuild({ index: 'src/index.ts' }, { clean: ['!worklet.*'], noExternal: ['@cmcgan/random'] });
const worklet = libraryBuild({ worklet: 'src/worklet.ts' }, { clean: false, splitting: false });

export default [library, worklet];
