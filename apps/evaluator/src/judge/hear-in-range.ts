import type { DecibelRange } from '@cmcgan/audio-features';
import { add, clipByValue, mul, tidy, type Tensor4D } from '@tensorflow/tfjs-core';

/**
 * Sounds whose -1 … 1 stand for one dB range, as another range writes them, clipped to it: a judge hears in its own. The caller owns
 * the result.
 */
export function hearInRange(sounds: Tensor4D, from: DecibelRange, to: DecibelRange): Tensor4D {
  if (from.floorDb === to.floorDb && from.ceilingDb === to.ceilingDb) return sounds.clone();
  const scale = (from.ceilingDb - from.floorDb) / (to.ceilingDb - to.floorDb);
  const offset = (from.floorDb + from.ceilingDb - to.floorDb - to.ceilingDb) / (to.ceilingDb - to.floorDb);
  return tidy(() => clipByValue(add<Tensor4D>(mul(sounds, scale), offset), -1, 1));
}
