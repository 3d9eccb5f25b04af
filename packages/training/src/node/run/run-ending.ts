import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writeJson } from '../files/write-atomically';

/**
 * What ended a run: all epochs or all steps were done, its time was over, its samples collapsed, it was asked to stop (Ctrl-C, a signal),
 * its losses diverged, or an error.
 */
export const END_REASONS = ['epochs', 'max-steps', 'max-minutes', 'collapsed', 'stopped', 'diverged', 'failed'] as const;

/** One of {@link END_REASONS}. */
export type EndReason = (typeof END_REASONS)[number];

const endingSchema = z.looseObject({ reason: z.enum(END_REASONS), sentence: z.string(), step: z.int().min(0), at: z.string() });

/** Why a run ended, as ending.json holds it. */
export interface RunEnding {
  readonly reason: EndReason;
  /** The same for people, in a sentence. */
  readonly sentence: string;
  /** Steps taken. */
  readonly step: number;
  /** ISO 8601. */
  readonly at: string;
}

/** Writes ending.json, whole or not at all. */
export async function writeRunEnding(path: string, ending: RunEnding): Promise<void> {
  await writeJson(path, ending);
}

/** Reads ending.json; null where it is damaged, and where there is none: the run still trains, was killed, or is of an older version. */
export async function readRunEnding(path: string): Promise<RunEnding | null> {
  try {
    return endingSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null; // a report without a reason is better than none
  }
}

/** Removes ending.json of a run that is resumed. */
export async function removeRunEnding(path: string): Promise<void> {
  await rm(path, { force: true });
}
