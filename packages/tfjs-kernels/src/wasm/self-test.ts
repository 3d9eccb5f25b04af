import { compileVariant, VARIANTS } from './variants';
import type { Variant } from './variants';
import type { Heap } from './heap';

export function chooseVariant(heap: Heap, wanted: Variant | 'auto', onInfo: (message: string) => void) {
  void heap;
  for (const variant of wanted === 'auto' ? VARIANTS : [wanted]) {
    const module = compileVariant(variant);
    if (module) {
      onInfo(variant);
      return { variant, module };
    }
  }
  throw new Error(`useWasmKernels: variant must be one this engine can compile, got ${wanted}`);
}
