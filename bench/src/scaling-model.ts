/** A measured exchange: how long `ranks` processes took to sum `bytes` bytes each. */
export interface Exchange {
  readonly ranks: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** What connects the processes. */
export interface Network {
  /** Of one message, in seconds. */
  readonly latencySeconds: number;
  /** Of one process, in one direction, in bytes per second. */
  readonly bytesPerSecond: number;
}

/** Bytes that are sent at a time, as in @cmcgan/mpi. */
const blockBytes = (ranks: number) => 4 * Math.max(2 ** 22, ranks * 2 ** 16);

/** Messages that a rank sends, one after the other: for each block, one to every other rank, and one more with its sums. */
const messages = (ranks: number, bytes: number) => 2 * (ranks - 1) * Math.ceil(bytes / blockBytes(ranks));

/** Bytes that a rank sends: 2(P-1)/P of the array, as around a ring. */
export const sentBytes = (ranks: number, bytes: number): number => (2 * (ranks - 1) * bytes) / ranks;

/** Time of a sum in which every rank gets its share of all arrays, and then all sums (Thakur, Rabenseifner, Gropp 2005, section 4). */
export function exchangeSeconds(network: Network, { ranks, bytes }: Omit<Exchange, 'seconds'>): number {
  return messages(ranks, bytes) * network.latencySeconds + sentBytes(ranks, bytes) / network.bytesPerSecond;
}

/** The network whose times have the least squares of relative errors to those measured; neither figure is negative. */
export function fitNetwork(measured: readonly Exchange[]): Network {
  let [aa, ab, bb, ay, by] = [0, 0, 0, 0, 0];
  for (const { ranks, bytes, seconds } of measured) {
    const [a, b] = [messages(ranks, bytes) / seconds, sentBytes(ranks, bytes) / seconds];
    aa += a * a;
    ab += a * b;
    bb += b * b;
    ay += a;
    by += b;
  }
  const determinant = aa * bb - ab * ab;
  const latency = (ay * bb - by * ab) / determinant;
  if (latency <= 0) return { latencySeconds: 0, bytesPerSecond: bb / by };
  return { latencySeconds: latency, bytesPerSecond: determinant / (by * aa - ay * ab) };
}

/** What a step does besides computing. */
export interface StepTraffic {
  /** Bytes of each sum of gradients, one after the other. */
  readonly exchanges: readonly number[];
  /** Seconds of one rank's passes. */
  readonly computeSeconds: number;
}

/** Seconds of a step in which each of `ranks` processes computes as much as one does alone, and nothing overlaps. */
export function stepSeconds(network: Network, { exchanges, computeSeconds }: StepTraffic, ranks: number): number {
  if (ranks === 1) return computeSeconds;
  return exchanges.reduce((sum, bytes) => sum + exchangeSeconds(network, { ranks, bytes }), computeSeconds);
}

/** How many ranks' worth of pairs a second `ranks` processes train on. */
export const speedUp = (network: Network, traffic: StepTraffic, ranks: number): number =>
  (ranks * traffic.computeSeconds) / stepSeconds(network, traffic, ranks);
