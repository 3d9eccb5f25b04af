import { dispose, tidy } from '@tensorflow/tfjs-core';
import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import type { SymbolicTensor, layers } from '@tensorflow/tfjs-layers';
import type { ApplyArguments } from '../layers/apply-arguments';
import { Block, variableOf } from '../layers/block';

export interface NetworkParts {
  name: string;
  inputs: SymbolicTensor | SymbolicTensor[];
  outputs: SymbolicTensor;
}

type Layer = layers.Layer;

/** The call of a layer in a forward pass: its inputs, its output, and the tensors that are not needed after it. */
interface Turn {
  layer: Layer;
  inputs: SymbolicTensor[];
  output: SymbolicTensor;
  spent: SymbolicTensor[];
}

/** The calls of a network in topological order. */
function turnsOf(inputs: readonly SymbolicTensor[], output: SymbolicTensor): Turn[] {
  const turns: Turn[] = [];
  const known = new Set(inputs);
  const visit = (made: SymbolicTensor): void => {
    if (known.has(made)) return;
    known.add(made);
    made.inputs.forEach(visit);
    turns.push({ layer: made.sourceLayer, inputs: made.inputs, output: made, spent: [] });
  };
  visit(output);
  const lastUse = new Map(turns.flatMap((turn) => turn.inputs.map((tensor) => [tensor, turn])));
  for (const [tensor, turn] of lastUse) if (!inputs.includes(tensor)) turn.spent.push(tensor);
  return turns;
}

/**
 * A `LayersModel` that, once `trainable` is false, stays frozen as part of any other model, and whose forward pass calls its layers
 * directly, without TensorFlow.js' overhead for each layer (3 to 5 % of a training step at an eighth of the width).
 */
class Network extends LayersModel {
  private turns: Turn[] | undefined;

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
    if (kwargs.training !== undefined) return super.call(inputs, kwargs); // called by `fit`, which uses masks
    this.turns ??= turnsOf(this.inputs, this.outputs[0]);
    const given = Array.isArray(inputs) ? inputs : [inputs];
    const values = new Map(this.inputs.map((input, i) => [input, given[i]]));
    return tidy(() => {
      for (const { layer, inputs: needed, output, spent } of this.turns!) {
        const found = needed.map((tensor) => values.get(tensor)!);
        values.set(output, layer.call(found.length === 1 ? found[0] : found, kwargs) as Tensor);
        dispose(spent.map((tensor) => values.get(tensor)!)); // unless a tape keeps it
      }
      return values.get(this.outputs[0])!;
    });
  }

  /** Freezes the layers as well: TensorFlow.js freezes only a model's weights, and adding it to a `Sequential` would unfreeze them. */
  override set trainable(trainable: boolean) {
    super.trainable = trainable;
    for (const layer of this.layers) layer.trainable = trainable;
  }

  override get trainable(): boolean {
    return super.trainable;
  }
}

/** Builds a network from its symbolic inputs and output. */
export const buildNetwork = (parts: NetworkParts): LayersModel => new Network(parts);

/** Applies a network with one output to tensors. The caller owns the result. */
export function applyNetwork<T extends Tensor>(network: LayersModel, inputs: Tensor | Tensor[], options: ApplyArguments): T {
  return network.apply(inputs, options as Record<string, unknown>) as T;
}

/** The networks' variables by stable name, such as `encoderV.0.filter`, in the order of their creation. The networks keep ownership. */
export function namedVariables(networks: readonly LayersModel[]): Map<string, Variable> {
  const blocks = networks.flatMap(({ layers }) => layers.filter((layer) => layer instanceof Block));
  return new Map(
    blocks.flatMap(({ name, named }) => [...named].map(([weight, variable]) => [`${name}.${weight}`, variableOf(variable)])),
  );
}
