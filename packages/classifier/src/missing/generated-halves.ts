import { drawLatents, otherModality } from '@cmcgan/model';
import { createRandom } from '@cmcgan/random';
import { tidy } from '@tensorflow/tfjs-core';
import { completeSamples, GENERATOR_METHODS } from '../complete-samples';
import type { SampleGenerator } from '../complete-samples';
import { sampleTensor, SAMPLE_NAMES } from '../samples';
import type { LabelledData, LabelledPair } from '../training/labelled-data';

/** A generator, and training pairs that it was not trained on. */
export interface CrossFitPart<P extends LabelledPair> {
  readonly generator: SampleGenerator;
  readonly unseen: readonly P[];
}

/**
 * The same pairs as a classifier will meet them (modality dropout): each time that a pair is loaded which a part's generator did not see,
 * it is whole, has a generated image instead of its own, or a generated sound, with equal chances as far as the generator makes either.
 * Pairs that no part has are always whole. The same loads in the same order give the same samples.
 */
export function withGeneratedHalves<P extends LabelledPair>(
  data: LabelledData<P>,
  { parts, seed }: { parts: readonly CrossFitPart<P>[]; seed: number },
): LabelledData<P> {
  const generators = new Map(parts.flatMap(({ generator, unseen }) => unseen.map(({ id }) => [id, generator] as const)));
  const random = createRandom(seed).fork('generated halves');
  return {
    ...{ classNames: data.classNames, manifestHash: data.manifestHash, decibelRange: data.decibelRange },
    async load(pair) {
      const generator = generators.get(pair.id);
      if (generator === undefined) return data.load(pair);
      const made = (['V', 'A'] as const).filter((modality) => generator[GENERATOR_METHODS[modality]]);
      const modality = [null, ...made][random.integer(1 + made.length)];
      // Drawn before anything is awaited, and so in the order of loads.
      const z = Float32Array.from({ length: generator.latentSize }, () => random.normal());
      const whole = await data.load(pair);
      if (modality === null) return whole;
      const source = otherModality(modality);
      const given = whole[SAMPLE_NAMES[source].one];
      const generated = tidy(() => {
        const { z: latents } = drawLatents(['z'], { batchSize: 1, latentSize: z.length }, () => z);
        const samples = { [SAMPLE_NAMES[source].batch]: sampleTensor([given], source) };
        return completeSamples(samples, { generator, seed, z: latents })[SAMPLE_NAMES[modality].batch];
      });
      const values = await generated.data<'float32'>();
      generated.dispose();
      return { ...whole, [SAMPLE_NAMES[modality].one]: values };
    },
  };
}
