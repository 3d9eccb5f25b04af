import type { Variable } from '@tensorflow/tfjs-core';

/** Numbers of trainable parameters; `generator` is the sum of encoders and decoders, `total` that of generator and discriminator. */
export interface ParameterCounts extends Record<string, number> {
  encoderV: number;
  encoderA: number;
  decoderV: number;
  decoderA: number;
  generator: number;
  discriminator: number;
  total: number;
}

/** Sums the sizes of variables by the first part of their names. */
export function countParameters(variables: readonly (readonly [name: string, variable: Variable])[]): ParameterCounts {
  const sizeOf = (network: string) =>
    variables.filter(([name]) => name.startsWith(`${network}.`)).reduce((sum, [, { size }]) => sum + size, 0);
  const [encoderV, encoderA, decoderV, decoderA] = ['encoderV', 'encoderA', 'decoderV', 'decoderA'].map(sizeOf);
  const generator = encoderV + encoderA + decoderV + decoderA;
  const discriminator = sizeOf('discriminator');
  return { encoderV, encoderA, decoderV, decoderA, generator, discriminator, total: generator + discriminator };
}
