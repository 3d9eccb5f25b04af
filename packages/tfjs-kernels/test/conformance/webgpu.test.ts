import '@tensorflow/tfjs-layers';
import { defineConformance } from './define-conformance';
import { hasGpu } from '../../../../test/extras/gpu';
import { webgpuRow } from './webgpu-row';
import { it } from 'vitest';

if (hasGpu('the conformance of kernels')) defineConformance(webgpuRow);
else it.skip('webgpu: there is no GPU', () => undefined);
