import { serialization } from '@tensorflow/tfjs-core';
import { ConvolutionBlock, TransposedConvolutionBlock } from './convolution-block';
import { DenseBlock } from './dense-block';
import { JoinLatent } from './join-latent';
import { Replicate } from './replicate';

/** All layers of the networks that are not part of TensorFlow.js. To add one: one file and one entry. */
const LAYERS = [ConvolutionBlock, TransposedConvolutionBlock, DenseBlock, JoinLatent, Replicate];

/**
 * Registers our layers with TensorFlow.js, as `tf.loadLayersModel` requires. Call it once before loading; calling it again does no harm.
 */
export function registerLayers(): void {
  for (const layer of LAYERS)
    serialization.registerClass(layer as unknown as serialization.SerializableConstructor<serialization.Serializable>);
}
