import { thisFile } from './shared-backend';

const KEY = Symbol.for('@cmcgan/tfjs-kernels/wasm');
const copy = {};

/**
 * Throws if another copy of this package owns the process' wasm backend: two installed versions, or the same one imported and required.
 * Each would have its own workers and memory, and undo the other's changes.
 */
export function assertOnlyCopy(): void {
  const owners = globalThis as { [KEY]?: { copy: object; file: string } };
  const owner = (owners[KEY] ??= { copy, file: thisFile() });
  if (owner.copy === copy) return;
  throw new Error(
    `useWasmKernels: a process must have one copy of @cmcgan/tfjs-kernels, got two: ${owner.file} has the wasm backend, ${thisFile()} was called; 'npm ls @cmcgan/tfjs-kernels' shows which packages bring them, unless one is imported and the other required`,
  );
}
