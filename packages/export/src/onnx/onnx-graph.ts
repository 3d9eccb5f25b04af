import { create } from '@bufbuild/protobuf';
import type { Tensor } from '@tensorflow/tfjs-core';
import { attributeProtos, type Attributes } from './attributes';
import {
  GraphProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  TensorProto_DataType,
  ValueInfoProtoSchema,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './generated/onnx_pb';
import { permute } from './permute';

/** A tensor in the graph. `shape` is [H, W, C] or [C] without the batch, whatever order the axes are stored in. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly number[];
  /** [B, H, W, C] as at the model's doors, or [B, C, H, W] as ONNX convolves; without meaning for [B, C]. */
  readonly layout: 'channelsLast' | 'channelsFirst';
}

/** A node: its name is the start of its output's name unless `output` gives that. */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly name: string;
  readonly attributes?: Attributes;
  readonly output?: string;
}

/** A graph under construction. */
export interface OnnxGraph {
  /** Adds an input of the model, in channels-last order, of any batch size. */
  addInput(name: string, shape: readonly number[], doc: string): OnnxValue;
  /** Adds an output of the model, in channels-last order. */
  addOutput(name: string, value: OnnxValue, doc: string): void;
  /** Adds a node. Returns the name of its output. */
  addNode(node: OnnxNode): string;
  /** Adds a weight, once for each name and order of its axes. Returns its name. */
  addWeight(name: string, tensor: Tensor, order?: readonly number[]): string;
  /** Adds a list of whole numbers, such as a shape. Returns its name. */
  addNumbers(name: string, numbers: readonly number[]): string;
  /** Reads the weights and completes the graph. */
  finish(name: string): Promise<GraphProto>;
}

/** Creates an empty graph. */
export function createOnnxGraph(): OnnxGraph {
  const [nodes, inputs, outputs]: [NodeProto[], ValueInfoProto[], ValueInfoProto[]] = [[], [], []];
  const constants = new Map<string, () => Promise<TensorProto>>();
  const used = new Set<string>();
  const unused = (name: string) => {
    let candidate = name;
    for (let i = 2; used.has(candidate); i++) candidate = `${name}_${i}`;
    used.add(candidate);
    return candidate;
  };
  const graph: OnnxGraph = {
    addInput(name, shape, doc) {
      used.add(name);
      inputs.push(valueInfo(name, shape, doc));
      return { name, shape, layout: 'channelsLast' };
    },
    addOutput(name, value, doc) {
      used.add(name);
      const node = { inputs: [value.name], name: `${name}.output`, output: name };
      if (value.layout === 'channelsLast') graph.addNode({ ...node, type: 'Identity' });
      else graph.addNode({ ...node, type: 'Transpose', attributes: { perm: [0, 2, 3, 1] } });
      outputs.push(valueInfo(name, value.shape, doc));
    },
    addNode({ type, inputs, name: wanted, attributes = {}, output }) {
      const name = unused(wanted);
      const attribute = attributeProtos(attributes);
      nodes.push(create(NodeProtoSchema, { opType: type, name, input: [...inputs], output: [output ?? name], attribute }));
      return output ?? name;
    },
    addWeight(name, tensor, order) {
      used.add(name);
      if (!constants.has(name)) constants.set(name, () => weight(name, tensor, order));
      return name;
    },
    addNumbers(wanted, numbers) {
      const name = unused(wanted);
      constants.set(name, () => Promise.resolve(wholeNumbers(name, numbers)));
      return name;
    },
    async finish(name) {
      const initializer: TensorProto[] = [];
      for (const read of constants.values()) initializer.push(await read());
      return create(GraphProtoSchema, { name, node: nodes, initializer, input: inputs, output: outputs });
    },
  };
  return graph;
}

function valueInfo(name: string, shape: readonly number[], docString: string): ValueInfoProto {
  const dim = [
    { value: { case: 'dimParam' as const, value: 'batch' } },
    ...shape.map((size) => ({ value: { case: 'dimValue' as const, value: BigInt(size) } })),
  ];
  const tensorType = { case: 'tensorType' as const, value: { elemType: TensorProto_DataType.FLOAT, shape: { dim } } };
  return create(ValueInfoProtoSchema, { name, docString, type: { value: tensorType } });
}

async function weight(name: string, tensor: Tensor, order?: readonly number[]): Promise<TensorProto> {
  const read = await tensor.data<'float32'>();
  const { values, shape } = order === undefined ? { values: read, shape: tensor.shape } : permute(read, tensor.shape, order);
  const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength); // lowest byte first, as everywhere that Node or browsers run
  return create(TensorProtoSchema, { name, dims: shape.map(BigInt), dataType: TensorProto_DataType.FLOAT, rawData });
}

function wholeNumbers(name: string, numbers: readonly number[]): TensorProto {
  const rawData = new Uint8Array(numbers.length * 8);
  const view = new DataView(rawData.buffer);
  numbers.forEach((number, i) => view.setBigInt64(i * 8, BigInt(number), true));
  return create(TensorProtoSchema, { name, dims: [BigInt(numbers.length)], dataType: TensorProto_DataType.INT64, rawData });
}
