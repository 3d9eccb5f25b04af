import { registerLayers } from '@cmcgan/model';
import { serialization } from '@tensorflow/tfjs-core';
import { JoinSpectrum } from './join-spectrum';

/** Registers the layers of @cmcgan/model and of classifiers with TensorFlow.js, as `tf.loadLayersModel` requires. */
export function registerClassifierLayers(): void {
  registerLayers();
  serialization.registerClass(JoinSpectrum);
}
