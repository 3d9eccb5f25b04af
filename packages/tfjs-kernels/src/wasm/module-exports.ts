/** The exports of assembly/index.ts. Addresses are bytes in the shared memory. */
export interface ModuleExports {
  run(operation: number, job: number, jobs: number, counter: number, scratch: number): void;
  serve(control: number, scratch: number, seen: number, spins: number): void;
  mergeStatistics(job: number): void;
  normalisationScale(job: number): void;
  mergeGradientSums(job: number): void;
  mergeColumnSums(job: number): void;
  scratchBytes(): number;
  tileColumns(): number;
  maxPanels(): number;
  maxColumns(): number;
}

/** Starts a module on the given memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): ModuleExports {
  return { ...new WebAssembly.Instance(module, { env: { memory } }).exports } as unknown as ModuleExports;
}
