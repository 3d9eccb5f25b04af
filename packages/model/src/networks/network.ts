import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ApplyArguments } from '../layers/apply-arguments';
import { Block, variableOf } from '../layers/block';

export interface NetworkParts {
  name: string;
  inputs: SymbolicTensor | SymbolicTensor[];
  outputs: SymbolicTensor;
}

/** A `LayersModel` that stays frozen, once `trainable` is false, wherever it is built in. */
class Network extends LayersModel {
  /** TensorFlow.js freezes a model's weights, not its layers, and a `Sequential` that takes them in thaws them again. */
  override set trainable(trainable: boolean) {
    super.trainable = trainable;
    for (const layer of this.layers) layer.trainable = trainable;
  }

  override get trainable(): boolean {
    return super.trainable;
  }
}

/** A network from its inputs to its output. */
export const buildNetwork = (parts: NetworkParts): LayersModel => new Network(parts);

/** What a network makes of tensors: a network with one output gives one. The caller owns it. */
export function applyNetwork<T extends Tensor>(network: LayersModel, inputs: Tensor | Tensor[], options: ApplyArguments): T {
  return network.apply(inputs, options as Record<string, unknown>) as T;
}

/** The variables of networks by their stable names, `encoderV.0.filter`, in the order in which they were made. They stay the networks' own. */
export function namedVariables(networks: readonly LayersModel[]): Map<string, Variable> {
  const blocks = networks.flatMap(({ layers }) => layers.filter((layer) => layer instanceof Block));
  return new Map(
    blocks.flatMap(({ name, named }) => [...named].map(([weight, variable]) => [`${name}.${weight}`, variableOf(variable)])),
  );
}
