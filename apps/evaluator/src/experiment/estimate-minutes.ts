import type { ExperimentState } from './experiment-state';

/** What the presets promise for one training with its judge, in minutes; null: it depends on the data alone. */
const PRESET_MINUTES: Readonly<Record<string, number | null>> = { laptop: 28, quickstart: 4.5, quick: 0.5, paper: null };

/** About how long a training will take, at most, in minutes: as long as it took, as its limit, or as its preset's; null: unknown. */
export function estimateMinutes(variant: string, { trainerFlags, trained }: ExperimentState): number | null {
  const limit = trainerFlags['max-minutes'];
  return trained[variant]?.minutes ?? (limit === undefined ? (PRESET_MINUTES[trainerFlags.preset] ?? null) : Number(limit));
}
