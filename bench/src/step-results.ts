import type { Row } from './bench';
import { median, ratioOf, type Spread } from './statistics';
import type { Block } from './take-turns';

/** A contestant's blocks, one for each round. */
export interface Timed {
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** Ours against one peer at one size of the network; null where there is no peer. */
export interface StepResult {
  /** "width 1/8, batch 16". */
  readonly size: string;
  readonly ours: Timed;
  readonly peer: Timed | null;
}

const times = ({ blocks }: Timed) => blocks.map(({ seconds }) => seconds);

/** Median seconds of a step. */
export const secondsOf = (timed: Timed) => median(times(timed));

/** The one with the shortest median; undefined if there is none. */
export function fastest(timed: readonly Timed[]): Timed | undefined {
  return [...timed].sort((a, b) => secondsOf(a) - secondsOf(b))[0];
}

/** A width as a fraction where it is one: 0.125 is "1/8". */
export function widthName(width: number): string {
  const parts = Math.round(1 / width);
  return parts > 1 && Math.abs(parts * width - 1) < 1e-9 ? `1/${parts}` : String(width);
}

const gibibytes = ({ blocks }: Timed) => `${(Math.max(...blocks.map(({ peakBytes }) => peakBytes)) / 2 ** 30).toFixed(2)} GiB`;
const seconds = (timed: Timed) => `${secondsOf(timed).toFixed(3)} s`;
const spread = ({ median: middle, lowest, highest }: Spread) =>
  `${middle.toFixed(2)}× (${lowest.toFixed(2)}–${highest.toFixed(2)})`;

/** The rows of the results' table, with its head: for people, and for the README. */
export function stepCells(results: readonly StepResult[]): string[][] {
  const head = ['training step', 'ours', 'time', 'peer', "peer's time", 'ratio (range)', 'our memory', "peer's"];
  const rows = results.map(({ size, ours, peer }) => [
    ...[size, ours.name, seconds(ours)],
    ...(peer === null ? ['–', '–', '–'] : [peer.name, seconds(peer), spread(ratioOf(times(ours), times(peer)))]),
    ...[gibibytes(ours), peer === null ? '–' : gibibytes(peer)],
  ]);
  return [head, ...rows];
}

/** A result as a line of bench/results.json. */
export function stepRow({ size, ours, peer }: StepResult): Row {
  return {
    name: `training step, ${size}, ${ours.name}`,
    oursSeconds: secondsOf(ours),
    peer: peer?.name ?? null,
    peerSeconds: peer && secondsOf(peer),
    ratio: peer && ratioOf(times(ours), times(peer)).median,
  };
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** Whether the machine had nothing else to do: a sentence. */
export function describeOtherWork(timed: readonly Timed[]): string {
  const shares = timed.flatMap(({ blocks }) => blocks.flatMap(({ otherWork }) => otherWork ?? []));
  if (shares.length === 0) return 'How busy the machine was with other work is not known.';
  const [usual, most] = [median(shares), Math.max(...shares)];
  const judged = usual > 0.05 ? ': measure again on a quiet machine, or ahead of its other work with chrt -r 1' : '';
  return `Other programs used ${percent(usual)} of the machine meanwhile, at most ${percent(most)}${judged}.`;
}
