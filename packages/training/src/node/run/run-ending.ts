import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writeJson } from '../files/write-atomically';

/**
 * Reasons why a run ended: all epochs or steps done, time used up, samples collapsed, asked to stop (Ctrl-C, a signal), losses diverged,
 * or an error.
 */
export const END_REASONS = ['epochs', 'max-steps', 'max-minutes', 'collapsed', 'stopped', 'diverged', 'failed'] as const;

/** One of {@link END_REASONS}. */
export type EndReason = (typeof END_REASONS)[number];

const endingSchema = z.looseObject({ reason: z.enum(END_REASONS), sentence: z.string(), step: z.int().min(0), at: z.string() });

/** Why a run ended: the content of ending.json. */
export interface RunEnding {
  readonly reason: EndReason;
  /** The reason in a sentence, for people. */
  readonly sentence: string;
  /** Steps taken. */
  readonly step: number;
  /** ISO 8601. */
  readonly at: string;
}

/** Writes ending.json, completely or not at all. */
export async function writeRunEnding(path: string, ending: RunEnding): Promise<void> {
  await writeJson(path, ending);
}

/** Reads ending.json; null if it is damaged or missing: the run is still training, was killed, or is from an older version. */
export async function readRunEnding(path: string): Promise<RunEnding | null> {
  try {
    return endingSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null; // a report without a reason is better than none
  }
}

/** Removes the ending.json of a run that is being resumed. */
export async function removeRunEnding(path: string): Promise<void> {
  await rm(path, { force: true });
}
