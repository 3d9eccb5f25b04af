import { util } from '@tensorflow/tfjs-core';
import type { DataType, KernelFunc, NamedAttrMap, TensorInfo, TypedArray } from '@tensorflow/tfjs-core';
import type { SharedBackend } from '../shared-backend';
import { bytesOf, registerData } from './places';

export type KernelArguments = Parameters<KernelFunc>[0];

/** A tensor that a kernel made while it was recorded. */
export interface MadeTensor {
  shape: number[];
  dtype: DataType;
  address: number;
}

/** A kernel that is called again in each replay, because it writes memory itself. */
export interface KernelCall {
  run(): void;
  setAttrs(attrs: NamedAttrMap): void;
  /** Unregisters the tensors that stand for its inputs and outputs. */
  dispose(): void;
}

/** While it is defined, the tensors that a kernel makes are the recorded ones, in turn. */
let making: Iterator<{ dataId: object; made: MadeTensor }> | undefined;

/** Prepares calls of a kernel with the inputs that it had and for the tensors that it made, whose memory the recording owns. */
export function prepareCall(
  backend: SharedBackend,
  kernel: { name: string; kernelFunc: KernelFunc },
  args: KernelArguments,
  made: readonly MadeTensor[],
): KernelCall {
  const registered: object[] = [];
  const register = (tensor: MadeTensor): object => {
    const dataId = registerData(backend, tensor);
    registered.push(dataId);
    return dataId;
  };
  const standIn = ({ dataId, shape, dtype }: TensorInfo): TensorInfo => ({
    ...{ shape, dtype, dataId: register({ shape, dtype, address: backend.dataIdMap.get(dataId).memoryOffset }) },
  });
  const inputs = mapInputs(args.inputs, standIn);
  const inputIds = [...registered];
  const outputs = made.map((tensor) => ({ dataId: register(tensor), made: tensor }));
  let attrs = { ...args.attrs } as NamedAttrMap;
  return {
    run() {
      for (const dataId of inputIds) forgetPacked(backend, dataId);
      making = outputs[Symbol.iterator]();
      try {
        kernel.kernelFunc({ inputs, attrs, backend });
      } catch (error) {
        throw new Error(`replay: ${kernel.name} failed: ${(error as Error).message}`, { cause: error });
      } finally {
        making = undefined;
      }
    },
    setAttrs: (changed) => void (attrs = changed),
    dispose() {
      for (const dataId of registered) {
        backend.wasm.tfjs.disposeData(backend.dataIdMap.get(dataId).id);
        backend.dataIdMap.delete(dataId);
      }
    },
  };
}

/** The stock matMul, prelu and convolutions keep packed copies of weights until the tensor is registered anew. */
export function forgetPacked({ dataIdMap, wasm }: SharedBackend, dataId: object): void {
  const { id, shape, memoryOffset } = dataIdMap.get(dataId);
  wasm.tfjs.disposeData(id);
  wasm.tfjs.registerTensor(id, util.sizeFromShape(shape), memoryOffset);
}

/** Some kernels take a list of inputs where a map is declared, and leave out optional ones. */
function mapInputs(inputs: KernelArguments['inputs'], map: (tensor: TensorInfo) => TensorInfo): KernelArguments['inputs'] {
  const mapped = Object.entries(inputs).map(([name, tensor]) => [name, tensor && map(tensor)] as const);
  const result = Object.fromEntries(mapped);
  return Array.isArray(inputs) ? (Object.values(result) as never) : (result as KernelArguments['inputs']);
}

/** Runs `replay` with a backend whose kernels get the recorded tensors instead of new ones, and dispose of none. */
export function withRecordedTensors(backend: SharedBackend, replay: () => void): void {
  const own = { write: backend.write, disposeData: backend.disposeData };
  backend.write = (values, shape, dtype) => {
    const next = making?.next();
    if (!next || next.done) throw new Error('it made more tensors than when it was recorded');
    const { dataId, made } = next.value;
    if (made.dtype !== dtype || !util.arraysEqual(made.shape, shape))
      throw new Error(`it made a tensor ${dtype} [${shape}], but ${made.dtype} [${made.shape}] when it was recorded`);
    const bytes = values as TypedArray | null;
    if (bytes) bytesOf(backend).set(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), made.address);
    return dataId;
  };
  backend.disposeData = () => false;
  try {
    replay();
  } finally {
    Object.assign(backend, own);
  }
}
