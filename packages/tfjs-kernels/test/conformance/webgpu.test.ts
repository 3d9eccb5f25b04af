import '@tensorflow/tfjs-layers';
import { defineConformance } from './define-conformance';
import { hasGpu } from './software-vulkan';
import { webgpuRow } from './webgpu-row';
import { it } from 'vitest';

if (hasGpu('the conformance of kernels')) defineConformance(webgpuRow);
else it.skip('webgpu: no Vulkan driver is installed', () => undefined);
