import * as z from 'zod/mini';
import { positive } from '@cmcgan/options';

/** What must be known about a model's training data to use it: part of its configuration, so that its files contain all that is needed. */
export interface DataFacts {
  /** The dB values that -1 and 1 stand for in a sound. */
  decibelRange?: { floorDb: number; ceilingDb: number };
  /** Sample rate of the waveforms that the spectra were computed from. */
  sampleRateHz?: number;
  /** Names of the data's classes, in the order of their ids. */
  classNames?: string[];
}

const isRange = (value: unknown) => {
  const { floorDb, ceilingDb } = (value ?? {}) as Partial<NonNullable<DataFacts['decibelRange']>>;
  return Number.isFinite(floorDb) && Number.isFinite(ceilingDb) && floorDb! < ceilingDb!;
};
const areNames = (value: unknown) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '') && new Set(value).size === value.length;

/** Schemas of {@link DataFacts}, as options of a configuration. */
export const dataFactRules = {
  decibelRange: z.optional(
    z.custom<NonNullable<DataFacts['decibelRange']>>(isRange, { error: 'must have floorDb below ceilingDb, both finite' }),
  ),
  sampleRateHz: z.optional(positive()),
  classNames: z.optional(z.custom<string[]>(areNames, { error: 'must be a list of different names' })),
};
