import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMomentum, record } from '../src/index';
import type { Recorded } from '../src/index';

/** An input and a variable, new for each test. */
export let x: tf.Tensor1D;
export let v: tf.Variable;
const made: Recorded<unknown>[] = [];

export function makeTensors(): void {
  x = tf.tensor1d([1, 2, 3]);
  v = tf.tidy(() => tf.variable(tf.tensor1d([10, 20, 30])));
}

/** Makes `x` and `v` before each test; disposes of them and of the test's recordings after it. */
export function useRecordingFixture(): void {
  beforeEach(makeTensors);
  afterEach(() => {
    made.splice(0).forEach((recorded) => recorded.dispose());
    tf.dispose([x, v]);
  });
}

/** Records, until the test ends. */
export async function recording<T extends tf.TensorContainer>(step: () => T, inputs: tf.Tensor[] = [x]): Promise<Recorded<T>> {
  const recorded = await record(step, { inputs });
  made.push(recorded);
  return recorded;
}

export const values = async (tensor: tf.Tensor): Promise<number[]> => Array.from(await tensor.data());
export const allValues = (...tensors: tf.Tensor[]): Promise<number[][]> => Promise.all(tensors.map(values));

/** Tensors that would take memory that was freed. */
const fillers = (): tf.Tensor[] => Array.from({ length: 8 }, () => tf.add(tf.zeros([3]), 0));

/** What replays do on every backend that records. */
export function defineReplays(): void {
  it('assigns to variables as the step does', async () => {
    const { outputs, replay } = await recording(() => {
      const before = v.clone();
      v.assign(tf.add(v, x));
      v.assign(tf.mul(v, 2));
      return { before, after: v.clone(), itself: v };
    });
    const seen = () => allValues(outputs.before, outputs.after, v);
    expect(await seen()).toEqual([[10, 20, 30], [22, 44, 66], [22, 44, 66]]); // prettier-ignore
    replay();
    expect(await seen()).toEqual([[22, 44, 66], [46, 92, 138], [46, 92, 138]]); // prettier-ignore
    expect(outputs.itself).toBe(v);
  });

  it('swaps variables', async () => {
    const other = tf.tidy((): tf.Variable => tf.variable(tf.tensor1d([1, 2, 3])));
    const { replay } = await recording(() => {
      const [one, two] = [tf.clone(v), tf.clone(other)];
      v.assign(two);
      other.assign(one);
    });
    expect(await allValues(v, other)).toEqual([[1, 2, 3], [10, 20, 30]]); // prettier-ignore
    replay();
    expect(await allValues(v, other)).toEqual([[10, 20, 30], [1, 2, 3]]); // prettier-ignore
    other.dispose();
  });

  it('moves variables round', async () => {
    const others = [1, 2].map((value) => tf.tidy((): tf.Variable => tf.variable(tf.tensor1d([value, value, value]))));
    const three = [v, ...others];
    const { replay } = await recording(() => {
      const before = three.map((variable) => tf.clone(variable));
      three.forEach((variable, i) => variable.assign(before[(i + 1) % 3]));
    });
    expect(await allValues(...three)).toEqual([[1, 1, 1], [2, 2, 2], [10, 20, 30]]); // prettier-ignore
    replay();
    expect(await allValues(...three)).toEqual([[2, 2, 2], [10, 20, 30], [1, 1, 1]]); // prettier-ignore
    tf.tidy(() => [v.assign(others[0]), others[0].assign(others[1]), others[1].assign(tf.tensor1d([0, 0, 0]))]);
    replay();
    expect(await allValues(...three)).toEqual([[1, 1, 1], [0, 0, 0], [10, 20, 30]]); // prettier-ignore
    tf.dispose(others);
  });

  it('tells variables and inputs apart that shared memory', async () => {
    const [twin, input] = [tf.variable(v), v.clone()];
    const { outputs, write, replay } = await recording(() => (v.assign(tf.add(v, x)), tf.add(twin, input)), [x, input]);
    write(input, new Float32Array([1, 1, 1]));
    replay();
    expect(await allValues(v, twin, input, outputs)).toEqual([[12, 24, 36], [10, 20, 30], [1, 1, 1], [11, 21, 31]]); // prettier-ignore
    tf.dispose([twin, input]);
  });

  it('changes variables, not the clones of them that were made before it', async () => {
    const momentum = createMomentum({ variables: [v], learningRate: 1, momentum: 0 });
    const before = v.clone();
    const { replay } = await recording(() => momentum.step([x]));
    const between = v.clone();
    replay();
    expect(await allValues(before, between, v)).toEqual([[10, 20, 30], [9, 18, 27], [8, 16, 24]]); // prettier-ignore
    tf.dispose([before, between]);
    momentum.learningRate = 4;
    replay();
    expect(await values(v)).toEqual([4, 8, 12]);
    expect(momentum.stepCount).toBe(3);
    momentum.dispose();
  });

  it('starts from what was assigned to a variable in between', async () => {
    const { replay } = await recording(() => v.assign(tf.add(v, x)));
    tf.tidy(() => v.assign(tf.tensor1d([100, 200, 300])));
    const others = fillers();
    replay();
    expect(await values(v)).toEqual([101, 202, 303]);
    expect((await allValues(...others)).flat()).toEqual(new Array(24).fill(0));
    tf.dispose(others);
  });

  it('does not touch clones of its inputs and outputs', async () => {
    const { outputs, write, replay } = await recording(() => tf.square(x));
    const [input, output] = [x.clone(), outputs.clone()];
    write(x, new Float32Array([7, 8, 9]));
    replay();
    expect(await allValues(input, output, x, outputs)).toEqual([[1, 2, 3], [1, 4, 9], [7, 8, 9], [49, 64, 81]]); // prettier-ignore
    tf.dispose([input, output]);
  });

  it('takes the values of tensors, of any shape and on any backend', async () => {
    const { outputs, write, replay } = await recording(() => tf.square(x));
    const [flat, column, own] = [tf.tensor1d([4, 5, 6]), tf.tensor2d([2, 3, 4], [3, 1]), tf.neg(x)];
    const after = async (given: tf.Tensor): Promise<number[]> => {
      write(x, given);
      replay();
      return values(outputs);
    };
    expect(await after(own)).toEqual([1, 4, 9]);
    expect(await values(x)).toEqual([-1, -2, -3]);
    expect(await after(column)).toEqual([4, 9, 16]);
    expect(await after(x)).toEqual([4, 9, 16]);
    const backend = tf.getBackend();
    await tf.setBackend('cpu');
    const elsewhere = tf.tensor1d([7, 8, 9]);
    await tf.setBackend(backend);
    expect(await after(elsewhere)).toEqual([49, 64, 81]);
    expect(await after(tf.add(flat, 1))).toEqual([25, 36, 49]);
    expect(await allValues(flat, column, elsewhere)).toEqual([[4, 5, 6], [2, 3, 4], [7, 8, 9]]); // prettier-ignore
    expect(() => write(x, tf.ones([4]))).toThrow(
      'write: values must be a tensor of 3 float32 for an input of shape [3], got float32 [4]',
    );
    expect(() => write(x, tf.zeros([3], 'int32'))).toThrow('got int32 [3]');
    flat.dispose();
    expect(() => write(x, flat)).toThrow('got one that is disposed of');
    tf.dispose([column, own, elsewhere]);
  });

  it('works beside other recordings, and after dispose of another', async () => {
    const [first, second] = [await recording(() => tf.square(x)), await recording(() => tf.add(x, 1))];
    first.write(x, new Float32Array([2, 2, 2]));
    [first, second].forEach(({ replay }) => replay());
    expect(await allValues(first.outputs, second.outputs)).toEqual([[4, 4, 4], [3, 3, 3]]); // prettier-ignore
    first.dispose();
    tf.dispose(fillers());
    second.replay();
    expect(await values(second.outputs)).toEqual([3, 3, 3]);
  });
}

type Refusal = [title: string, step: () => unknown, message: RegExp];

/** Steps that no backend records. */
const REFUSALS: Refusal[] = [
  ['reads values', () => tf.add(x, 1).dataSync(), /must not read the values of tensors/],
  ['is async', async () => tf.square(x), /must be synchronous/],
  ['draws random numbers', () => tf.randomUniform([3]), /must not draw random numbers/],
  ['creates variables', () => tf.variable(tf.square(x), true, 'fresh'), /must not create variables, got fresh; run it once/],
  [
    'keeps tensors',
    () => void tf.keep(tf.square(x)),
    /must return or dispose of every tensor that it makes, but keeps 1 \(of shape \[3\]\)/,
  ],
  ['disposes of a variable', () => v.dispose(), /must not dispose of variables/],
];

/** What recordings refuse on every backend, besides a backend's own. */
export function defineRefusals(own: Refusal[]): void {
  it.each([...REFUSALS, ...own])('record refuses a step that %s', async (_, step, message) => {
    await expect(record(step as () => tf.Tensor, { inputs: [x] })).rejects.toThrow(message);
    // Nothing is left behind: everything works as before.
    expect(await values(tf.tidy(() => tf.add(x, tf.randomUniform([3], 1, 1))))).toEqual([2, 3, 4]);
    tf.engine().registeredVariables.fresh?.dispose();
  });

  it('leaves what a failing step has done', async () => {
    const failing = () => {
      v.assign(tf.add(v, x));
      throw new Error('of the step');
    };
    await expect(record(failing, { inputs: [x] })).rejects.toThrow('of the step');
    tf.dispose(fillers());
    expect(await values(v)).toEqual([11, 22, 33]);
  });

  it('refuses values that do not fit, variables that are gone, and use after dispose', async () => {
    const recorded = await recording(() => tf.add(x, v));
    const { write, replay } = recorded;
    expect(() => write(x, new Float32Array(4))).toThrow(
      'write: values must be a Float32Array of 3 for an input of shape [3], got Float32Array of 4',
    );
    expect(() => write(x, new Int32Array(3))).toThrow('got Int32Array of 3');
    expect(() => write(v, new Float32Array(3))).toThrow('write: input must be one of the inputs that were given to record');
    v.dispose();
    expect(replay).toThrow(`replay: variables must not be disposed of after recording, but ${v.name} is`);
    recorded.dispose();
    recorded.dispose();
    expect(replay).toThrow('replay: the recording must not be disposed of');
    expect(() => write(x, new Float32Array(3))).toThrow('write: the recording must not be disposed of');
    expect(recorded.outputs.isDisposed).toBe(true);
  });
}
