import type { TrainedClassifier } from '@cmcgan/classifier';
import { describeLeakage, type LeakageAudit } from '@cmcgan/sub-urmp';
import type { EvaluationData } from '../evaluation-data';
import { JUDGE_NAMES, JUDGE_TITLES, type JudgeName, type Judges } from '../judges/judges';

/** One finding of the audit: 'fine' is as it should be, 'note' is information, 'warning' makes figures too good. */
export interface AuditItem {
  readonly level: 'fine' | 'note' | 'warning';
  /** What it is about: the data, a judge, or a run by its name. */
  readonly about: string;
  readonly text: string;
}

const note = (about: string, text: string): AuditItem => ({ level: 'note', about, text });
const fine = (about: string, text: string): AuditItem => ({ level: 'fine', about, text });
const warning = (about: string, text: string): AuditItem => ({ level: 'warning', about, text });
const shortHash = (hash: string) => hash.slice(0, 12);

/** Audits the data: the sizes of its splits, what they share, and files that were left out. */
export function auditData({ splits: { train, validation }, leakage, manifestHash, leftOut = [] }: EvaluationData): AuditItem[] {
  const splits = `train: ${train.length} pairs, test: the ${validation.length} pairs of the validation split`;
  const findings = leakage
    ? leakageItems(leakage)
    : [note('data', 'it is not known what the splits share; songs in both would make the figures too good')];
  const left = leftOut.length > 0 ? [note('data', `${leftOut.length} files could not be used and were left out`)] : [];
  return [note('data', `${splits}, data ${shortHash(manifestHash)}`), ...findings, ...left];
}

function leakageItems(leakage: LeakageAudit): AuditItem[] {
  const isFine = (text: string) => leakage.clean && text.startsWith('no leakage');
  return describeLeakage(leakage).map((text) => (isFine(text) ? fine('data', text) : warning('data', text)));
}

/** Audits the judges: what each was trained on, and whether that overlaps with the test pairs. */
export function auditJudges(judges: Pick<Judges, JudgeName>, data: EvaluationData): AuditItem[] {
  return JUDGE_NAMES.flatMap((name) => auditClassifier(JUDGE_TITLES[name], judges[name], data));
}

function auditClassifier(about: string, { provenance }: TrainedClassifier, tested: EvaluationData): AuditItem[] {
  const { data, steps, seed, validation } = provenance;
  const score = validation
    ? `; ${(100 * validation.accuracy).toFixed(1)} % on ${validation.n} real test pairs, which influenced nothing`
    : '';
  const hash = shortHash(data.manifestHash);
  const trained = `trained on ${data.pairs} real pairs of the ${data.split} split of data ${hash}, ${steps} steps, seed ${seed}${score}`;
  return [note(about, trained), ...judgedBefore(about, data, tested)];
}

/** Whether a judge's training data overlap with the test pairs, as far as can be told. */
function judgedBefore(about: string, data: TrainedClassifier['provenance']['data'], tested: EvaluationData): AuditItem[] {
  const isSame = data.manifestHash === tested.manifestHash;
  const other = warning(
    about,
    `trained on other data (${shortHash(data.manifestHash)}) than is tested on: only the names of songs can tell whether it saw test pairs`,
  );
  const songs = new Set(
    tested.splits.validation.map(({ id, instrument, song }) => (song === null ? id : `${instrument} ${song}`)),
  );
  const seen = [...data.songs, ...data.heldSongs].filter((song) => songs.has(song));
  const items = isSame ? [] : [other];
  if (seen.length > 0)
    return [...items, warning(about, `saw ${seen.length} songs of the test pairs: ${seen.slice(0, 5).join(', ')}`)];
  return isSame && tested.leakage?.clean ? [fine(about, 'saw no song of the test pairs')] : items;
}

/** What is known about a training run, as returned by `findRun` of @cmcgan/training/node. */
export interface AuditedRun {
  readonly name: string;
  /** The data that it was trained on, and the pairs of its training split. */
  readonly config: { readonly data: { readonly manifestHash: string; readonly pairs: { readonly train: number } } };
  readonly checkpoint: { readonly name: string; readonly step: number; readonly weightsSha256: string };
  /** How its best checkpoint was chosen; null if none was. */
  readonly judging: RunJudging | null;
}

/** Which pairs chose the best checkpoint of a run. */
export interface RunJudging {
  readonly pairs: {
    /** held: set aside from the training split and not trained on; train: trained on; validation: the test pairs of this evaluation. */
    readonly source: 'held' | 'train' | 'validation';
    readonly ids: readonly string[];
    /** Training pairs that were not trained on. */
    readonly heldIds: readonly string[];
  };
  /** If the run collapsed, the sentence with which it ended; else null. */
  readonly collapsed: string | null;
}

/** Audits a run: what its generator was trained on, and how its checkpoint was chosen. */
export function auditRun(
  { name, config: { data }, checkpoint, judging }: AuditedRun,
  { manifestHash }: Pick<EvaluationData, 'manifestHash'>,
): AuditItem[] {
  const [trained, tested] = [shortHash(data.manifestHash), shortHash(manifestHash)];
  const position = `checkpoint ${checkpoint.name} at step ${checkpoint.step} (weights ${shortHash(checkpoint.weightsSha256)})`;
  const pairs = data.pairs.train - (judging?.pairs.heldIds.length ?? 0);
  return [
    note(name, `trained on ${pairs} pairs of the train split of data ${trained}; ${position}`),
    data.manifestHash === manifestHash
      ? fine(name, 'never saw the test split of this data in training')
      : warning(
          name,
          `trained on other data than is tested on (${trained}, not ${tested}): it is unknown whether it saw test pairs`,
        ),
    choiceOf(name, checkpoint.name, judging),
    ...(judging?.collapsed ? [note(name, `training ended early: ${judging.collapsed}`)] : []),
  ];
}

function choiceOf(about: string, checkpoint: string, judging: RunJudging | null): AuditItem {
  if (checkpoint !== 'best') return fine(about, `the checkpoint is ${checkpoint}, chosen by position, not by a score`);
  if (judging !== null) return CHOICES[judging.pairs.source](about, judging.pairs.ids.length);
  return warning(
    about,
    'the best checkpoint was chosen by a score on unknown pairs: if they were test pairs, the figures are too good',
  );
}

const CHOICES: Readonly<Record<RunJudging['pairs']['source'], (about: string, pairs: number) => AuditItem>> = {
  held: (about, pairs) =>
    fine(about, `the best checkpoint was chosen on ${pairs} pairs that were set aside from the train split`),
  train: (about, pairs) => fine(about, `the best checkpoint was chosen on ${pairs} pairs that it was trained on`),
  validation: (about, pairs) =>
    warning(
      about,
      `the best checkpoint was chosen on ${pairs} pairs of the validation split, the test pairs: the figures are too good`,
    ),
};
