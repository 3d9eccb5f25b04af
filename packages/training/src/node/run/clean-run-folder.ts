import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFolder } from './run-folder';

/** Matches names that files and folders have only while they are being written. */
const TEMPORARY_NAMES = [/\.\d+\.tmp$/, /\.partial$/, /^\.probe-\d+$/];

async function removeFrom(folder: string, left: readonly string[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (TEMPORARY_NAMES.some((pattern) => pattern.test(entry.name))) await rm(path, { recursive: true, force: true });
    else if (entry.isDirectory() && !left.includes(path)) await removeFrom(path, left);
  }
}

/** Removes partial files of a killed process. Only for a locked run folder; simulated data are cleaned up by the simulator. */
export async function removeLeftovers({ path, simulatedData }: RunFolder): Promise<void> {
  await removeFrom(path, [simulatedData]);
}

function isRunConfig(path: string): boolean {
  try {
    const { options, startedAt } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return typeof options === 'object' && typeof startedAt === 'string';
  } catch {
    return false;
  }
}

/** Whether a folder holds only the files of a run that ended before its first step. */
export function isUnstartedRun({ config, log, checkpoints }: RunFolder): boolean {
  const hasSteps = existsSync(log) && statSync(log).size > 0;
  const hasCheckpoints = existsSync(checkpoints) && readdirSync(checkpoints).some((name) => !name.endsWith('.partial'));
  return isRunConfig(config) && !hasSteps && !hasCheckpoints;
}

/** Removes the files of a run that never took a step, so that another can use the folder. Simulated data are left to the simulator. */
export async function removeUnstartedRun(folder: RunFolder): Promise<void> {
  const { path, config, log, ending, judge, judging, featureClassifier } = folder;
  const events = (await readdir(path)).filter((name) => name.startsWith('events.out.tfevents.')).map((name) => join(path, name));
  const left = [log, ending, judge, `${judge}.partial`, judging, featureClassifier, ...events, config];
  for (const file of left) await rm(file, { recursive: true, force: true });
}
