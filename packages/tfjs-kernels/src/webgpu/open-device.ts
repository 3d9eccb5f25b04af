/// <reference types="@webgpu/types" />

/** Limits that are raised to the adapter's: large tensors, large workgroups, several tensors in one dispatch. */
const RAISED_LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBuffersPerShaderStage',
] as const;

/** A GPU that is ready to compute. */
export interface OpenedDevice {
  device: GPUDevice;
  info: GPUAdapterInfo;
  /** A description: "NVIDIA H200", "SwiftShader driver 5.0.0 (software)". */
  description: string;
}

/** Opens the GPU with the limits it has. Throws, with a remedy, if there is none. */
export async function openDevice(gpu: GPU, powerPreference: GPUPowerPreference): Promise<OpenedDevice> {
  const adapter = await gpu.requestAdapter({ powerPreference });
  if (!adapter) {
    throw new Error(
      'useWebgpuKernels: a GPU must be found, but there is none; install its Vulkan, Metal or D3D12 driver, or name a software driver for ' +
        'Vulkan in VK_ICD_FILENAMES',
    );
  }
  const requiredLimits = Object.fromEntries(RAISED_LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits });
  return { device, info: adapter.info, description: describeAdapter(adapter.info) };
}

/** A description of the GPU and its driver. */
export function describeAdapter(info: GPUAdapterInfo): string {
  const name = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'unnamed GPU';
  return info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(name) ? `${name} (software)` : name;
}
