/** A running TensorFlow.js backend. */
export interface RunningBackend {
  readonly name: string;
  readonly threads: number;
  /** A description for people: "wasm, 2 threads, simd 4×16". */
  readonly description: string;
  /** The memory that the backend uses; undefined if unknown. */
  memoryBytes(): number | undefined;
  dispose(): Promise<void>;
}

/** Whether a backend can be started here; if not, why, and what to do about it: one sentence each, without a full stop. */
export type BackendAvailability =
  | { readonly available: true; readonly description: string }
  | { readonly available: false; readonly reason: string; readonly remedy: string };

/** How to start a backend. */
export interface BackendOptions {
  /** Threads to compute with; null: one per core. Some backends ignore it. */
  readonly threads: number | null;
  /** Called with what was chosen, and why. */
  readonly onInfo?: (line: string) => void;
}

/** A TensorFlow.js backend that can be chosen by name. */
export interface Backend {
  readonly name: string;
  /** A few words for --help. */
  readonly summary: string;
  /** For the doctor: on what hardware or version it was compared with wasm, and how far the results differed. */
  readonly proof?: string;
  /** Whether it can be started. Takes a few seconds at most, and loads no driver or native library into this process. */
  availability(): Promise<BackendAvailability>;
  /** Loads it and makes it TensorFlow.js' current backend. */
  start(options: BackendOptions): Promise<RunningBackend>;
}
