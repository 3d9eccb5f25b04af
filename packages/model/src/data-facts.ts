import * as z from 'zod/mini';
import { positive } from '@cmcgan/options';

/** What a model was trained on, as far as using it takes that: part of its configuration, so that its files hold all that is needed. */
export interface DataFacts {
  /** The dB that a sound's -1 and 1 stand for. */
  decibelRange?: { floorDb: number; ceilingDb: number };
  /** Of the waveforms behind the spectra. */
  sampleRateHz?: number;
  /** What the classes of the data are called, in the order of their ids. */
  classNames?: string[];
}

const isRange = (value: unknown) => {
  const { floorDb, ceilingDb } = (value ?? {}) as Partial<NonNullable<DataFacts['decibelRange']>>;
  return Number.isFinite(floorDb) && Number.isFinite(ceilingDb) && floorDb! < ceilingDb!;
};
const areNames = (value: unknown) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '') && new Set(value).size === value.length;

/** The rules of {@link DataFacts}, as options of a configuration. */
export const dataFactRules = {
  decibelRange: z.optional(
    z.custom<NonNullable<DataFacts['decibelRange']>>(isRange, { error: 'must have floorDb below ceilingDb, both finite' }),
  ),
  sampleRateHz: z.optional(positive()),
  classNames: z.optional(z.custom<string[]>(areNames, { error: 'must be a list of different names' })),
};
