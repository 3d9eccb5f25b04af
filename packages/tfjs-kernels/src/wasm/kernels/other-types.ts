import { getKernel } from '@tensorflow/tfjs-core';
import type { DataType, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { Kernel } from '../../replace-kernels';
import type { KernelContext } from '../context';
import type { Heap } from '../heap';

type Values = Float32Array | Int32Array | Uint8Array;

/** For which types of input a kernel needs other types. */
interface Route {
  dtypes: DataType[];
  /** Type of the result; default: the input's. */
  outType?: DataType;
  /** Whether it moves values instead of computing with them: then their bits go through it. */
  isMove?: boolean;
}

const among = (names: string[], route: Route): Record<string, Route> => Object.fromEntries(names.map((name) => [name, route]));

const ROUTES: Readonly<Record<string, Route>> = {
  ...among(['Abs', 'Atan', 'Ceil', 'Cos', 'Cosh', 'Elu', 'Erf', 'Floor', 'Log'], { dtypes: ['bool'] }),
  ...among(['Neg', 'Relu', 'Relu6', 'Round', 'Rsqrt', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Sinh'], { dtypes: ['bool'] }),
  ...among(['Softplus', 'Sqrt', 'Square', 'Step', 'Tan', 'Tanh'], { dtypes: ['bool'] }),
  ...among(['Acos', 'Acosh', 'Asin', 'Asinh', 'Atanh'], { dtypes: ['int32', 'bool'] }),
  ...among(['ClipByValue', 'Expm1', 'Log1p', 'Reciprocal'], { dtypes: ['int32', 'bool'] }),
  ...among(['Exp', 'LeakyRelu'], { dtypes: ['bool'], outType: 'float32' }),
  Prelu: { dtypes: ['int32', 'bool'], outType: 'float32' },
  ...among(['IsFinite', 'IsInf', 'IsNan'], { dtypes: ['int32', 'bool'], outType: 'bool' }),
  ...among(['Reverse', 'Select'], { dtypes: ['bool'], isMove: true }),
  StridedSlice: { dtypes: ['int32', 'bool'], isMove: true },
};

/**
 * Kernels for int32 and bool inputs that the stock ones take for float32: they read bits as floats, or write four bytes per bool, beyond
 * its tensor. As on the cpu backend, most results have the type of x, to which they are truncated.
 */
export const OTHER_TYPES: Readonly<Record<string, Kernel<KernelContext>>> = Object.fromEntries(
  Object.entries(ROUTES).map(([kernelName, route]) => [kernelName, throughFloats(kernelName, route)]),
);

function throughFloats(kernelName: string, { dtypes, outType, isMove }: Route): Kernel<KernelContext> {
  return ({ heap }, inputs: Record<string, TensorInfo>, attrs: NamedAttrMap) => {
    const { condition, ...values } = inputs;
    const { dtype } = values.x ?? values.t;
    if (!dtypes.includes(dtype)) return undefined;
    const { backend } = heap;
    const bits: DataType = isMove ? 'int32' : 'float32';
    const own = Object.fromEntries(Object.entries(values).map(([name, x]) => [name, floatsOf(heap, x, bits)]));
    const args = { inputs: condition ? { condition, ...own } : own, backend, attrs };
    const y = getKernel(kernelName, 'wasm').kernelFunc(args) as TensorInfo;
    const result = backend.makeOutput(y.shape, outType ?? dtype);
    copy(heap, isMove ? { ...y, dtype: bits } : y, result);
    for (const { dataId } of [...Object.values(own), y]) backend.disposeData(dataId);
    return result;
  };
}

/** A tensor that kernels take for float32, and holds the values of x as `bits`. */
function floatsOf(heap: Heap, x: TensorInfo, bits: DataType): TensorInfo {
  const y = heap.backend.makeOutput(x.shape, 'float32');
  copy(heap, x, { ...y, dtype: bits });
  return y;
}

/** Copies values, converted as typed arrays convert them. */
function copy({ backend }: Heap, x: TensorInfo, y: TensorInfo): void {
  const [from, to] = [x, y].map((tensor) => backend.typedArrayFromHeap(tensor) as Values);
  to.set(from);
}
