import type { LogLine } from '@cmcgan/training/node';

/** One line of a chart; a value for each of the curves' steps, null where there is none. */
export interface Curve {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** What charts are about. */
export type ChartGroup = 'Losses' | 'Samples' | 'Speed and memory';

/** Lines that share their axes. */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  /** What heads it on the page, together with its neighbours of the same group. */
  readonly group: ChartGroup;
  readonly curves: readonly Curve[];
}

/** What the charts of a run show. */
export interface Curves {
  /** Horizontal axis: the last step of each point. */
  readonly steps: readonly number[];
  /** How many steps a point is the mean of. */
  readonly stepsPerPoint: number;
  readonly charts: readonly Chart[];
}

/** More points than a chart has pixels show nothing more. */
const MAX_POINTS = 2000;
const MIB = 2 ** 20;

type Read = (line: LogLine) => number | undefined;

interface Plan {
  readonly title: string;
  readonly unit: string;
  readonly group: ChartGroup;
  readonly lines: Readonly<Record<string, Read>>;
}

const LOSSES = { group: 'Losses', unit: '' } as const;
const MACHINE = { group: 'Speed and memory' } as const;

/** Charts of what every log has. To add one: one row. */
const MACHINE_CHARTS: readonly Plan[] = [
  { ...MACHINE, title: 'Speed', unit: 'pairs/s', lines: { 'pairs per second': (line) => number(line.pairsPerSecond) } },
  { ...MACHINE, title: 'Memory', unit: 'MiB', lines: { 'of the process': (line) => number(Number(line.residentBytes) / MIB) } },
];

/** A network's losses by part, in a line of a log. */
type Parts = Readonly<Record<string, unknown>>;

const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const partsOf = (line: LogLine, network: string) => (line[network] ?? {}) as Parts;
const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

/** What a line tells beside its losses in an object of its own: a judge's score has a section of its own. */
const NO_NETWORKS: readonly string[] = ['judge'];

/** The discriminator's total is the sum of its parts: one chart. The generator's parts differ in size: one chart each. */
function lossCharts(line: LogLine): Plan[] {
  return Object.keys(line).flatMap((network) => {
    if (!isParts(line[network]) || NO_NETWORKS.includes(network)) return [];
    const lines = Object.keys(partsOf(line, network)).map(
      (part) => [part, (at: LogLine) => number(partsOf(at, network)[part])] as const,
    );
    const name = `${network[0].toUpperCase()}${network.slice(1)}`;
    if (network === 'discriminator') return [{ ...LOSSES, title: `${name} loss`, lines: Object.fromEntries(lines) }];
    return lines.map(([part, read]) => ({ ...LOSSES, title: `${name}: ${part} loss`, lines: { [part]: read } }));
  });
}

/** What a judge recognises of the samples; in few lines of a log, and in none of a run without a judge. */
const JUDGE_CHART: Plan = {
  title: 'Recognised by the judge',
  group: 'Samples',
  unit: 'share',
  lines: {
    'pictures from sounds': (line) => number(partsOf(line, 'judge').soundToImage),
    'sounds from pictures': (line) => number(partsOf(line, 'judge').imageToSound),
  },
};

/** Five digits are more than a picture shows. */
const short = (value: number) => Number(value.toPrecision(5));

function meanOf(lines: readonly LogLine[], read: Read): number | null {
  const values = lines.map(read).filter((value) => value !== undefined);
  return values.length === 0 ? null : short(values.reduce((sum, value) => sum + value, 0) / values.length);
}

const judgeCharts = (log: readonly LogLine[]) => (log.some((line) => 'judge' in line) ? [JUDGE_CHART] : []);

/** Curves of a log: the discriminator's loss, each part of the generator's, the judge's scores where there are any, speed and memory. */
export function curvesOf(log: readonly LogLine[]): Curves {
  const stepsPerPoint = Math.max(1, Math.ceil(log.length / MAX_POINTS));
  const points = Array.from({ length: Math.ceil(log.length / stepsPerPoint) }, (_, point) =>
    log.slice(point * stepsPerPoint, (point + 1) * stepsPerPoint),
  );
  const plans = log.length === 0 ? [] : [...lossCharts(log[0]), ...judgeCharts(log), ...MACHINE_CHARTS];
  return {
    steps: points.map((lines) => lines[lines.length - 1].step),
    stepsPerPoint,
    charts: plans.map(({ lines, ...plan }) => ({
      ...plan,
      curves: Object.entries(lines).map(([label, read]) => ({ label, values: points.map((point) => meanOf(point, read)) })),
    })),
  };
}
