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

/** Whether a backend can be started here; if not, why, and what to do about it: one sentence each, without a full stop. */
export type BackendAvailability =
  | { readonly available: true; readonly description: string }
  | { readonly available: false; readonly reason: string; readonly remedy: string };

/** How a backend is started. */
export interface BackendOptions {
  /** Threads that compute; null: as many as there are cores. Backends that choose for themselves ignore it. */
  readonly threads: number | null;
  /** Told what was chosen, and why. */
  readonly onInfo?: (line: string) => void;
}

/** A way to compute, chosen by name. */
export interface Backend {
  readonly name: string;
  /** What it is in a few words, for --help. */
  readonly summary: string;
  /** On what it was held against wasm, and how far it was off, for the doctor. */
  readonly proof?: string;
  /** Whether it could be started. Takes seconds at most, and leaves this process as it was: no driver and no native library is loaded into it. */
  availability(): Promise<BackendAvailability>;
  /** Loads it and makes it TensorFlow.js' current backend. */
  start(options: BackendOptions): Promise<RunningBackend>;
}
