import type { LogLine } from '@cmcgan/training/node';

/** One line of a chart: a value for each of the curves' steps, null if missing. */
export interface Curve {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** Groups of charts. */
export type ChartGroup = 'Losses' | 'Samples' | 'Speed and memory';

/** A chart: curves that share their axes. */
export interface Chart {
  readonly title: string;
  readonly unit: string;
  /** Heading on the page, shared with neighbouring charts of the same group. */
  readonly group: ChartGroup;
  readonly curves: readonly Curve[];
}

/** The data of a run's charts. */
export interface Curves {
  /** Horizontal axis: the last step of each point. */
  readonly steps: readonly number[];
  /** Number of steps that each point averages. */
  readonly stepsPerPoint: number;
  readonly charts: readonly Chart[];
}

/** Most points per curve: more than a chart has pixels would not show. */
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

/** Charts of values that every log has. To add one: one row. */
const MACHINE_CHARTS: readonly Plan[] = [
  { ...MACHINE, title: 'Speed', unit: 'pairs/s', lines: { 'pairs per second': (line) => number(line.pairsPerSecond) } },
  { ...MACHINE, title: 'Memory', unit: 'MiB', lines: { 'of the process': (line) => number(Number(line.residentBytes) / MIB) } },
];

/** A network's losses by part, in a line of a log. */
type Parts = Readonly<Record<string, unknown>>;

const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const partsOf = (line: LogLine, network: string) => (line[network] ?? {}) as Parts;
const isParts = (value: unknown): value is Parts => typeof value === 'object' && value !== null;

/** Objects in a line that are not a network's losses. */
const NO_NETWORKS: readonly string[] = ['judge'];

/** One chart for the discriminator, whose total is the sum of its parts, and one per part of the generator, whose parts differ in size. */
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

/** The judge's accuracies, which only the lines of scored epochs have, and none in a run without a judge. */
const JUDGE_CHART: Plan = {
  title: 'Recognised by the judge',
  group: 'Samples',
  unit: 'share',
  lines: {
    'pictures from sounds': (line) => number(partsOf(line, 'judge').soundToImage),
    'sounds from pictures': (line) => number(partsOf(line, 'judge').imageToSound),
  },
};

/** Rounds to five digits, more than a chart can show. */
const short = (value: number) => Number(value.toPrecision(5));

function meanOf(lines: readonly LogLine[], read: Read): number | null {
  const values = lines.map(read).filter((value) => value !== undefined);
  return values.length === 0 ? null : short(values.reduce((sum, value) => sum + value, 0) / values.length);
}

const judgeCharts = (log: readonly LogLine[]) => (log.some((line) => 'judge' in line) ? [JUDGE_CHART] : []);

/** Curves of a log: the discriminator's loss, each part of the generator's, the judge's scores if there are any, speed and memory. */
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
