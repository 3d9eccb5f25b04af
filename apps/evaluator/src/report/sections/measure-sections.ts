import {
  type AgainstChance,
  DIRECTION_NAMES,
  type FrechetDistance,
  type MeanSoundDistance,
  percent,
  type TruthName,
} from '@cmcgan/evaluation';
import { escapeHtml, htmlTable, section } from '@cmcgan/pages';
import { DIRECTIONS, type Direction } from '@cmcgan/model';
import type { RunEvaluation } from '../../evaluation/evaluation';

/** A measure as a section with a table: a row for each direction and run that has it. */
interface MeasureSection {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  /** The heads of the columns after the direction and the run. */
  readonly head: readonly string[];
  /** The rows of a run in a direction; `about` is shown below the direction's name. Empty if it was not measured. */
  rows(run: RunEvaluation, direction: Direction): readonly { readonly about?: string; readonly cells: readonly string[] }[];
}

const NONE = '<span class="none">–</span>';
const figure = (value: string, remark: string) => `<b>${value}</b> <small>${remark}</small>`;

/** To add a measure: one row. */
const MEASURES = {
  groundTruth: {
    id: 'truth',
    title: 'Pitch and loudness: are they carried over?',
    lead: `Simulated pairs have a known pitch and loudness, which the image shows too. Regressors fitted on real training samples estimate both from generated
ones; the figures are mean absolute errors with 95 % intervals (bootstrap over pairs), so smaller is better, and the share of pairs that are at most a
semitone, or 0.1 of the loudness, off. <i>real samples</i> is the regressors' error on real samples. <i>chance</i> is the error of estimates
shuffled among all samples, or within each instrument: only a smaller error than the latter shows that more than the instrument's usual range was carried over. p is the
p-value of a permutation test with 999 shuffles within instruments: below 0.05, chance does not explain the result.`,
    head: ['generated', 'direct', 'real samples', 'chance within instruments', 'chance', 'p'],
    rows: ({ groundTruth }, direction) =>
      QUANTITIES.flatMap(({ quantity, about, digits }) => {
        const measure = groundTruth?.[direction]?.[quantity];
        if (!measure) return [];
        const { generated, direct, real } = measure;
        const within = figure(generated.shuffledWithinError.toFixed(digits), `${percent(generated.shuffledCloseShare)} close`);
        const chance = [within, generated.shuffledError.toFixed(digits)];
        const errors = [generated, direct, real].map((found) => (found ? error(found, digits) : '–'));
        return [{ about, cells: [...errors, ...chance, generated.pValue.toFixed(3)] }];
      }),
  },
  soundQuality: {
    id: 'heard',
    title: 'Sounds as they are heard',
    lead: `Generated sounds, turned into waveforms, against the recordings of the same pairs, a few of each class. <i>Log-spectral distance</i>: smaller is better. <i>Pitch</i>, by pYIN: the median
error, and the share of pitched frames that are right to half a semitone. <i>Onsets</i>: the correlation of their strength over time. The sound of the true spectrum, at the networks' resolution
and with estimated phases, is the best that a generator can reach; a recording of the same instrument is what knowing the instrument alone is worth.`,
    head: ['log-spectral distance, dB', 'pitch error, semitones', 'pitch right', 'onsets, r', 'pairs'],
    rows: ({ soundQuality }, direction) => {
      if (!soundQuality || direction !== 'imageToSound') return [];
      return HEARD.flatMap(({ name, about }) => {
        const found = soundQuality[name];
        return found ? [{ about, cells: heardCells(found) }] : [];
      });
    },
  },
  frechet: {
    id: 'distances',
    title: 'Distances to real samples',
    lead: `Fréchet distances between generated and real test samples: the formula of FID and FAD, but on this judge's 64 features, so they are comparable with
each other, not with published FIDs. Smaller is better; the distance between real training and real test samples is about the best that a generator can reach.
Few samples bias the distances upwards.`,
    head: ['generated', 'direct', 'real train to real test'],
    rows: ({ frechet }, direction) => {
      const measure = frechet[direction];
      if (measure === null) return [];
      const about = direction === 'soundToImage' ? 'images (as FID)' : 'sounds (as FAD)';
      return [{ about, cells: [measure.generated, measure.direct, measure.real].map(distance) }];
    },
  },
  retrieval: {
    id: 'retrieval',
    title: 'Retrieval: does the discriminator know what belongs together?',
    lead: `This measures the discriminator, not the generated samples. For each real test sample the joint discriminator ranks all test samples of the other modality;
R@k is how often the true partner is among the first k. Samples of the same song look and sound nearly the same, so even a perfect judge of instruments stays
far below 100 %.`,
    head: ['R@1', 'R@5', 'R@10', 'mean rank', 'median rank', 'candidates'],
    rows: ({ retrieval }, direction) => {
      if (retrieval === null) return [];
      const { recallAt, meanRank, medianRank, candidates } = retrieval[direction];
      const recalls = ([1, 5, 10] as const).map((k) =>
        figure(percent(recallAt[k]), `chance ${percent(Math.min(1, k / candidates))}`),
      );
      const rank = figure(meanRank.toFixed(1), `chance ${((candidates + 1) / 2).toFixed(1)}`);
      return [{ cells: [...recalls, rank, medianRank.toFixed(1), String(candidates)] }];
    },
  },
  diversity: {
    id: 'diversity',
    title: 'Diversity: is the latent z used?',
    lead: `z is the random input next to the given sample. The figures are mean absolute differences, on the scale -1 … 1, between samples of the same input with different z, and
between samples of different inputs with the same z. A ratio near 0 means that z is ignored. Real samples of one class differ too: the last column is what z makes of that.`,
    head: ['different z', 'different inputs', 'ratio', 'inputs × z', 'real, one class', 'z / real'],
    rows: ({ diversity }, direction) => {
      const found = diversity[direction];
      if (found === null) return [];
      const { betweenLatents, betweenInputs, ratio, inputs, latents, withinClass, shareOfReal } = found;
      const use = ratio < 0.01 ? 'ignored' : ratio < 0.1 ? 'little' : ratio < 0.5 ? 'some' : 'much';
      const ratioText = Number.isFinite(ratio) ? figure(ratio.toFixed(3), use) : '–';
      const real = [withinClass?.toFixed(4) ?? NONE, shareOfReal?.toFixed(2) ?? NONE];
      return [{ cells: [betweenLatents.toFixed(4), betweenInputs.toFixed(4), ratioText, `${inputs} × ${latents}`, ...real] }];
    },
  },
  precisionRecall: {
    id: 'precision-recall',
    title: 'Precision and recall: realistic, and varied?',
    lead: `On the judge's features (Kynkäänniemi et al. 2019): precision is the share of generated samples that lie among the real ones, recall the share of real ones that lie among the
generated. Real training samples, as many as there are test samples, are about the most that a generator can reach.`,
    head: ['precision', 'recall', 'direct: precision', 'recall', 'real training samples: precision', 'recall'],
    rows: ({ precisionRecall }, direction) => {
      const found = precisionRecall[direction];
      if (found === null) return [];
      const cells = [found.generated, found.direct, found.real].flatMap((each) =>
        each === null ? [NONE, NONE] : [percent(each.precision), percent(each.recall)],
      );
      return [{ cells }];
    },
  },
} satisfies Record<string, MeasureSection>;

const HEARD = [
  { name: 'generated', about: 'generated' },
  { name: 'direct', about: 'generated, direct' },
  { name: 'resynthesised', about: 'from the true spectrum' },
  { name: 'sameInstrument', about: 'another recording of the instrument' },
  { name: 'otherInstrument', about: 'a recording of another instrument' },
] as const;

function heardCells({ n, logSpectralDb, semitones, pitched, pitchAccuracy, onsetCorrelation }: MeanSoundDistance): string[] {
  const error = semitones === null ? NONE : figure(semitones.toFixed(2), `n ${pitched}`);
  const right = pitchAccuracy === null ? NONE : `<b>${percent(pitchAccuracy)}</b>`;
  return [`<b>${logSpectralDb.toFixed(1)}</b>`, error, right, onsetCorrelation?.toFixed(2) ?? NONE, String(n)];
}

const QUANTITIES: readonly { quantity: TruthName; about: string; digits: number }[] = [
  { quantity: 'pitch', about: 'pitch, semitones', digits: 1 },
  { quantity: 'loudness', about: 'loudness, 0 … 1', digits: 3 },
];

function error(measured: AgainstChance, digits: number): string {
  const { error: value, errorInterval, closeShare, closeInterval, correlation, n } = measured;
  const range = (interval: readonly number[], text: (bound: number) => string) => `[${interval.map(text).join(', ')}]`;
  const close = `${percent(closeShare)} close ${range(closeInterval, percent)}`;
  const related = Number.isFinite(correlation) ? `r ${correlation.toFixed(2)} ` : '';
  return figure(value.toFixed(digits), `${range(errorInterval, (bound) => bound.toFixed(digits))} ${close} ${related}n ${n}`);
}

function distance(found: FrechetDistance | null): string {
  if (found === null) return NONE;
  const few = found.rankDeficient ? `, fewer than the ${found.dimensions} features: too large` : '';
  return figure(found.distance.toFixed(2), `n ${found.counts.join(' / ')}${few}`);
}

/** The section of a measure with every run that has it; empty if none has. */
export function measureSection(name: keyof typeof MEASURES, runs: readonly RunEvaluation[]): string {
  const { id, title, lead, head, rows }: MeasureSection = MEASURES[name];
  const table = DIRECTIONS.flatMap((direction) =>
    runs.flatMap((run) =>
      rows(run, direction).map(({ about, cells }) => {
        const below = about === undefined ? '' : `<br><small>${about}</small>`;
        return [`${DIRECTION_NAMES[direction]}${below}`, escapeHtml(run.run.name), ...cells];
      }),
    ),
  );
  return table.length === 0 ? '' : section(id, title, lead, htmlTable(['', 'run', ...head], table));
}
