/** What the command line of `npm run bench` asks for. */
export interface BenchOptions {
  widths: number[];
  batch: number;
  rounds: number;
  threads: number;
  /** The Node that runs ours. */
  node: string;
  /** A checkout, built, whose kernels are timed beside these; none: undefined. */
  before?: string;
}

/** One line of bench/results.json. `ratio` is the peer's time divided by ours: above 1, ours is the faster. */
export interface Row {
  name: string;
  oursSeconds: number;
  peer: string | null;
  peerSeconds: number | null;
  ratio: number | null;
}

/** Measures, prints what it found, and returns it. */
export type Bench = (options: BenchOptions) => Promise<Row[]>;
