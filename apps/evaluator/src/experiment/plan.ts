import { textTable } from '@cmcgan/command-line';
import { existsSync } from 'node:fs';
import type { Experiment } from '@cmcgan/evaluation';
import type { ExperimentState } from './experiment-state';
import { variantFolder } from './trainer';

/** The main run stands first wherever runs are listed. */
const MAIN_VARIANT = 'cmcgan';

/** What the presets promise for one training with its judge, in minutes; null: it depends on the data alone. */
const PRESET_MINUTES: Readonly<Record<string, number | null>> = { laptop: 28, quickstart: 4.5, quick: 0.5, paper: null };

/** The variants that experiments take, each once, the main one first. */
export function variantsToTrain(experiments: readonly Experiment[]): string[] {
  const all = new Set(experiments.flatMap(({ variants }) => variants));
  return [...all].sort((a, b) => Number(b === MAIN_VARIANT) - Number(a === MAIN_VARIANT));
}

/** The rows of the paper, with the trained variants that each takes. */
export function describeExperiments(experiments: readonly Experiment[]): string[] {
  return textTable([
    ['experiment', 'what', 'variants'],
    ...experiments.map(({ name, title, variants }) => [name, title, variants.join(', ')]),
  ]);
}

/** What has to be trained for experiments, what is there already, and how long it will take at most. */
export function describePlan(
  experiments: readonly Experiment[],
  { state, out, jobs }: { state: ExperimentState; out: string; jobs: number },
): string[] {
  const variants = variantsToTrain(experiments);
  const left = variants.filter((variant) => !state.trained[variant]);
  const minutes = left.map((variant) => estimateMinutes(variant, state));
  const rows = variants.map((variant) => {
    const begun = existsSync(variantFolder(out, variant));
    const status = state.trained[variant] ? 'trained' : begun ? 'begun' : 'to train';
    const time = estimateMinutes(variant, state);
    return [variant, status, time === null ? '?' : `${time.toFixed(1)} min`];
  });
  const known = minutes.filter((time) => time !== null).reduce((sum, time) => sum + time, 0);
  const total = minutes.includes(null) ? 'unknown' : `at most about ${Math.ceil(known / jobs)} minutes`;
  return [
    ...textTable([['variant', '', 'time']].concat(rows)),
    '',
    `${left.length} of ${variants.length} to train, ${total}; then each is evaluated, a minute or two`,
  ];
}

/** About how long a training will take, at most, in minutes: as long as it took, as its limit, or as its preset's; null: unknown. */
function estimateMinutes(variant: string, { trainerFlags, trained }: ExperimentState): number | null {
  const limit = trainerFlags['max-minutes'];
  return trained[variant]?.minutes ?? (limit === undefined ? (PRESET_MINUTES[trainerFlags.preset] ?? null) : Number(limit));
}
