import { add, dispose, engine, keep, scalar, tidy } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, TensorContainer, Variable } from '@tensorflow/tfjs-core';

type TapeNode = ReturnType<typeof engine>['state']['activeTape'][number];

/** A node's inputs that depend on the variables, by name: only their gradients are needed. */
type NodeInputs = [name: string, tensor: Tensor][];

/** A recording of operations that can be paused and continued, and gives gradients once. */
export interface GradientTape {
  /** Runs `forward` and appends it to the recording. The caller owns the tensors that it returns. */
  record<T extends TensorContainer>(forward: () => T): T;
  /**
   * The gradients of `scale` · `loss` with respect to the variables, in their order; the caller owns them. This consumes the tape:
   * activations and gradients are freed as soon as they have been used.
   *
   * @throws if the loss does not depend on one of the variables
   */
  gradients(loss: Scalar, variables: readonly Variable[], scale?: number): Tensor[];
  /** Frees the recording without computing gradients. */
  dispose(): void;
}

/**
 * Creates a gradient tape that does two things `tf.variableGrads` cannot do. It records in pieces: the generator's forward pass produces
 * the discriminator's fakes, the discriminator is updated, and only then does the generator's loss continue the same recording. And it
 * frees each activation and gradient once it has been used, whereas TensorFlow.js keeps all of them to the end, which takes several times
 * the memory.
 *
 * It relies on the engine's state: operations are recorded on `activeTape` while `gradientDepth` is above 0, as in `tf.grad`; and on its
 * method `saveTensorsForBackwardMode`, which it replaces while it records, since TensorFlow.js' own runs a kernel for every saved tensor.
 */
export function createGradientTape(): GradientTape {
  let nodes: TapeNode[] = [];
  const disposeTape = () => {
    for (const node of nodes) dispose(node.saved ?? []);
    nodes = [];
  };
  return {
    record: (forward) => withTape(nodes, 1, () => savingWithoutKernels(() => tidy(forward))),
    gradients(loss, variables, scale = 1) {
      const known = new Map<number, Tensor>([[loss.id, scalar(scale)]]);
      withTape(null, 0, () => walkBack(nodes, inputsThatMatter(nodes, variables, loss), known));
      disposeTape();
      return variables.map((variable, index) => {
        const gradient = known.get(variable.id);
        if (gradient === undefined)
          throw new Error(`gradients: loss must depend on variable ${index}, ${variable.name}, but does not`);
        return gradient;
      });
    },
    dispose: disposeTape,
  };
}

function withTape<T>(nodes: TapeNode[] | null, depth: number, run: () => T): T {
  const { state } = engine();
  const { activeTape, gradientDepth } = state;
  state.activeTape = nodes as TapeNode[];
  state.gradientDepth = depth;
  try {
    return run();
  } finally {
    state.activeTape = activeTape;
    state.gradientDepth = gradientDepth;
  }
}

/** The part of the engine that keeps what an operation's gradient needs. */
interface SavingEngine {
  saveTensorsForBackwardMode?(tensors: Tensor[]): Tensor[];
}

function savingWithoutKernels<T>(run: () => T): T {
  const saving = engine() as unknown as SavingEngine;
  saving.saveTensorsForBackwardMode = (tensors) => tensors.map((tensor) => keep(share(tensor)));
  try {
    return run();
  } finally {
    delete saving.saveTensorsForBackwardMode; // the class's own again
  }
}

/** Another tensor with the same values in the same memory: a clone without a kernel or a node on the tape. */
function share({ dataId, shape, dtype }: Tensor): Tensor {
  const { backend } = engine().state.tensorInfo.get(dataId)!;
  backend.incRef(dataId);
  return engine().makeTensorFromTensorInfo({ dataId, shape, dtype }, backend);
}

/** For each node between the variables and the loss, its inputs that depend on a variable. */
function inputsThatMatter(nodes: TapeNode[], variables: readonly Variable[], loss: Scalar): Map<TapeNode, NodeInputs> {
  const dependent = new Set(variables.map(({ id }) => id));
  const inputs = new Map<TapeNode, NodeInputs>();
  for (const node of nodes) {
    const own = Object.entries(node.inputs).filter(([, tensor]) => dependent.has(tensor.id));
    if (own.length === 0) continue;
    inputs.set(node, own);
    for (const output of node.outputs) dependent.add(output.id);
  }
  const leading = new Set([loss.id]);
  for (const node of [...nodes].reverse()) {
    if (node.outputs.some(({ id }) => leading.has(id))) inputs.get(node)?.forEach(([, { id }]) => leading.add(id));
    else inputs.delete(node);
  }
  return inputs;
}

/** Fills `known` (gradients by tensor id) from the loss back to the variables, freeing what each node no longer needs. */
function walkBack(nodes: TapeNode[], inputs: Map<TapeNode, NodeInputs>, known: Map<number, Tensor>): void {
  for (const node of [...nodes].reverse()) {
    const own = inputs.get(node);
    if (own !== undefined) {
      const incoming = node.outputs.map(({ id }) => known.get(id));
      const gradients = nodeGradients(node, own, incoming);
      own.forEach(([, { id }], i) => accumulate(known, id, gradients[i]));
      for (const { id } of node.outputs) known.delete(id);
      dispose(incoming.filter((gradient) => gradient !== undefined));
    }
    dispose(node.saved ?? []);
    node.saved = [];
  }
}

/** The gradients at a node's inputs, each a tensor of its own. */
function nodeGradients(node: TapeNode, inputs: NodeInputs, incoming: (Tensor | undefined)[]): Tensor[] {
  if (node.gradient === undefined)
    throw new Error(`gradients: every operation must have a gradient, but ${node.kernelName} has none`);
  const taken = new Set<Tensor | undefined>([...incoming, ...(node.saved ?? [])]);
  return tidy(() => {
    const gradientOf = node.gradient!(incoming as Tensor[]); // a missing one stands for zeros
    return inputs.map(([name]) => {
      const gradient = gradientOf[name]();
      const own = taken.has(gradient) ? gradient.clone() : gradient;
      taken.add(own);
      return own;
    });
  }).map((gradient) => keep(gradient));
}

function accumulate(known: Map<number, Tensor>, id: number, gradient: Tensor): void {
  const sofar = known.get(id);
  if (sofar === undefined) {
    known.set(id, gradient);
    return;
  }
  known.set(id, add(sofar, gradient));
  dispose([sofar, gradient]);
}
