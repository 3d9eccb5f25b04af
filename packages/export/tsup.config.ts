import { libraryBuild } from '../../tsup.base';

export default libraryBuild({ index: 'src/index.ts', node: 'src/node/index.ts' });
