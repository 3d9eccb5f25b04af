import type { Role } from '@cmcgan/model';
import type { LayersModel, SymbolicTensor, layers } from '@tensorflow/tfjs-layers';

/** A layer's call that is to be converted: what its inputs have become, and the role that selects its moving averages. */
export interface LayerCall<Value> {
  readonly layer: layers.Layer;
  readonly inputs: readonly Value[];
  readonly role?: Role;
}

/** A format that networks are converted to; its values are what the format has for a tensor. */
export interface Target<Value> {
  /** What becomes of each kind of layer, by its class name. To add one: one entry in each format. */
  readonly layers: Readonly<Record<string, (call: LayerCall<Value>) => Value>>;
  /** [B, H, W, C] → [B, H·W·C]. */
  flatten(value: Value): Value;
}

/** A network, the role of its input, and what its inputs have become. */
export interface NetworkCall<Value> {
  readonly network: LayersModel;
  readonly inputs: readonly Value[];
  readonly role?: Role;
}

/**
 * Converts a network layer by layer, from its output back to its inputs.
 *
 * @throws an error that names the layer if the format has nothing for it
 */
export function convertNetwork<Value>({ network, inputs, role }: NetworkCall<Value>, target: Target<Value>): Value {
  const known = new Map<SymbolicTensor, Value>(network.inputs.map((input, i) => [input, inputs[i]]));
  const valueOf = (symbol: SymbolicTensor): Value => {
    const found = known.get(symbol);
    if (found !== undefined) return found;
    const value = convertLayer({ layer: symbol.sourceLayer, inputs: symbol.inputs.map(valueOf), role }, target);
    known.set(symbol, value);
    return value;
  };
  return valueOf(network.outputs[0]);
}

function convertLayer<Value>(call: LayerCall<Value>, { layers }: Target<Value>): Value {
  const kind = call.layer.getClassName();
  if (Object.hasOwn(layers, kind)) return layers[kind](call);
  const kinds = Object.keys(layers).join(', ');
  throw new Error(
    `export: layer ${call.layer.name} must be one of ${kinds}, got ${kind}; export the part of the network before it`,
  );
}
