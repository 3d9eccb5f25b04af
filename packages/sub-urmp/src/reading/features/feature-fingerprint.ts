import { createHash } from 'node:crypto';
import { LMS_SAMPLE_RATE_HZ, LMS_SAMPLES, writeWav } from '@cmcgan/audio-features';
import { encodeJpeg } from '@cmcgan/image-io';
import { createRandom } from '@cmcgan/random';
import { FRAME, LMS, type FeatureKind } from './feature-kind';

const PROBE_WIDTH = 199;
const PROBE_HEIGHT = 151;

let memo: Promise<string> | undefined;

/**
 * A fingerprint of the decoders, 16 hexadecimal digits: the hash of the features of a fixed picture and a fixed sound. It is part of the
 * cache keys, so that entries from another version of this code or of libvips, or from a processor with other arithmetic, are ignored
 * rather than trusted, and nobody has to remember to bump a version.
 */
export function featureFingerprint(): Promise<string> {
  memo ??= fingerprintOf(FRAME, LMS);
  return memo;
}

/** One fingerprint for both kinds of feature; computed on every call. */
export async function fingerprintOf(frame: FeatureKind, lms: FeatureKind): Promise<string> {
  const random = createRandom(0);
  const pixels = Uint8Array.from({ length: PROBE_WIDTH * PROBE_HEIGHT * 3 }, () => random.integer(256));
  const picture = await encodeJpeg({ pixels, width: PROBE_WIDTH, height: PROBE_HEIGHT });
  const samples = Float32Array.from({ length: LMS_SAMPLES }, () => random.uniform() - 0.5);
  const sound = writeWav({ samples, sampleRateHz: LMS_SAMPLE_RATE_HZ });
  return createHash('sha256')
    .update(await frame.compute(picture, 'probe.jpg'))
    .update(await lms.compute(sound, 'probe.wav'))
    .digest('hex')
    .slice(0, 16);
}
