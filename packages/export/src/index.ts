export type { WayOptions } from './choose-way';
export { classifierToOnnx, generatorToOnnx } from './onnx/to-onnx';
export { classifierToStockModel, generatorToStockModel } from './stock/to-stock-model';
