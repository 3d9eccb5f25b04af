import { registerLayers } from '@cmcgan/model';
import { serialization } from '@tensorflow/tfjs-core';
import { JoinSpectrum } from './join-spectrum';

/** Makes the layers of @cmcgan/model and of classifiers known to TensorFlow.js, as `tf.loadLayersModel` needs them. */
export function registerClassifierLayers(): void {
  registerLayers();
  serialization.registerClass(JoinSpectrum);
}
