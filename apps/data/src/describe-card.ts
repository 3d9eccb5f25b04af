import { describeLeakage, describeMissingClasses, type DatasetCard, type UnusedCard } from '@cmcgan/sub-urmp';

const files = (count: number, one = 'file') => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Describes a card as lines for a terminal. */
export function describeCard(card: DatasetCard): string[] {
  const { pairs, seconds, classes, decibelRange, manifestHash, leakage, preparation, note, unused } = card;
  const names = Object.keys(classes);
  const width = Math.max(...names.map((name) => name.length), 5);
  const cells = (values: (string | number)[]) => values.map((value) => String(value).padStart(8)).join('');
  const missing = classesMissingIn(card);
  const count = (files: readonly UnusedCard[]) => files.reduce((sum, { files = 1 }) => sum + files, 0);
  const silent = preparation?.sources.reduce((sum, { silentWindows }) => sum + silentWindows, 0) ?? 0;
  const systemFiles = preparation?.systemFiles ? `; ${files(preparation.systemFiles, 'system file')} ignored` : '';
  return [
    ...(note === undefined ? [] : [`note: ${note}`]),
    `${''.padEnd(width)}${cells(['train', 'songs', 's'])}  ${cells(['valid.', 'songs', 's'])}`,
    ...names.map((name) => {
      const { train, validation } = classes[name];
      const side = (card: typeof train) => cells([card.pairs, card.songs, card.seconds.toFixed(1)]);
      return `${name.padEnd(width)}${side(train)}  ${side(validation)}`;
    }),
    `${'all'.padEnd(width)}${cells([pairs.train, '', seconds.train.toFixed(1)])}  ${cells([pairs.validation, '', seconds.validation.toFixed(1)])}`,
    `dB range: ${decibelRange.floorDb} … ${decibelRange.ceilingDb}`,
    ...describeLeakage(leakage).map((line) => `split: ${line}`),
    ...describeMissingClasses(missing),
    ...(unused.length > 0 ? [`not used: ${count(unused)} of its files; data check and the page list them with the reason`] : []),
    ...(preparation
      ? [
          `source: ${preparation.from} of ${preparation.folders.join(' and ')}${preparation.reader ? ` by ${preparation.reader}` : ''}; ${files(preparation.sources.length)} used, ${count(preparation.leftOut)} left out, ${silent} silent half second${silent === 1 ? '' : 's'}${systemFiles}`,
        ]
      : []),
    `hash: ${manifestHash}`,
  ];
}

/** For each split, the classes that have no pair in it. */
export function classesMissingIn({ classes }: DatasetCard) {
  const without = (split: 'train' | 'validation') => Object.keys(classes).filter((name) => classes[name][split].pairs === 0);
  return { train: without('train'), validation: without('validation') };
}
