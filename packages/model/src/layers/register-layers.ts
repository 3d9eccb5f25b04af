import { serialization } from '@tensorflow/tfjs-core';
import { ConvolutionBlock, TransposedConvolutionBlock } from './convolution-block';
import { DenseBlock } from './dense-block';
import { JoinLatent } from './join-latent';
import { Replicate } from './replicate';

/** Every layer of the networks that TensorFlow.js does not bring. To add one: one file and one entry. */
const LAYERS = [ConvolutionBlock, TransposedConvolutionBlock, DenseBlock, JoinLatent, Replicate];

/**
 * Makes our layers known to TensorFlow.js, as `tf.loadLayersModel` needs them. Call it once before loading; to call it again does no harm.
 */
export function registerLayers(): void {
  for (const layer of LAYERS)
    serialization.registerClass(layer as unknown as serialization.SerializableConstructor<serialization.Serializable>);
}
