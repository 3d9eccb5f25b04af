import { add, dispose, engine, keep, scalar, tidy } from '@tensorflow/tfjs-core';
import type { NamedAttrMap, Scalar, Tensor, TensorContainer, Variable } from '@tensorflow/tfjs-core';
import { withoutGradient } from '@cmcgan/tfjs-kernels';
import { freeActivations, restoreActivations } from './recomputed-activations';
import type { TapeNode } from './recomputed-activations';

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
 * the memory. Of the largest activations it keeps only what they are recomputed from: at full width and a batch of 16, outputs of batch
 * normalisation from `recomputedBytes` on take 160 MiB. At an eighth of the width no output is as large.
 *
 * It relies on the engine's state: operations are recorded on `activeTape` while `gradientDepth` is above 0, as in `tf.grad`; and on two of
 * its methods, which it replaces while it records, since TensorFlow.js' own run a kernel for every saved tensor and hide attributes.
 */
export function createGradientTape({ recomputedBytes = 16 * 2 ** 20 } = {}): GradientTape {
  let nodes: TapeNode[] = [];
  const disposeTape = () => {
    for (const node of nodes) dispose(node.saved ?? []);
    nodes = [];
  };
  return {
    record(forward) {
      const results = withTape(nodes, 1, () => withOwnSaving(() => tidy(forward)));
      freeActivations(nodes, recomputedBytes);
      return results;
    },
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
  saveTensorsForBackwardMode(tensors: Tensor[]): Tensor[];
  addTapeNode(...args: [...others: unknown[], attrs: NamedAttrMap]): void;
}

/** Runs with saved tensors that share their memory with the originals, and with nodes that know their operation's attributes. */
function withOwnSaving<T>(run: () => T): T {
  const saving = engine() as unknown as Partial<SavingEngine>;
  const addTapeNode = saving.addTapeNode!.bind(saving) as SavingEngine['addTapeNode'];
  saving.saveTensorsForBackwardMode = (tensors) => tensors.map((tensor) => keep(withoutGradient(tensor)));
  saving.addTapeNode = (...args) => {
    addTapeNode(...args);
    const node = engine().state.activeTape.at(-1) as TapeNode;
    node.attrs = args.at(-1) as NamedAttrMap;
  };
  try {
    return run();
  } finally {
    delete saving.saveTensorsForBackwardMode; // the class's own again
    delete saving.addTapeNode;
  }
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
      restoreActivations(node);
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
