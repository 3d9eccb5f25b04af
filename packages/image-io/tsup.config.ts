import { libraryBuild } from '../../tsup.base';

export default libraryBuild({ index: 'src/index.ts', browser: 'src/browser.ts' });
