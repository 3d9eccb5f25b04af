import { existsSync } from 'node:fs';
import { textTable } from '../report/text-table';
import { estimateMinutes } from './estimate-minutes';
import type { ExperimentState } from './experiment-state';
import { variantsOf, type Experiment } from './experiments';
import { variantFolder } from './train-variant';

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
  const variants = variantsOf(experiments);
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
