import type { TrainerOptions } from '../options/trainer-options';
import { writeAtomically } from '../files/write-atomically';
import type { ParameterCounts } from '@cmcgan/model';
import type { Environment } from './environment';

/** What config.json of a run holds. */
export interface RunConfig {
  readonly options: TrainerOptions;
  readonly data: {
    readonly folder: string;
    readonly manifestHash: string;
    readonly simulated: boolean;
    readonly classNames: readonly string[];
    readonly pairs: Readonly<Record<string, number>>;
    readonly decibelRange: { readonly floorDb: number; readonly ceilingDb: number };
  };
  readonly backend: string;
  readonly parameters: ParameterCounts;
  readonly environment: Environment;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** Writes config.json, whole or not at all. */
export async function writeRunConfig(path: string, config: RunConfig): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(config, null, 2)}\n`);
}
