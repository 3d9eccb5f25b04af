import type { Tensor } from '@tensorflow/tfjs-core';

/** Throws unless `tensor` is a float32 tensor [.., channels]; `where` names the function and the argument. */
export function assertFloatChannels(tensor: Tensor, where: string, channels?: number): void {
  if (tensor.dtype !== 'float32') throw new Error(`${where} must be float32, got ${tensor.dtype}`);
  const last = tensor.shape[tensor.rank - 1];
  if (tensor.rank < 2 && channels === undefined) throw new Error(`${where} must have the shape [.., C], got [${tensor.shape}]`);
  if (channels !== undefined && (tensor.rank !== 1 || last !== channels)) {
    throw new Error(`${where} must have the shape [${channels}], got [${tensor.shape}]`);
  }
}

/** Throws unless `activation` is one of `known` and `alpha` (the negative slope) is in [0, 1]. */
export function assertActivation(activation: string, alpha: number, known: readonly string[], functionName: string): void {
  if (!known.includes(activation))
    throw new Error(`${functionName}: activation must be one of ${known.join(', ')}, got ${activation}`);
  if (!(alpha >= 0 && alpha <= 1)) throw new Error(`${functionName}: alpha must be in [0, 1], got ${alpha}`);
}
