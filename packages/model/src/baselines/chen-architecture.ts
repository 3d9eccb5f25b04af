import type { Modality } from '../architecture';

/**
 * Tables of the baselines (Chen et al., Deep Cross-Modal Audio-Visual Generation). Where that paper does not specify the layers, and for
 * pictures of 128 pixels instead of its 64, they follow DCGAN (Radford et al., section 3): each layer doubles the sides and halves the
 * channels.
 */

/** Size of the generator's first map and of the discriminator's last one, over which φ is replicated: 4×4 for images (Chen: 4×4). */
export const CHEN_MAP_SIZES: Record<Modality, readonly [height: number, width: number]> = { V: [4, 4], A: [4, 1] };

/** Channels of the map that φ and z are projected to, then of each transposed convolution except the last, which outputs the sample. */
export const CHEN_GENERATOR_CHANNELS = [1024, 512, 256, 128, 64] as const;

/** Channels after each convolution of the discriminator; the size of the last map is in `CHEN_MAP_SIZES`. */
export const CHEN_DISCRIMINATOR_CHANNELS = [64, 128, 256, 512, 1024] as const;

/** Channels of the 1×1 convolution over the last map and φ together (as in GAN-CLS, Reed et al., section 4.1). */
export const CHEN_JOINT_CHANNELS = 512;

/** Dimensions of φ, the feature that samples are generated from, and of z. */
export const CHEN_FEATURE_SIZE = 64;
export const CHEN_LATENT_SIZE = 10;
