import { openInversionMemory, type TwoWayModule } from '../wasm/inversion-module';
import { float64, type ArrayTable } from '../wasm/spectrum-memory';
import { fourierArrays } from './fourier-arrays';
import { framePlanIn, type FramePlan, type ResolvedFraming } from './frame-plan';

/** Bins 0 … fftSize / 2 of one frame. */
const binArrays = (fftSize: number) => ({ re: float64((fftSize >> 1) + 1), im: float64((fftSize >> 1) + 1) });

/** A frame plan with both modules, which computes the bins of a frame, not only their power. */
export interface BinPlan<T extends ArrayTable> extends FramePlan<T & ReturnType<typeof binArrays>, TwoWayModule> {
  readonly binCount: number;
  /** Transforms frame `frame` of `samples` into arrays.re and arrays.im, [binCount] each. */
  analyse(samples: Float32Array, frame: number): void;
}

/** A plan with further arrays in the same memory, for the modules to work on. */
export function createBinPlan<T extends ArrayTable>(framing: ResolvedFraming, others: T, where: string): BinPlan<T> {
  const { fftSize } = framing;
  const table = { ...others, ...binArrays(fftSize), ...fourierArrays(fftSize) };
  const plan: FramePlan<T & ReturnType<typeof binArrays>, TwoWayModule> = framePlanIn(
    openInversionMemory(table, where),
    framing,
    where,
  );
  const { turns, window, input, re, im, frame: held } = plan.arrays as FramePlan<ReturnType<typeof binArrays>>['arrays'];
  const { module, take } = plan;
  module.planBins(fftSize, turns.byteOffset, window.byteOffset, input.byteOffset, re.byteOffset, im.byteOffset);
  return {
    ...plan,
    binCount: re.length,
    analyse(samples, frame) {
      take(samples, frame);
      module.analyse(held.byteOffset);
    },
  };
}
