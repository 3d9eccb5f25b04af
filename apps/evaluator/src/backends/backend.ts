/** A running TensorFlow.js backend. */
export interface RunningBackend {
  readonly name: string;
  readonly threads: number;
  /** What it is, for people: "wasm, 2 threads, simd 4×16". */
  readonly description: string;
  /** Memory that the backend holds; undefined where it can't tell. */
  memoryBytes(): number | undefined;
  dispose(): Promise<void>;
}

/** A way to compute, chosen by name. `start` makes it TensorFlow.js' current backend; it is loaded only then. */
export interface Backend {
  readonly name: string;
  start(options: { threads: number | null; onInfo?: (line: string) => void }): Promise<RunningBackend>;
}
