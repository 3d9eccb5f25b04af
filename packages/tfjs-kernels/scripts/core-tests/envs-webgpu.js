import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';

setTestEnvs([{ name: 'test-webgpu', backendName: 'webgpu', isDataSync: false }]);
