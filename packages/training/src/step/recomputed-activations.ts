import { dispose, engine } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';

/** An operation on a gradient tape. */
export type TapeNode = ReturnType<typeof engine>['state']['activeTape'][number] & {
  attrs?: NamedAttrMap;
  /** Tensors in `saved` that were freed, and the operations that made them. */
  freed?: { index: number; maker: TapeNode }[];
};

/** Batch normalisation and activation, whose output follows from the tensors that it saves for its own gradient: x, gamma, beta. */
const RECOMPUTED_KERNEL = 'FusedBatchNormActivation';

/** Frees the activations of at least `bytes` that were saved for the gradient of the operation after them. */
export function freeActivations(nodes: readonly TapeNode[], bytes: number): void {
  const makers = new Map<object, TapeNode>();
  for (const node of nodes) {
    node.saved?.forEach((tensor, index) => {
      const maker = makers.get(tensor.dataId);
      if (maker === undefined || tensor.isDisposed) return;
      tensor.dispose();
      (node.freed ??= []).push({ index, maker });
    });
    const [output] = node.outputs;
    if (node.kernelName === RECOMPUTED_KERNEL && 4 * output.size >= bytes) makers.set(output.dataId, node);
  }
}

/** Makes the freed activations of an operation again, by the same kernel from the same values and so to the same bits. */
export function restoreActivations({ saved, freed }: TapeNode): void {
  for (const { index, maker } of freed ?? []) {
    const [x, gamma, beta] = maker.saved!;
    const inputs = { x, gamma, beta } as unknown as NamedTensorMap;
    const [activation, ...statistics] = engine().runKernel<Tensor[]>(RECOMPUTED_KERNEL, inputs, maker.attrs!);
    dispose(statistics);
    saved![index] = activation;
  }
}
