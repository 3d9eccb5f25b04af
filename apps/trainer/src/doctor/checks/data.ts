import { describeError } from '@cmcgan/command-line';
import type { DatasetCheck } from '@cmcgan/sub-urmp';
import { REMEDIES } from '../../options/remedies';
import type { Check, Finding } from '../check';

const name = 'data';

/** The problems of a data set, a few words each. */
function troubles({ leftOut, leftOutPairs, missingClasses, leakage }: DatasetCheck): string[] {
  const missing = [
    ...missingClasses.train.map((c) => `${c} is never trained on`),
    ...missingClasses.validation.map((c) => `${c} is never validated on`),
  ];
  return [
    ...(leftOut.length > 0 ? [`${leftOutPairs} pairs can't be used (${leftOut[0].message})`] : []),
    ...missing,
    ...(leakage.clean ? [] : ['its two splits share recordings']),
  ];
}

function judge(check: DatasetCheck): Finding {
  const { pairs, classNames, folder } = check;
  const found = `${pairs.train} training and ${pairs.validation} validation pairs of ${classNames.length} instruments in ${folder}`;
  if (check.clean) return { name, state: 'works', detail: found };
  const detail = `${found}; ${troubles(check).join('; ')}`;
  const remedy = `for the problems file by file: npx pnpm --filter data start check ${folder}`;
  const usable = pairs.train > 0 && pairs.validation > 0 && check.leftOut.length === 0;
  return { name, state: usable ? 'warning' : 'fails', detail, remedy };
}

/** Checks, file by file, whether the pairs can be trained on. */
export const data: Check = {
  name,
  async run(machine, { dataFolder }) {
    if (dataFolder === null) {
      return [{ name, state: 'works', detail: 'no --data given: musicians are simulated' }];
    }
    try {
      return [judge(await machine.checkData(dataFolder))];
    } catch (error) {
      const remedy =
        'name a folder in the layout of Sub-URMP: img/<split>/<instrument>/*.jpg beside chunk/<split>/<instrument>/*.wav';
      return [{ name, state: 'fails', detail: describeError(error, REMEDIES), remedy }];
    }
  },
};
