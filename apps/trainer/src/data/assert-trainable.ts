import { UserError } from '@cmcgan/command-line';
import { INSTRUMENTS, type Dataset } from '@cmcgan/sub-urmp';
import type { TrainerOptions } from '../options/trainer-options';
import { stepsPerEpoch } from './open-training-data';

type BatchOptions = Pick<TrainerOptions, 'batchSize' | 'accumulate'>;

function describeUpdate({ batchSize, accumulate }: BatchOptions): string {
  return accumulate > 1 ? `--batch-size ${batchSize} × --accumulate ${accumulate}` : `--batch-size ${batchSize}`;
}

/** Throws if the musicians to be simulated are too few for one step. To be called before simulating them. */
export function assertEnoughSimulated(options: BatchOptions & Pick<TrainerOptions, 'data'>): void {
  const count = INSTRUMENTS.length * options.data.simulated.pairsPerClass;
  if (options.data.folder !== null || stepsPerEpoch(count, options) > 0) return;
  throw new UserError(
    `${count} simulated training pairs are too few for one update of ${describeUpdate(options)}; use a smaller --batch-size`,
  );
}

/**
 * Throws if a data set cannot be trained on: its training pairs are too few, of one class only, or so much of one class that some batch
 * would lack a second one, which mismatched pairs (Eq. 1) need.
 */
export function assertTrainable({ folder, classNames, splits: { train } }: Dataset, options: BatchOptions): void {
  const { batchSize } = options;
  const counts = classNames.map((_, id) => train.filter(({ classId }) => classId === id).length);
  const largest = Math.max(...counts);
  const name = classNames[counts.indexOf(largest)];
  if (largest === train.length) {
    throw new UserError(
      `${folder} has training pairs of only one class, ${name}, and mismatched pairs need two: ` +
        'add a folder of another instrument to img/train and to chunk/train',
    );
  }
  if (stepsPerEpoch(train.length, options) === 0) {
    throw new UserError(
      `${folder} has ${train.length} training pairs, too few for one update of ${describeUpdate(options)}; use a smaller --batch-size`,
    );
  }
  const others = train.length - largest;
  if (others >= Math.floor(train.length / batchSize)) return;
  throw new UserError(
    `${folder} has ${largest} of its ${train.length} training pairs in the class ${name}: not every batch of ${batchSize} can have ` +
      `a pair of another, which mismatched pairs need; use a --batch-size of at least ${Math.floor(train.length / (others + 1)) + 1}`,
  );
}
