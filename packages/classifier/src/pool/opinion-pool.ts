import type { Modality } from '@cmcgan/model';

/** How a sample got its two halves: both are real, or the image or the sound was generated from the other. */
export type Completion = 'real' | 'generatedImage' | 'generatedSound';
export const COMPLETIONS = ['real', 'generatedImage', 'generatedSound'] as const satisfies readonly Completion[];

/** The completion that `CompleteSamples.generated` stands for. */
export function completionOf(generated: null | 'image' | 'sound'): Completion {
  return generated === null ? 'real' : generated === 'image' ? 'generatedImage' : 'generatedSound';
}

/** Weights of the image classifier's (V) and the sound classifier's (A) log-probabilities; 0: ignored, 1: taken as they are. */
export type ModalityWeights = Readonly<Record<Modality, number>>;

/** The weights of a logarithmic opinion pool, for each way in which a sample got its halves. */
export type PoolWeights = Readonly<Record<Completion, ModalityWeights>>;

/** The weights before anything is known: a real half is taken as it is, a generated one is ignored. */
export const PRIOR_WEIGHTS: PoolWeights = {
  real: { V: 1, A: 1 },
  generatedImage: { V: 0, A: 1 },
  generatedSound: { V: 1, A: 0 },
};

/** What the image classifier and the sound classifier say about the same samples: log-probabilities, [samples][classes]. */
export type Opinions = Readonly<Record<Modality, readonly Float32Array[]>>;

/**
 * The logarithmic opinion pool (Genest and Zidek 1986; a product of experts): p(c) ∝ p_V(c)^w_V · p_A(c)^w_A. With both weights 1 it is
 * late fusion; with one modality alone, its weight is the inverse temperature of temperature scaling (Guo et al. 2017).
 *
 * @returns log-probabilities [samples][classes]
 */
export function poolOpinions({ V, A }: Opinions, weights: ModalityWeights): Float32Array[] {
  return V.map((row, i) => logSoftmax(row.map((value, id) => weights.V * value + weights.A * A[i][id])));
}

function logSoftmax(scores: Float32Array): Float32Array {
  const most = Math.max(...scores);
  const logSum = most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
  return scores.map((score) => score - logSum);
}
