import { assertSeveralClasses } from '@cmcgan/evaluation';
import { findPairs, INSTRUMENTS } from '@cmcgan/sub-urmp';
import { assertJudgeFits } from '../evaluation/inputs';

/** Checks the data and the judge of an experiment before anything is trained: the evaluation, hours later, needs both. */
export async function assertInputs({ data, judge }: { data: string | null; judge: string | null }): Promise<void> {
  const name = data === null ? 'the simulated data' : `data ${data}`;
  const classNames = data === null ? [...INSTRUMENTS].sort() : (await findPairs(data)).classNames;
  assertSeveralClasses({ name, classNames });
  if (judge !== null) await assertJudgeFits(judge, { name, classNames });
}
