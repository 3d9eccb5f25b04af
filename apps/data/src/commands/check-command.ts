import { rename, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { checkDataset, describeLeakage, type DatasetCheck } from '@cmcgan/sub-urmp';
import type { Progress } from '@cmcgan/command-line';

/** What the report beside a checked data set is called. */
export const CHECK_FILE = 'dataset-check.json';

export interface CheckOptions {
  folder: string;
  instruments?: string[];
  threads?: number;
  cacheFolder?: string | null;
  /** Whether to store the report with the set. */
  store: boolean;
}

/** Checks a data set, prints what is wrong file by file, and stores the report. Resolves to 0 if all is well, else to 1. */
export async function checkCommand(options: CheckOptions, progress: Progress): Promise<number> {
  const { folder, store, ...rest } = options;
  const check = await checkDataset(folder, {
    ...rest,
    onProgress: ({ done, total }) => progress.status('checking', done, total),
    onWarning: (warning) => progress.note(`warning: ${warning}`),
  });
  progress.finish();
  for (const line of reportLines(check)) progress.note(line);
  if (store) await storeReport(folder, check, progress);
  return check.clean ? 0 : 1;
}

function reportLines(check: DatasetCheck): string[] {
  const { pairs, classNames, leftOut, leftOutPairs, ignoredFiles, missingClasses, leakage } = check;
  const path = (file: string) => relative(check.folder, file);
  return [
    ...leftOut.map(({ problem, path: file, message }) => `${problem.padEnd(18)} ${path(file)}: ${message}`),
    ...ignoredFiles.map((file) => `${'passed over'.padEnd(18)} ${path(file)}: neither a picture nor a sound by its extension`),
    ...missingClasses.train.map((name) => `never trained on    ${name}: it has no pair in the train split`),
    ...missingClasses.validation.map((name) => `never validated on  ${name}: it has no pair in the validation split`),
    ...describeLeakage(leakage).map((line) => `split: ${line}`),
    `${pairs.train + pairs.validation} pairs of ${classNames.length} classes can be used (${pairs.train} to train on, ${pairs.validation} to validate on); ${leftOutPairs} are left out`,
  ];
}

async function storeReport(folder: string, check: DatasetCheck, progress: Progress): Promise<void> {
  const relativeTo = <T extends { path: string }>(entry: T) => ({ ...entry, path: relative(check.folder, entry.path) });
  const { folder: _where, ...report } = check;
  const stored = {
    ...report,
    leftOut: check.leftOut.map(relativeTo),
    ignoredFiles: check.ignoredFiles.map((file) => relative(check.folder, file)),
  };
  const file = join(folder, CHECK_FILE);
  try {
    await writeFile(`${file}.partial`, `${JSON.stringify(stored, null, 1)}\n`);
    await rename(`${file}.partial`, file);
    progress.note(`report: ${file}`);
  } catch (error) {
    progress.note(`the report could not be stored in ${file} (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}
