import type { ConfigRules } from './config-rules';

/** What a model was trained on, as far as using it takes that: part of its configuration, so that its files hold all that is needed. */
export interface DataFacts {
  /** The dB that a sound's -1 and 1 stand for. */
  decibelRange?: { floorDb: number; ceilingDb: number };
  /** Of the waveforms behind the spectra. */
  sampleRateHz?: number;
  /** What the classes of the data are called, in the order of their ids. */
  classNames?: string[];
}

/** The keys of {@link DataFacts}. */
export const DATA_FACTS = ['decibelRange', 'sampleRateHz', 'classNames'] as const satisfies readonly (keyof DataFacts)[];

/** An object in which those keys are known, to hold others against. */
export const NO_DATA_FACTS = Object.fromEntries(DATA_FACTS.map((key) => [key, undefined]));

/** Throws where a fact that is given is not valid. */
export function assertDataFacts({ decibelRange, sampleRateHz, classNames }: DataFacts, { rule, positive }: ConfigRules): void {
  if (decibelRange !== undefined) {
    const { floorDb, ceilingDb } = decibelRange ?? {};
    const holds = Number.isFinite(floorDb) && Number.isFinite(ceilingDb) && floorDb < ceilingDb;
    rule(holds, 'decibelRange', 'have floorDb below ceilingDb, both finite', decibelRange);
  }
  if (sampleRateHz !== undefined) positive(sampleRateHz, 'sampleRateHz');
  if (classNames !== undefined) {
    const holds = Array.isArray(classNames) && classNames.every((name) => typeof name === 'string' && name !== '');
    rule(holds && new Set(classNames).size === classNames.length, 'classNames', 'be a list of different names', classNames);
  }
}
