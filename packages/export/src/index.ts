export type { WayOptions } from './choose-way';
export { classifierToOnnx, generatorToOnnx } from './onnx/to-onnx';
