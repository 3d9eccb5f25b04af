import { join, relative } from 'node:path';
import { checkDataset, describeLeakage, type DatasetCheck } from '@cmcgan/sub-urmp';
import { assertAddressSpace, type Progress } from '@cmcgan/command-line';
import { warnOn } from '../remedies';
import { reasonOf, writeBeside } from '../write-beside';

/** The file name of the report in a checked data set. */
export const CHECK_FILE = 'dataset-check.json';

export interface CheckOptions {
  folder: string;
  instruments?: string[];
  threads?: number;
  cacheFolder?: string | null;
  /** Whether to save the report in the set. */
  store: boolean;
}

/** Checks a data set, saves the report, and prints what is wrong, file by file. Resolves to exit code 0 if nothing is wrong, else 1. */
export async function checkCommand(options: CheckOptions, progress: Progress): Promise<number> {
  const { folder, store, ...rest } = options;
  assertAddressSpace('read data');
  const check = await checkDataset(folder, {
    ...rest,
    onProgress: ({ done, total }) => progress.status('checking', done, total),
    onWarning: warnOn(progress),
  });
  progress.finish();
  const stored = store ? [await storeReport(folder, check)] : []; // saved before it is printed, since the reader of the output may be gone
  for (const line of [...reportLines(check), ...stored]) progress.note(line);
  return check.clean ? 0 : 1;
}

const counted = (count: number, one: string, several = `${one}s`) => `${count} ${count === 1 ? one : several}`;

function reportLines(check: DatasetCheck): string[] {
  const { pairs, classNames, leftOut, leftOutPairs, ignoredFiles, silentSounds, pictureWarnings, missingClasses, leakage } =
    check;
  const row = (problem: string, file: string, message: string) =>
    `${problem.padEnd(18)} ${relative(check.folder, file)}: ${message}`;
  const unused = ignoredFiles.filter(({ system }) => !system);
  const systemCount = ignoredFiles.length - unused.length;
  return [
    ...leftOut.map(({ problem, path, message }) => row(problem, path, message)),
    ...unused.map(({ path, files, reason }) => row('not used', path, files === 1 ? reason : `${files} files: ${reason}`)),
    ...silentSounds.map((path) => row('silent', path, 'its sound is 70 dB below full scale, or lower; it is still used')),
    ...pictureWarnings.map(({ path, message }) => row('violates format', path, `${message}; it is still used`)),
    ...missingClasses.train.map((name) => `never trained on    ${name}: it has no pair in the train split`),
    ...missingClasses.validation.map((name) => `never validated on  ${name}: it has no pair in the validation split`),
    ...describeLeakage(leakage).map((line) => `split: ${line}`),
    ...(systemCount > 0 ? [`${systemCount} system ${systemCount === 1 ? 'file is' : 'files are'} ignored`] : []),
    `${counted(pairs.train + pairs.validation, 'pair')} of ${counted(classNames.length, 'class', 'classes')} can be used (${pairs.train} to train on, ${pairs.validation} to validate on); ${leftOutPairs} left out`,
    ...(leftOutPairs > 0 ? ['To train on the rest: trainer --skip-broken'] : []),
  ];
}

/** Saves the report in the set and returns a line that says where, or why it could not. */
async function storeReport(folder: string, check: DatasetCheck): Promise<string> {
  const inSet = (path: string) => relative(check.folder, path);
  const relativeTo = <T extends { path: string }>(entry: T) => ({ ...entry, path: inSet(entry.path) });
  const { folder: _where, ...report } = check;
  const stored = {
    ...report,
    leftOut: check.leftOut.map(relativeTo),
    ignoredFiles: check.ignoredFiles.map(relativeTo),
    silentSounds: check.silentSounds.map(inSet),
    pictureWarnings: check.pictureWarnings.map(relativeTo),
  };
  const file = join(folder, CHECK_FILE);
  try {
    await writeBeside(file, `${JSON.stringify(stored, null, 1)}\n`);
    return `report: ${file}`;
  } catch (error) {
    return `the report cannot be stored in ${file} (${reasonOf(error)}); use --no-store to only print it`;
  }
}
