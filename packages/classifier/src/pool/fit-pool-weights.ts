import type { Modality } from '@cmcgan/model';
import type { ModalityWeights, Opinions } from './opinion-pool';

/** Standard deviation of the weights' prior: a hundred pairs outweigh it, a handful do not. */
const PRIOR_DEVIATION = 0.5;
const MAX_ROUNDS = 200;
const TOLERANCE = 1e-9;
const MODALITIES = ['V', 'A'] as const;

/** Opinions about samples whose class is known. */
export interface LabelledOpinions extends Opinions {
  readonly classIds: readonly number[];
}

/**
 * Fits the weights of an opinion pool: the non-negative weights with the highest posterior density, given the samples' classes and a normal
 * prior around `prior`. The samples must be ones that neither classifier was trained on, or both look more reliable than they are. The
 * problem is convex; it is solved by Newton's method, one weight after the other. Without samples the prior is returned.
 */
export function fitPoolWeights(opinions: LabelledOpinions, prior: ModalityWeights): ModalityWeights {
  const weights = { ...prior };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const moves = MODALITIES.map((modality) => Math.abs(improve(weights, modality, { opinions, prior })));
    if (Math.max(...moves) < TOLERANCE) break;
  }
  return weights;
}

interface Problem {
  readonly opinions: LabelledOpinions;
  readonly prior: ModalityWeights;
}

/** One Newton step for one weight, halved until the objective does not rise; returns by how much the weight moved. */
function improve(weights: Record<Modality, number>, modality: Modality, problem: Problem): number {
  const before = weights[modality];
  const { value, gradient, curvature } = derivatives(weights, modality, problem);
  for (let step = gradient / curvature; Math.abs(step) > TOLERANCE / 10; step /= 2) {
    weights[modality] = Math.max(0, before - step);
    if (derivatives(weights, modality, problem).value <= value) return weights[modality] - before;
  }
  weights[modality] = before;
  return 0;
}

/** The negative log-posterior (up to a constant), and its first and second derivative with respect to one weight. */
function derivatives(weights: ModalityWeights, modality: Modality, { opinions, prior }: Problem) {
  const deviations = MODALITIES.map((each) => (weights[each] - prior[each]) / PRIOR_DEVIATION);
  let value = 0.5 * deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
  let gradient = (weights[modality] - prior[modality]) / PRIOR_DEVIATION ** 2;
  let curvature = 1 / PRIOR_DEVIATION ** 2;
  opinions.classIds.forEach((classId, i) => {
    const rows = { V: opinions.V[i], A: opinions.A[i] };
    const scores = Array.from(rows.V, (visual, id) => weights.V * visual + weights.A * rows.A[id]);
    const most = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - most));
    const total = powers.reduce((sum, power) => sum + power, 0);
    const opinion = rows[modality];
    const mean = powers.reduce((sum, power, id) => sum + power * opinion[id], 0) / total;
    const meanSquare = powers.reduce((sum, power, id) => sum + power * opinion[id] ** 2, 0) / total;
    value += most + Math.log(total) - scores[classId];
    gradient += mean - opinion[classId];
    curvature += meanSquare - mean ** 2;
  });
  return { value, gradient, curvature };
}
