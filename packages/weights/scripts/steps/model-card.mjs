import { readFileSync, writeFileSync } from 'node:fs';

const [BEGIN, END] = ['<!-- figures: written by make-weights -->', '<!-- end of figures -->'];

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const shown = ({ accuracy, correct, n, interval }) =>
  `${percent(accuracy)} (${correct} of ${n}; ${(100 * interval[0]).toFixed(1)} to ${(100 * interval[1]).toFixed(1)})`;
const count = (number) => number.toLocaleString('en-GB');

const computing = ({ backend }) => backend.split(',').slice(0, 2).join(',');

/** Rows of a Markdown table in which all cells of a column have the same width, as the formatter wants it. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(rows[0]), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)];
}

/** What the model card says about the figures of a release, as Markdown. */
export function describeFigures({ run, judge, imagesFromSounds, soundsFromImages, halfPrecision, classifiers }) {
  const { pool, image, sound } = classifiers;
  const calibrated = (score) => `${shown(score)}, ${(100 * score.calibrationError).toFixed(1)}`;
  const largest = (value) => value.toPrecision(2);
  const provisional = run.finished
    ? []
    : [
        `**Provisional**: this is epoch ${run.epochs} of ${run.plannedEpochs}; the training was still running when these weights were made.`,
        '',
      ];
  return [
    ...provisional,
    ...(run.earlier
      ? [
          `A first run of ${count(run.earlier.steps)} steps took ${count(run.earlier.minutes)} minutes on ${computing(run.earlier)}; from its weights,`,
        ]
      : []),
    `${run.earlier ? 'trained' : 'Trained'} for ${count(run.steps)} steps (${run.epochs} of ${run.plannedEpochs} epochs; the checkpoint \`${run.checkpoint}\`) on ${count(run.pairs.train - run.heldBack)} pairs, seed ${run.seed}, in ${count(run.minutes)} minutes on ${computing(run)} (Node ${run.node.slice(1)}).`,
    `Hash of the data: \`${run.dataHash}\`.`,
    '',
    `A judge, which is not one of the released classifiers and recognises ${judge.images.correct} of ${judge.images.n} real pictures and ${judge.sounds.correct} of ${judge.sounds.n} real sounds, names the right instrument of`,
    '',
    ...table([
      ['generated', 'by the path that is used (A→A→V, V→V→A)', 'directly'],
      ['pictures from sounds', shown(imagesFromSounds.pathEnd), shown(imagesFromSounds.direct)],
      ['sounds from pictures', shown(soundsFromImages.pathEnd), shown(soundsFromImages.direct)],
    ]),
    '',
    `The released classifiers, each for its own half and by the path that is used, recognise ${shown(classifiers.generated.images)} of the generated pictures and ${shown(classifiers.generated.sounds)} of the generated sounds.`,
    '',
    `Of ${run.pairs.validation / Object.keys(imagesFromSounds.correctByClass).length} of each instrument, the judge recognises`,
    '',
    ...table([
      ['instrument', 'pictures', 'sounds'],
      ...Object.keys(imagesFromSounds.correctByClass).map((name) => [
        name.replaceAll('_', ' '),
        String(imagesFromSounds.correctByClass[name]),
        String(soundsFromImages.correctByClass[name]),
      ]),
    ]),
    '',
    'The released classifiers, with the expected calibration error in percent:',
    '',
    ...table([
      ['classified', 'right, calibration error', 'weights of picture and sound'],
      ['a picture, by its classifier', calibrated(image), ''],
      ['a sound, by its classifier', calibrated(sound), ''],
      ...[
        ['a picture and its sound, pooled', 'real'],
        ['a sound, with a generated picture', 'generatedImage'],
        ['a picture, with a generated sound', 'generatedSound'],
      ].map(([what, key]) => [
        what,
        calibrated(pool[key]),
        `${pool.weights[key].V.toFixed(2)}, ${pool.weights[key].A.toFixed(2)}`,
      ]),
    ]),
    '',
    `Half precision changes no value of a generated picture by more than ${largest(halfPrecision.images)} and none of a spectrum by more than ${largest(halfPrecision.sounds)}, on the scale from -1 to 1, on these pairs.`,
  ].join('\n');
}

/** The figures in the text of a model card. */
export const figuresIn = (text) => text.slice(text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)).trim();

/** Replaces the figures in a model card. */
export function writeModelCard(path, figures) {
  const text = readFileSync(path, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`writeModelCard: ${path} must hold the marks ${BEGIN} and ${END}`);
  writeFileSync(path, `${text.slice(0, begin + BEGIN.length)}\n\n${describeFigures(figures)}\n\n${text.slice(end)}`);
}
