// Makes a data set of links whose validation split is the last fifth of each class's training pairs, without the real validation split: for
// choosing options without looking at the pairs that figures are reported on.
//   node apps/trainer/scripts/hold-back.mjs <data> <folder>
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join, parse, resolve } from 'node:path';

const SHARE = 0.2;
const [data, folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node apps/trainer/scripts/hold-back.mjs <data> <folder>');
  process.exit(2);
}

/** The time in a stem, the number after its song: 500 in horn00_500. */
const timeOf = (stem) => Number(stem.split('_').at(-1));

async function link(split, instrument, stem) {
  for (const [kind, extension] of [
    ['img', 'jpg'],
    ['chunk', 'wav'],
  ]) {
    const into = join(folder, kind, split, instrument);
    await mkdir(into, { recursive: true });
    await symlink(resolve(data, kind, 'train', instrument, `${stem}.${extension}`), join(into, `${stem}.${extension}`));
  }
}

const counts = { train: 0, validation: 0 };
for (const instrument of await readdir(join(data, 'img', 'train'))) {
  const files = await readdir(join(data, 'img', 'train', instrument));
  const stems = files.map((file) => parse(file).name).sort((a, b) => timeOf(a) - timeOf(b));
  const kept = Math.floor(stems.length * (1 - SHARE));
  for (const [index, stem] of stems.entries()) {
    const split = index < kept ? 'train' : 'validation';
    await link(split, instrument, stem);
    counts[split]++;
  }
}
console.log(`${folder}: ${counts.train} pairs to train on, ${counts.validation} held back`);
