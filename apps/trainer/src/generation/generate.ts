import { concat, split, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { generate, type Cmcgan, type GeneratedRole } from '@cmcgan/model';
import { imageTensor, soundTensor } from '../data/training-batches';
import type { GeneratedOutput } from '../options/generate-options';
import { randomLatent } from './random-latents';
