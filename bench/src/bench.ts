/** The options of `npm run bench`. */
export interface BenchOptions {
  widths: number[];
  batch: number;
  rounds: number;
  threads: number;
  /** The Node that runs our side. */
  node: string;
  /** A built checkout whose kernels are timed beside these; undefined if none. */
  before?: string;
}

/** One line of bench/results.json. `ratio` is the peer's time divided by ours: above 1, ours is faster. */
export interface Row {
  name: string;
  oursSeconds: number;
  peer: string | null;
  peerSeconds: number | null;
  ratio: number | null;
}

/** Measures, prints the results, and returns them. */
export type Bench = (options: BenchOptions) => Promise<Row[]>;
