/** The options of `npm run bench`. */
export interface BenchOptions {
  widths: number[];
  batch: number;
  rounds: number;
  /** Threads of our side. */
  threads: number;
  /** Threads of PyTorch in the training step; undefined: as many as it takes by itself. */
  peerThreads?: number;
  /** PyTorch's modes in the training step, of which the fastest counts. */
  modes: string[];
  /** The Nodes that run our side of the training step. */
  nodes: string[];
  /** The first of them, which runs our side of everything else. */
  node: string;
  /** Whether to print the training step's table in Markdown. */
  markdown: boolean;
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
