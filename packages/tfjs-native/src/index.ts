export { buildNative, type BuildOptions, type NativeBuild } from './build-native';
export type { TensorflowSource } from './find-tensorflow';
export { findNative, loadNative, type LoadOptions, type NativeTensorflow } from './load-native';
export { TFJS_VERSION, type NativeDevice, type PackagePlaces } from './native-package';
export type { ComputeOptions } from './open-package';
export type { NativeProbe } from './probe-native';
