import { textTable } from '@cmcgan/command-line';
import { existsSync } from 'node:fs';
import type { Experiment } from '@cmcgan/evaluation';
import type { ExperimentState } from './experiment-state';
import { variantFolder } from './trainer';

/** The main run, which comes first wherever runs are listed. */
const MAIN_VARIANT = 'cmcgan';

/** How many minutes one training with its judge takes with each preset; null: it depends on the data. */
const PRESET_MINUTES: Readonly<Record<string, number | null>> = { laptop: 28, quickstart: 4, quick: 0.5, paper: null };

/** The variants that experiments need, without repetition, the main one first. */
export function variantsToTrain(experiments: readonly Experiment[]): string[] {
  const all = new Set(experiments.flatMap(({ variants }) => variants));
  return [...all].sort((a, b) => Number(b === MAIN_VARIANT) - Number(a === MAIN_VARIANT));
}

/** A table of experiments, with the trained variants that each needs. */
export function describeExperiments(experiments: readonly Experiment[]): string[] {
  return textTable([
    ['experiment', 'what', 'variants'],
    ...experiments.map(({ name, title, variants }) => [name, title, variants.join(', ')]),
  ]);
}

/** A table of what experiments need: what is trained already, what is left to train, and how long it takes at most. */
export function describePlan(
  experiments: readonly Experiment[],
  { state, out, jobs }: { state: ExperimentState; out: string; jobs: number },
): string[] {
  const variants = variantsToTrain(experiments);
  const left = variants.filter((variant) => !state.trained[variant]);
  const minutes = left.map((variant) => estimateMinutes(variant, state));
  const rows = variants.map((variant) => {
    const begun = existsSync(variantFolder(out, variant));
    const status = state.trained[variant] ? 'trained' : begun ? 'started' : 'to train';
    const time = estimateMinutes(variant, state);
    return [variant, status, time === null ? '?' : `${time.toFixed(1)} min`];
  });
  const known = minutes.filter((time) => time !== null).reduce((sum, time) => sum + time, 0);
  const total = minutes.includes(null) ? 'unknown' : `at most about ${Math.ceil(known / jobs)} minutes`;
  return [
    ...textTable([['variant', '', 'time']].concat(rows)),
    '',
    `${left.length} of ${variants.length} to train, ${total}; then evaluating each takes a minute or two`,
  ];
}

/** The minutes of a training, at most: what it took, else its limit, else its preset's time; null: unknown. */
function estimateMinutes(variant: string, { trainerFlags, trained }: ExperimentState): number | null {
  const limit = trainerFlags['max-minutes'];
  return trained[variant]?.minutes ?? (limit === undefined ? (PRESET_MINUTES[trainerFlags.preset] ?? null) : Number(limit));
}
