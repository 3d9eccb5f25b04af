import type { JudgedScore } from '@cmcgan/training/node';

/** "epoch 40, 61 % of 65 pictures and 70 % of 65 sounds recognised by the judge, score 0.655". */
export function describeScore({ score, soundToImage, imageToSound, epoch }: JudgedScore): string {
  const parts = Object.entries({ pictures: soundToImage, sounds: imageToSound }).flatMap(([name, each]) =>
    each ? [`${(100 * each.accuracy).toFixed(0)} % of ${each.n} ${name}`] : [],
  );
  return `epoch ${epoch}, ${parts.join(' and ')} recognised by the judge, score ${score.toFixed(3)}`;
}
