import '@tensorflow/tfjs-layers';
import { it } from 'vitest';
import { hasNative, startNative } from '../../../../test/extras/native';
import { CONVOLUTIONS } from './convolution-cases';
import { defineConformance } from './define-conformance';

/** The package itself refuses every other padding. */
const convolutions = CONVOLUTIONS.filter((row) => ['same', 'valid'].includes(row[8] as string));

// Native TensorFlow computes the convolutions itself, and our functions composed of ordinary operations. Its tanh is a rational approximation.
if (await hasNative('the conformance of kernels'))
  defineConformance({ name: 'tfjs-node', convolutions, start: startNative, errorFactor: 3 });
else it.skip('tfjs-node: it is not built', () => undefined);
