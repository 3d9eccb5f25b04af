import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';

setTestEnvs([{ name: 'test-wasm', backendName: 'wasm', isDataSync: true }]);
