import { nativeBackend } from './native-tensorflow';

const packageName: string = '@tensorflow/tfjs-node'; // a variable: the package is not there when this is compiled

/** TensorFlow's native library on the processor. Not installed by default: its install script downloads the library. */
export const tfjsNode = nativeBackend({
  name: 'tfjs-node',
  summary: 'native TensorFlow on the processor (optional)',
  packageName,
  load: () => import(packageName),
});
