import type { Dataset } from '@cmcgan/sub-urmp';
import type { Run } from '../run/find-run';
import type { RunJudging } from '../run/read-judging';
import type { AuditItem } from './audit-item';

/** What a run's generator saw, and what chose its checkpoint. */
export function auditRun(
  { name, config, checkpoint, judging }: Pick<Run, 'name' | 'config' | 'checkpoint' | 'judging'>,
  dataset: Pick<Dataset, 'manifestHash' | 'leakage'>,
): AuditItem[] {
  const { data } = config;
  const same = data.manifestHash === dataset.manifestHash;
  const position = `checkpoint ${checkpoint.name} at step ${checkpoint.step} (weights ${checkpoint.weightsSha256.slice(0, 12)})`;
  const pairs = data.pairs.train - (judging?.heldPairs ?? 0);
  const trained = `trained on ${pairs} pairs of the train split of data ${data.manifestHash.slice(0, 12)}; ${position}`;
  return [
    { level: 'note', about: name, text: trained },
    same
      ? { level: 'fine', about: name, text: 'never saw the test split of this data in training' }
      : {
          level: 'warning',
          about: name,
          text: `trained on other data than is tested on (${data.manifestHash.slice(0, 12)}, not ${dataset.manifestHash.slice(0, 12)}): whether it saw test pairs cannot be told`,
        },
    choiceOf(name, checkpoint.name, judging),
    ...(judging?.collapsed ? [{ level: 'note' as const, about: name, text: `training ended early: ${judging.collapsed}` }] : []),
  ];
}

function choiceOf(about: string, checkpoint: string, judging: RunJudging | null): AuditItem {
  if (checkpoint !== 'best') {
    return { level: 'fine', about, text: `the checkpoint is ${checkpoint}, by its position; no score chose it` };
  }
  if (judging === null) {
    return {
      level: 'warning',
      about,
      text: 'a score chose the best checkpoint, and the run does not say on which pairs: if on test pairs, figures are too good',
    };
  }
  const { source, pairs } = judging;
  return { ...CHOICES[source](pairs), about };
}

const CHOICES: Readonly<Record<RunJudging['source'], (pairs: number) => Omit<AuditItem, 'about'>>> = {
  held: (pairs) => ({
    level: 'fine',
    text: `the best checkpoint was chosen on ${pairs} pairs that were set aside from the train split`,
  }),
  train: (pairs) => ({ level: 'fine', text: `the best checkpoint was chosen on ${pairs} pairs that it was trained on` }),
  validation: (pairs) => ({
    level: 'warning',
    text: `the best checkpoint was chosen on ${pairs} pairs of the validation split, which is tested on: figures are too good`,
  }),
};
