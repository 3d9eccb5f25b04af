/** A modality: V is an image (vision), A is a sound (audition). */
export type Modality = 'V' | 'A';

/** Number of convolutions in an encoder and in a decoder: CMCGAN-5, -6 and -7. */
export type Depth = 5 | 6 | 7;

/** Kernel size and stride of every convolution; padding is 'same'. */
export const KERNEL_SIZE = 5;
export const STRIDE = 2;

/** Negative slope of LeakyReLU in the decoders and the discriminator. */
export const LEAKY_SLOPE = 0.2;

/** Height, width and channels of the networks' samples. */
export const SAMPLE_SHAPES = { V: [128, 128, 3], A: [128, 32, 1] } as const;

/** One entry per convolution of an encoder (paper: section on network architectures); depth 6 drops one layer of 512 channels, 5 both. */
export const ENCODER_CHANNELS: Record<Depth, readonly number[]> = {
  7: [64, 128, 256, 512, 512, 256, 64],
  6: [64, 128, 256, 512, 256, 64],
  5: [64, 128, 256, 256, 64],
};

/** One entry per transposed convolution of a decoder except the last, which outputs 3 channels (image) or 1 (sound). */
export const DECODER_CHANNELS: Record<Depth, readonly number[]> = {
  7: [256, 512, 512, 256, 128, 64],
  6: [256, 512, 256, 128, 64],
  5: [256, 256, 128, 64],
};

/** Scales one of the paper's channel counts by `width` (1 = the paper). */
export function scaleChannels(channels: number, width: number): number {
  return Math.max(1, Math.round(channels * width));
}

/**
 * Height and width before the first convolution of an encoder and after each one, from the sample to the code. A decoder has the same
 * sizes in reverse order. A width of 1 stays 1, so that the last layers for sounds have in effect strides of (2, 1).
 */
export function featureSizes(modality: Modality, depth: Depth): [height: number, width: number][] {
  const [height, width] = SAMPLE_SHAPES[modality];
  const sizes: [number, number][] = [[height, width]];
  for (let i = 0; i < depth; i++) sizes.push([Math.ceil(sizes[i][0] / STRIDE), Math.ceil(sizes[i][1] / STRIDE)]);
  return sizes;
}
