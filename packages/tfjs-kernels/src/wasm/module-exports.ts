/** The exports of assembly/index.ts. Addresses are bytes in the shared memory. */
export interface ModuleExports {
  run(operation: number, job: number, jobs: number, counter: number, scratch: number): number;
  serve(control: number, scratch: number, seen: number, spins: number): void;
  prepare(list: number): void;
  replay(list: number, control: number, scratch: number, spins: number): number;
  jobBytes(operation: number): number;
  tilesOf(operation: number, job: number): number;
  scratchBytes(): number;
  tileColumns(): number;
  maxPanels(): number;
  maxColumns(): number;
}

/** Starts a module on the given memory. `call` is called by number for the calls of a recording. */
export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  call: (index: number) => void = () => undefined,
): ModuleExports {
  return { ...new WebAssembly.Instance(module, { env: { memory }, index: { call } }).exports } as unknown as ModuleExports;
}
