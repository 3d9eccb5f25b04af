/// <reference types="@webgpu/types" />

/** An object of WebGPU that is made when it is first needed; it stands for it in calls that are kept until then. */
export class Late<T extends object> {
  #value?: T;

  constructor(private readonly make: () => T) {}

  get value(): T {
    return (this.#value ??= this.make());
  }

  set value(value: T) {
    this.#value = value;
  }
}

/** A pipeline that is being compiled; without a value from elsewhere, `make` compiles it on this thread. */
export class LatePipeline extends Late<GPUComputePipeline> {
  getBindGroupLayout(index: number): Late<GPUBindGroupLayout> {
    return new Late(() => this.value.getBindGroupLayout(index));
  }
}

/** What an argument stands for. */
export const real = <T>(argument: T): T => (argument instanceof Late ? (argument.value as T) : argument);

/** An encoder that keeps its calls; `finish` returns a late command buffer, for which they are made. */
export function lateEncoder(device: GPUDevice): GPUCommandEncoder {
  const calls: (() => void)[] = [];
  let encoder: GPUCommandEncoder;
  const keepCalls = <T extends object>(target: () => T, own: object = {}): T =>
    new Proxy(own as T, {
      get: (_, name) =>
        own[name as never] ??
        ((...args: unknown[]) =>
          void calls.push(() => (target() as Record<typeof name, (...args: unknown[]) => void>)[name](...args.map(real)))),
    });
  return keepCalls(() => encoder, {
    beginComputePass(descriptor?: GPUComputePassDescriptor) {
      let pass: GPUComputePassEncoder;
      calls.push(() => void (pass = encoder.beginComputePass(descriptor)));
      return keepCalls(() => pass);
    },
    finish: () =>
      new Late(() => {
        encoder = device.createCommandEncoder();
        for (const call of calls) call();
        return encoder.finish();
      }),
  });
}
