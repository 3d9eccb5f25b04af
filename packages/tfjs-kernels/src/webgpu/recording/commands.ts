/// <reference types="@webgpu/types" />

/** A command of a recording: a dispatch, or a copy of a buffer's first bytes. */
export type Command =
  | { pipeline: GPUComputePipeline; bindGroup: GPUBindGroup; workgroups: [number, number, number] }
  | { source: GPUBuffer; target: GPUBuffer; bytes: number };

/** An encoder for the stock backend that also appends what is encoded to `commands`. */
export function recordingEncoder(encoder: GPUCommandEncoder, commands: Command[]): GPUCommandEncoder {
  const recording: Pick<GPUCommandEncoder, 'beginComputePass' | 'copyBufferToBuffer' | 'finish'> = {
    beginComputePass: () => recordingPass(encoder.beginComputePass(), commands),
    copyBufferToBuffer(...[source, from, target, to, bytes]: unknown[]) {
      if (from !== 0 || to !== 0) throw new Error('record: a step must copy whole tensors, but copied a part of one');
      encoder.copyBufferToBuffer(source as GPUBuffer, 0, target as GPUBuffer, 0, bytes as number);
      commands.push({ source: source as GPUBuffer, target: target as GPUBuffer, bytes: bytes as number });
    },
    finish: () => encoder.finish(),
  };
  return recording as GPUCommandEncoder;
}

function recordingPass(pass: GPUComputePassEncoder, commands: Command[]): GPUComputePassEncoder {
  let pipeline: GPUComputePipeline;
  let bindGroup: GPUBindGroup;
  const recording = {
    setPipeline: (set: GPUComputePipeline) => pass.setPipeline((pipeline = set)),
    setBindGroup: (_: number, set: GPUBindGroup) => pass.setBindGroup(0, (bindGroup = set)),
    dispatchWorkgroups(x: number, y = 1, z = 1) {
      pass.dispatchWorkgroups(x, y, z);
      commands.push({ pipeline, bindGroup, workgroups: [x, y, z] });
    },
    end: () => pass.end(),
  };
  return recording as unknown as GPUComputePassEncoder;
}

/** Encodes the commands again, dispatches between copies in one pass. */
export function encodeCommands(device: GPUDevice, commands: readonly Command[]): GPUCommandBuffer {
  const encoder = device.createCommandEncoder();
  let pass: GPUComputePassEncoder | undefined;
  let pipeline: GPUComputePipeline | undefined;
  for (const command of commands) {
    if ('source' in command) {
      pass?.end();
      pass = pipeline = undefined;
      encoder.copyBufferToBuffer(command.source, 0, command.target, 0, command.bytes);
      continue;
    }
    pass ??= encoder.beginComputePass();
    if (command.pipeline !== pipeline) pass.setPipeline((pipeline = command.pipeline));
    pass.setBindGroup(0, command.bindGroup);
    pass.dispatchWorkgroups(...command.workgroups);
  }
  pass?.end();
  return encoder.finish();
}
