import { differencesFromPaper } from '../options/differences-from-paper';
import { flatten, NONE } from '../options/option-path';
import type { TrainerOptions } from '../options/trainer-options';
import { columns } from '../progress/columns';
import { formatDuration } from '../progress/format-step';
import type { Estimate } from './estimate';
import { VARIANTS } from '../variants/variants';
import type { Measurement } from './measurement';

/** The result of a dry run. */
export interface DryRun {
  readonly options: TrainerOptions;
  readonly measured: Measurement;
  readonly estimate: Estimate;
  /** Of the disk that would hold the run folder. */
  readonly freeDiskBytes: number;
}

const count = (value: number) => value.toLocaleString('en');
const shown = (value: unknown) => (value === null ? NONE : String(value));
const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;

/** A size in MiB or GiB. */
function size(bytes: number): string {
  return bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function configuration({ options, measured }: DryRun, width: number): string[] {
  const differences = differencesFromPaper(options, measured);
  const changed = new Set(differences.map(({ option }) => option));
  const others = Object.entries(flatten(options)).filter(([name]) => !changed.has(name));
  const rows = differences.map(({ option, value, paper, reason }) => [
    option,
    shown(value),
    shown(paper),
    reason ?? 'set by hand',
  ]);
  const table = rows.length === 0 ? ['  nothing'] : columns([['option', 'here', 'paper', 'why'], ...rows], width);
  return [
    'Differs from the paper',
    ...table,
    '',
    'All other options',
    ...columns(others.map(([name, value]) => [name, shown(value)])),
  ];
}

/** Work that only some runs do and that a dry run leaves out. */
const NOT_COUNTED: readonly { applies(options: TrainerOptions): boolean; what: string }[] = [
  {
    applies: ({ judge }) => judge.source !== null,
    what: 'the judge of the best epoch (about a minute of training, then a few percent of the time; see --judge)',
  },
  {
    applies: ({ variant }) => VARIANTS[variant].family === 'chen',
    what: 'what the baseline trains first (see --pretraining-steps)',
  },
  {
    applies: ({ contrastiveSteps }) => contrastiveSteps > 0,
    what: 'finding pictures by sounds, which is learnt first (see --contrastive-steps)',
  },
  {
    applies: ({ decoderSteps }) => decoderSteps > 0,
    what: 'what the decoders then learn alone (see --decoder-steps)',
  },
];

function takes({ measured, estimate, options, freeDiskBytes }: DryRun, width: number): string[] {
  const { totalSteps, epochs, cutShort } = estimate;
  const duration = formatDuration(estimate.seconds);
  const time = cutShort
    ? `${duration}: --max-minutes ${options.maxMinutes} ends it before its ${count(totalSteps)} steps`
    : `about ${duration}: ${count(totalSteps)} steps in ${count(epochs)} epoch${epochs === 1 ? '' : 's'}`;
  const room = estimate.diskBytes < freeDiskBytes ? '' : '; THERE IS NOT ENOUGH';
  const notCounted = NOT_COUNTED.filter(({ applies }) => applies(options)).map(({ what }) => what);
  const disk = `at most ${size(estimate.diskBytes)}: ${estimate.checkpoints} checkpoints of ${size(measured.checkpointBytes)}, grids, sounds, logs; ${size(freeDiskBytes)} free${room}`;
  return columns(
    [
      ['time', time],
      ['memory', `about ${size(estimate.memoryBytes)}`],
      ['disk', disk],
      ...(notCounted.length > 0 ? [['not counted', notCounted.join('; ')]] : []),
    ],
    width,
  );
}

/** The result of a dry run as lines of text, wrapped to `width` characters if possible. */
export function describeDryRun(dryRun: DryRun, width = Infinity): string[] {
  const { options, measured } = dryRun;
  const { parameters, pairs, classCount, backend } = measured;
  const pairTexts = Object.entries(pairs).map(([split, number]) => `${count(number)} ${split}`);
  return [
    ...configuration(dryRun, width),
    '',
    'Weights',
    ...columns(Object.entries(parameters).map(([name, weights]) => [name, count(weights)])),
    '',
    'Measured here',
    ...columns(
      [
        [
          'data',
          `${pairTexts.join(' and ')} pairs of ${classCount} instruments${options.data.folder === null ? ', to be simulated' : ''}`,
        ],
        ['backend', backend],
        [
          'a step',
          `${seconds(measured.stepMs)} for ${options.batchSize * options.accumulate} pairs (the first one, which warms up: ${seconds(measured.firstStepMs)})`,
        ],
        ["an epoch's end", `${seconds(measured.epochEndMs)} for grids, sounds and report`],
        ['a checkpoint', seconds(measured.checkpointMs)],
      ],
      width,
    ),
    '',
    'The run would take',
    ...takes(dryRun, width),
    '',
    `Nothing was trained, and nothing written to ${options.out}.`,
  ];
}
