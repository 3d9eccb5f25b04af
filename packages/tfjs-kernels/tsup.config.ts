import { libraryBuild } from '../../tsup.base';

export default libraryBuild({ index: 'src/index.ts', wasm: 'src/wasm/index.ts', webgpu: 'src/webgpu/index.ts' });
