/// <reference types="@webgpu/types" />
import { env, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { activeRecording } from '../record';
import type { DeviceErrors } from './device-errors';
import { markChanged } from './open-backend';
import type { OpenBackend } from './open-backend';
import type { Shader } from './shader';

export interface Dispatch {
  shader: Shader;
  /** In the order of the shader's buffers. Those that it writes are changed in place. */
  tensors: readonly TensorInfo[];
  /** The shader's `numbers`, in the order of their struct. They follow from shapes alone, so that there are few different ones, and are kept. */
  uniforms?: ArrayBuffer;
  /** The shader's `step`: numbers that may differ from step to step. Dispatches that are given the same buffer share it on the GPU. */
  stepNumbers?: ArrayBuffer;
  workgroups: readonly [x: number, y: number, z: number];
}

/** Runs shaders on tensors of the stock backend. */
export interface Dispatcher {
  /** Maximal number of storage buffers of a shader. */
  readonly maxBuffers: number;
  /** A float32 tensor whose values a dispatch will write. */
  output(shape: readonly number[]): TensorInfo;
  /** Records a dispatch after those of the stock kernels, in the same pass. */
  run(dispatch: Dispatch): void;
  /** Runs `run` with dispatches that do nothing, and returns the different `stepNumbers` that they were given. */
  uniformsOf(run: () => void): ArrayBuffer[];
  /** Frees a tensor once the recorded commands have run. */
  release(tensor: TensorInfo): void;
}

/**
 * The stock `runWebGPUProgram` has one output, never changes a tensor in place, and writes a uniform buffer of shapes for every dispatch;
 * this records into the same compute pass, with the same buffers, pipelines by key, several outputs, and uniforms only where asked for.
 */
export function createDispatcher(backend: OpenBackend, errors: DeviceErrors): Dispatcher {
  const { device } = backend;
  const UNIFORM = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const { pipelineCache } = backend;
  const layouts = new WeakMap<GPUComputePipeline, GPUBindGroupLayout>();
  const uniforms = new Map<string, GPUBuffer>();
  let latest: { data: ArrayBuffer; buffer: GPUBuffer } | undefined;

  const pipelineOf = ({ key, code }: Shader): GPUComputePipeline => {
    const own = `cmcgan ${key}`;
    const known = pipelineCache[own];
    if (known) return known;
    const module = device.createShaderModule({ code: code(), label: key });
    return (pipelineCache[own] = device.createComputePipeline({
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
      label: key,
    }));
  };

  const layoutOf = (pipeline: GPUComputePipeline): GPUBindGroupLayout => {
    const layout = layouts.get(pipeline) ?? pipeline.getBindGroupLayout(0);
    layouts.set(pipeline, layout);
    return layout;
  };

  const uniformBuffer = (data: ArrayBuffer): GPUBuffer => {
    const key = new Uint32Array(data).join();
    const known = uniforms.get(key);
    if (known) return known;
    const buffer = device.createBuffer({ size: data.byteLength, usage: UNIFORM });
    device.queue.writeBuffer(buffer, 0, data);
    uniforms.set(key, buffer);
    return buffer;
  };

  /** A buffer that is given back after the next submission, unless it belongs to a recording. */
  const stepBuffer = (data: ArrayBuffer): GPUBuffer => {
    if (latest?.data === data && (activeRecording() || backend.uniformPendingDisposal.includes(latest.buffer)))
      return latest.buffer;
    const buffer = backend.bufferManager.acquireBuffer(data.byteLength, UNIFORM);
    device.queue.writeBuffer(buffer, 0, data);
    backend.uniformPendingDisposal.push(buffer);
    latest = { data, buffer };
    return buffer;
  };

  const bufferOf = (tensor: TensorInfo, written: boolean): GPUBuffer => {
    backend.uploadToGPU(tensor.dataId);
    backend.commandQueueOwnedIds.add(tensor.dataId);
    const data = backend.tensorMap.get(tensor.dataId);
    if (written) markChanged(data);
    return data.resource as GPUBuffer;
  };

  let taken: ArrayBuffer[] | undefined;

  return {
    maxBuffers: device.limits.maxStorageBuffersPerShaderStage,
    output(shape) {
      if (util.sizeFromShape([...shape]) === 0) throw new Error(`webgpu kernels: tensors must not be empty, got [${shape}]`);
      return backend.makeTensorInfo([...shape], 'float32');
    },
    release: ({ dataId }) => void backend.disposeData(dataId),
    uniformsOf(run) {
      const own: ArrayBuffer[] = (taken = []);
      try {
        run();
      } finally {
        taken = undefined;
      }
      return own;
    },
    run({ shader, tensors, uniforms: numbers, stepNumbers, workgroups }) {
      errors.throwIfAny();
      if (taken) {
        if (stepNumbers && !taken.includes(stepNumbers)) taken.push(stepNumbers);
        return;
      }
      const pipeline = pipelineOf(shader); // first, since it may submit what was encoded before
      const buffers = tensors.map((tensor, i) => bufferOf(tensor, shader.buffers[i].access === 'read_write'));
      if (numbers) buffers.push(uniformBuffer(numbers));
      if (stepNumbers) buffers.push(stepBuffer(stepNumbers));
      const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
      const bindGroup = device.createBindGroup({ layout: layoutOf(pipeline), entries });
      backend.ensureCommandEncoderReady();
      backend.computePassEncoder ??= backend.commandEncoder!.beginComputePass();
      const pass = backend.computePassEncoder;
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...workgroups);
      backend.dispatchCountInPass++;
      if (backend.dispatchCountInPass < (env().get('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE') as number)) return;
      backend.endComputePassEncoder();
      backend.submitQueue();
    },
  };
}
