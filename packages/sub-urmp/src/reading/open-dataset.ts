import { createHash } from 'node:crypto';
import { extname, relative, resolve } from 'node:path';
import { lmsToSound, type DecibelRange } from '@cmcgan/audio-features';
import { pixelsToImage } from '@cmcgan/image-io';
import type { PairHashes } from './admit-pairs';
import { auditLeakage, describeLeakage } from './check/audit-leakage';
import { describeIgnored } from './archive/ignored-file';
import { isRead } from './archive/media-extensions';
import { countProblems, summariseLeftOut, type LeftOut } from './check/left-out';
import { describeMissingClasses, missingClasses } from './check/missing-classes';
import type { Dataset } from './dataset';
import type { Pair, Split } from './pair';
import { examineFolder, type ExamineOptions } from './examine-folder';
import { asFloats, FRAME, LMS } from './features/feature-kind';
import { RemediableError } from './remediable-error';
import { isDecibelRange, trainingDecibelRange } from './decibel-range/training-decibel-range';

/** Number of broken files that an error lists; the rest are only counted. */
const BROKEN_SHOWN = 3;
/** Number of names that an error or a warning lists; the rest are only counted. */
const NAMES_SHOWN = 5;

export interface OpenDatasetOptions extends ExamineOptions {
  /** What to do about a file that cannot be used (empty, truncated, wrong rate, …): throw, or leave its pair out with a warning. */
  onBroken?: 'error' | 'skip';
  /** The same for a picture without its sound, or a sound without its picture. Default: as `onBroken`. */
  onMissingHalf?: 'error' | 'skip';
  /** The dB values for -1 and 1 in a sound, for example those of a checkpoint. Default: from the training split. */
  decibelRange?: DecibelRange;
}

/**
 * Opens a folder in Sub-URMP's layout: `img/{train,validation}/<instrument>/*.jpg` and
 * `chunk/{…}/<instrument>/*.wav`, pairs by stem, class ids alphabetical (the paper's section "Dataset").
 * Pictures may be jpg, png, webp, avif, gif or tiff, sounds wav, flac, mp3, ogg or opus; the splits may have any usual name.
 *
 * Every file is read and decoded once, on several threads. Frames and spectra are cached in a folder, keyed by the content of the file
 * and by what the decoders make of a fixed picture and sound, so that opening again is quick and stale entries are never used. If that
 * folder cannot be written, they stay in memory, with one warning. The cache stays valid if the process is killed; runs may share one.
 * @param folder the data set
 * @throws Error if the folder is missing, empty or has another layout, a pair lacks one half, or files cannot be read: a text file
 *   named .wav, a truncated picture, a sound that is not 0.5 s at 44,100 Hz. The message has their number and the first few names;
 *   `checkDataset` lists all. With `onBroken: 'skip'`, pairs with such files are an error only if none is left in a split.
 */
export async function openDataset(folder: string, options: OpenDatasetOptions = {}): Promise<Dataset> {
  const { onBroken = 'error', onMissingHalf = onBroken, onWarning = () => {} } = options;
  if (options.decibelRange && !isDecibelRange(options.decibelRange)) {
    throw new RangeError(
      `openDataset: decibelRange must have floorDb below ceilingDb, got ${JSON.stringify(options.decibelRange)}`,
    );
  }
  const examined = await examineFolder(folder, {
    ...options,
    judgeListing({ splits, leftOut, ignored }) {
      const unused = describeIgnored(ignored, (path) => relative(folder, path));
      if (onMissingHalf === 'error') assertNoneMissing(leftOut.filter(isMissingHalf), unused);
      if (leftOut.length === 0) assertPairs(folder, splits, unused);
    },
  });
  const { classNames, splits, leftOut, ignored, source, admitted, fingerprint, cache } = examined;
  if (onBroken === 'error') assertNoneBroken(leftOut.filter((entry) => !isMissingHalf(entry)));
  if (leftOut.length > 0) onWarning(`left out ${summariseLeftOut(leftOut)}: ${namesOf(leftOut)}`);
  const unused = describeIgnored(ignored, (path) => relative(folder, path));
  for (const line of unused) onWarning(line);
  assertPairs(folder, splits, unused);
  for (const line of describeMissingClasses(missingClasses(classNames, splits))) onWarning(line);

  const hashesOf = (pair: Pair): PairHashes => {
    const hashes = admitted.hashes.get(pair.id);
    if (!hashes) throw new Error(`Dataset.load: pair must be one of this data set, got ${pair.id}`);
    return hashes;
  };
  const leakage = auditLeakage(splits, { hashesOf });
  if (!leakage.clean) onWarning(describeLeakage(leakage).join('; '));
  const decibelRange =
    options.decibelRange ?? (await trainingDecibelRange({ source, admitted, trainPairs: splits.train, fingerprint, cache }));

  const loadLms = async (pair: Pair) => {
    return asFloats(await source.get(LMS, pair.soundPath, hashesOf(pair).sound)).slice(); // [128, 44]
  };
  return {
    folder: resolve(folder),
    classNames,
    splits,
    decibelRange,
    manifestHash: manifestHash([...splits.train, ...splits.validation], hashesOf),
    leftOut,
    ignoredFiles: ignored,
    leakage,
    loadLms,
    async load(pair) {
      const [pixels, lmsDb] = await Promise.all([source.get(FRAME, pair.imagePath, hashesOf(pair).image), loadLms(pair)]);
      return { image: pixelsToImage(pixels), sound: lmsToSound(lmsDb, decibelRange), classId: pair.classId };
    },
  };
}

/** SHA-256 over ids and contents, in the order of the ids. */
export function manifestHash(pairs: readonly Pair[], hashesOf: (pair: Pair) => PairHashes): string {
  const lines = pairs.map((pair) => `${pair.id} ${hashesOf(pair).image} ${hashesOf(pair).sound}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}

/** Throws if a split has no pairs. `unused` describes the files that are not used, which may explain why. */
function assertPairs(folder: string, splits: Record<Split, Pair[]>, unused: readonly string[]): void {
  for (const split of ['train', 'validation'] as const) {
    if (splits[split].length > 0) continue;
    throw new Error([`openDataset: ${folder} must hold pairs in its ${split} split, got none`, ...unused].join('; '));
  }
}

const isMissingHalf = ({ problem }: LeftOut): boolean => problem === 'missing half';

function assertNoneMissing(missing: readonly LeftOut[], unused: readonly string[]): void {
  if (missing.length === 0) return;
  throw new RemediableError(
    [
      `openDataset: every pair must have a picture and a sound, got ${missing.length} without: ${namesOf(missing)}`,
      ...unused,
    ].join('; '),
    { option: 'onMissingHalf', suggestion: "add what is missing, or pass onMissingHalf: 'skip' to leave them out" },
  );
}

function assertNoneBroken(broken: readonly LeftOut[]): void {
  if (broken.length === 0) return;
  const list = broken.slice(0, BROKEN_SHOWN).map(({ message }) => `\n  ${message.replaceAll('\n', ' ')}`);
  const more = broken.length > BROKEN_SHOWN ? `, and ${broken.length - BROKEN_SHOWN} more (${countProblems(broken)} in all)` : '';
  const verb = broken.length === 1 ? 'is' : 'are';
  throw new RemediableError(
    `openDataset: every file must be readable, got ${broken.length} that ${verb} not:${list.join('')}${more}`,
    { option: 'onBroken', suggestion: "fix them, or pass onBroken: 'skip' to leave them out" },
  );
}

function namesOf(entries: readonly LeftOut[]): string {
  const names = [...new Set(entries.map(({ pairId, path, problem }) => nameOf(pairId, path, problem)))];
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return names.length > NAMES_SHOWN ? `${shown} and ${names.length - NAMES_SHOWN} more` : shown;
}

function nameOf(pairId: string, path: string, problem: LeftOut['problem']): string {
  if (problem !== 'missing half') return `${pairId} (${problem})`;
  return `${pairId} (no ${isRead('sound', extname(path)) ? 'picture' : 'sound'})`;
}
