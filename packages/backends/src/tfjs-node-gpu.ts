import { nativeBackend } from './native-tensorflow';

const packageName: string = '@tensorflow/tfjs-node-gpu'; // a variable: the package is not there when this is compiled

/** TensorFlow's native library on an NVIDIA GPU: needs CUDA 11.2 and cuDNN 8.1. Not installed by default, as `tfjs-node`. */
export const tfjsNodeGpu = nativeBackend({
  name: 'tfjs-node-gpu',
  summary: 'native TensorFlow on an NVIDIA GPU with CUDA 11.2 (optional)',
  packageName,
  load: () => import(packageName),
});
