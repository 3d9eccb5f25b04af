import type { Dataset } from '@cmcgan/sub-urmp';
import { JUDGE_NAMES, JUDGE_TITLES, type Judges, type TrainedClassifier, type JudgeName } from '../judge/judges';
import type { AuditItem } from './audit-item';

/** What each judge was trained on, and whether any of it is tested on. */
export function auditJudge(judges: Pick<Judges, JudgeName>, dataset: Dataset): AuditItem[] {
  return JUDGE_NAMES.flatMap((name) => auditClassifier(JUDGE_TITLES[name], judges[name], dataset));
}

function auditClassifier(
  about: string,
  { provenance }: TrainedClassifier,
  { splits, manifestHash, leakage }: Dataset,
): AuditItem[] {
  const { data, steps, seed, validation } = provenance;
  const score = validation
    ? `; ${(100 * validation.accuracy).toFixed(1)} % on ${validation.n} real test pairs, which decided nothing`
    : '';
  const trained = `trained on ${data.pairs} real pairs of the ${data.split} split of data ${data.manifestHash.slice(0, 12)}, ${steps} steps, seed ${seed}${score}`;
  const items: AuditItem[] = [{ level: 'note', about, text: trained }];
  if (data.manifestHash !== manifestHash) {
    items.push({
      level: 'warning',
      about,
      text: `trained on other data (${data.manifestHash.slice(0, 12)}) than is tested on: whether it saw test pairs can only be told from the names of songs`,
    });
  }
  const tested = new Set(splits.validation.map(({ id, instrument, song }) => (song === null ? id : `${instrument} ${song}`)));
  const seen = [...data.songs, ...data.heldSongs].filter((song) => tested.has(song));
  if (seen.length > 0) {
    items.push({ level: 'warning', about, text: `saw ${seen.length} songs that are tested on: ${seen.slice(0, 5).join(', ')}` });
  } else if (data.manifestHash === manifestHash && leakage.clean) {
    items.push({ level: 'fine', about, text: 'saw no song that is tested on' });
  }
  return items;
}
