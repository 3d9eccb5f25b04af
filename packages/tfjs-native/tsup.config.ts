import { libraryBuild } from '../../tsup.base';

export default libraryBuild({ index: 'src/index.ts', cli: 'src/cli.ts' });
