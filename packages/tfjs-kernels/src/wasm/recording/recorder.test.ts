import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMomentum, record } from '../../index';
import type { Recorded } from '../../index';
import { useWasmKernels } from '../index';
import type { WasmKernels } from '../index';

let kernels: WasmKernels;
let x: tf.Tensor1D;
let v: tf.Variable;
const made: Recorded<unknown>[] = [];

beforeAll(async () => {
  kernels = await useWasmKernels({ threads: 2, variant: 'tile8' });
});
beforeEach(() => {
  x = tf.tensor1d([1, 2, 3]);
  v = tf.variable(tf.tensor1d([10, 20, 30]));
});
afterEach(() => {
  made.splice(0).forEach((recorded) => recorded.dispose());
  tf.dispose([x, v]);
});

async function recording<T extends tf.TensorContainer>(step: () => T, inputs: tf.Tensor[] = [x]): Promise<Recorded<T>> {
  const recorded = await record(step, { inputs });
  made.push(recorded);
  return recorded;
}
const values = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());

describe('a replay', () => {
  it('computes outputs from the inputs that were written', async () => {
    const { outputs, write, replay } = await recording(() => ({ sum: tf.sum(x), parts: [tf.square(x), tf.neg(x)] }));
    expect([values(outputs.sum), ...outputs.parts.map(values)]).toEqual([[6], [1, 4, 9], [-1, -2, -3]]);
    write(x, new Float32Array([4, 5, 6]));
    replay();
    expect([values(outputs.sum), ...outputs.parts.map(values)]).toEqual([[15], [16, 25, 36], [-4, -5, -6]]);
    expect(values(x)).toEqual([4, 5, 6]);
  });

  it('finds the constants that the step has made', async () => {
    // Each one takes memory that an earlier tensor of the step has left.
    const { outputs, replay } = await recording(() => {
      let y: tf.Tensor = x;
      for (let i = 1; i <= 20; i++) y = tf.tidy(() => tf.add(tf.mul(y, tf.tensor1d([i, i, i])), tf.scalar(i / 8)));
      return y;
    });
    const first = values(outputs);
    replay();
    replay();
    expect(values(outputs)).toEqual(first);
    const closedForm = [1, 2, 3].map((start) =>
      Array.from({ length: 20 }, (_, i) => i + 1).reduce((y, i) => Math.fround(y * i + i / 8), start),
    );
    first.forEach((value, i) => expect(value / closedForm[i]).toBeCloseTo(1, 5));
  });

  it('assigns to variables as the step does', async () => {
    const { outputs, replay } = await recording(() => {
      const before = v.clone();
      v.assign(tf.add(v, x));
      v.assign(tf.mul(v, 2));
      return { before, after: v.clone(), itself: v };
    });
    expect([values(outputs.before), values(outputs.after), values(v)]).toEqual([
      [10, 20, 30],
      [22, 44, 66],
      [22, 44, 66],
    ]);
    replay();
    expect([values(outputs.before), values(outputs.after), values(v)]).toEqual([
      [22, 44, 66],
      [46, 92, 138],
      [46, 92, 138],
    ]);
    expect(outputs.itself).toBe(v);
  });

  it('changes variables, not the clones of them that were made before it', async () => {
    const momentum = createMomentum({ variables: [v], learningRate: 1, momentum: 0 });
    const before = v.clone();
    const { replay } = await recording(() => momentum.step([x]));
    const between = v.clone();
    replay();
    expect([before, between, v].map(values)).toEqual([
      [10, 20, 30],
      [9, 18, 27],
      [8, 16, 24],
    ]);
    tf.dispose([before, between]);
    replay();
    expect(values(v)).toEqual([7, 14, 21]);
    momentum.dispose();
  });

  it('starts from what was assigned to a variable in between', async () => {
    const { replay } = await recording(() => v.assign(tf.add(v, x)));
    tf.tidy(() => v.assign(tf.tensor1d([100, 200, 300])));
    const others = Array.from({ length: 8 }, () => tf.zeros([3])); // would take memory that was freed
    replay();
    expect(values(v)).toEqual([101, 202, 303]);
    expect(others.map((other) => values(other)).flat()).toEqual(new Array(24).fill(0));
    tf.dispose(others);
  });

  it('does not touch clones of its inputs and outputs', async () => {
    const { outputs, write, replay } = await recording(() => tf.square(x));
    const [input, output] = [x.clone(), outputs.clone()];
    write(x, new Float32Array([7, 8, 9]));
    replay();
    expect([input, output, x, outputs].map(values)).toEqual([
      [1, 2, 3],
      [1, 4, 9],
      [7, 8, 9],
      [49, 64, 81],
    ]);
    tf.dispose([input, output]);
  });

  it('reads a tensor from outside the step after it was disposed of', async () => {
    const outside = tf.tensor1d([5, 6, 7]);
    const { outputs, replay } = await recording(() => tf.mul(x, outside));
    outside.dispose();
    tf.dispose(Array.from({ length: 8 }, () => tf.ones([3])));
    replay();
    expect(values(outputs)).toEqual([5, 12, 21]);
  });

  it.each<[string, (x: tf.Tensor1D) => tf.Tensor]>([
    ['a kernel of TensorFlow.js', (a) => tf.cumsum(a)],
    ['one that makes several tensors', (a) => tf.concat(tf.split(tf.stack([a, tf.neg(a)]), 2, 0), 1)],
    [
      'one of this package that JavaScript computes',
      (a) => tf.dilation2d(tf.reshape<tf.Rank.R4>(a, [1, 3, 1, 1]), tf.ones<tf.Rank.R3>([2, 1, 1]), 1, 'same'),
    ],
    [
      'one that calls another',
      (a) =>
        tf.fused.matMul({
          a: tf.reshape<tf.Rank.R2>(a, [1, 3]),
          b: tf.ones<tf.Rank.R2>([3, 2]),
          bias: tf.ones([1, 1]),
          activation: 'elu',
        }),
    ],
  ])('calls %s again', async (_, operation) => {
    const { outputs, write, replay } = await recording(() => operation(x));
    write(x, new Float32Array([-3, 8, 0.5]));
    replay();
    expect(values(outputs)).toEqual(tf.tidy(() => values(operation(tf.tensor1d([-3, 8, 0.5])))));
  });

  it('works beside plain steps and other recordings, and after dispose of another', async () => {
    const first = await recording(() => tf.square(x));
    const second = await recording(() => tf.add(x, 1));
    x.dispose();
    first.write(x, new Float32Array([2, 2, 2]));
    [first, second].forEach(({ replay }) => replay());
    expect([first.outputs, second.outputs].map(values)).toEqual([
      [4, 4, 4],
      [3, 3, 3],
    ]);
    first.dispose();
    tf.dispose(Array.from({ length: 8 }, () => tf.ones([3])));
    second.replay();
    expect(values(second.outputs)).toEqual([3, 3, 3]);
  });
});

describe('record refuses a step that', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['reads values', () => x.dataSync(), /must not read the values of tensors/],
    ['is async', async () => tf.square(x), /must be synchronous/],
    ['draws random numbers', () => tf.randomUniform([3]), /must not draw random numbers/],
    ['creates variables', () => tf.variable(tf.square(x), true, 'fresh'), /must not create variables, got fresh; run it once/],
    [
      'keeps tensors',
      () => void tf.keep(tf.square(x)),
      /must return or dispose of every tensor that it makes, but keeps 1 \(of shape \[3\]\)/,
    ],
    ['disposes of a variable', () => tf.variable(tf.ones([1])) && v.dispose(), /must not create variables/],
    [
      'calls an operation whose result has a size of its own',
      () => tf.image.nonMaxSuppression(tf.ones([2, 4]), tf.ones([2]), 2),
      /size of their own/,
    ],
    [
      'records',
      () => void record(() => x, { inputs: [] }).catch((error: Error) => expect(error.message).toMatch('another recording')),
      /^$/,
    ],
  ])('%s', async (_, step, message) => {
    const refused = record(step as () => tf.Tensor, { inputs: [x] });
    if (message.source === '^$') return void (await refused).dispose();
    await expect(refused).rejects.toThrow(message);
    // Nothing is left behind: everything works as before.
    expect(tf.tidy(() => values(tf.add(x, tf.randomUniform([3], 1, 1))))).toEqual([2, 3, 4]);
    tf.engine().registeredVariables.fresh?.dispose();
  });

  it('fails, and leaves what it has done', async () => {
    const failing = () => {
      v.assign(tf.add(v, x));
      throw new Error('of the step');
    };
    await expect(record(failing, { inputs: [x] })).rejects.toThrow('of the step');
    tf.dispose(Array.from({ length: 8 }, () => tf.ones([3])));
    expect(values(v)).toEqual([11, 22, 33]);
  });
});

describe('a recording refuses', () => {
  it('values that do not fit an input', async () => {
    const { write } = await recording(() => tf.square(x));
    expect(() => write(x, new Float32Array(4))).toThrow(
      'write: values must be a Float32Array of 3 for an input of shape [3], got Float32Array of 4',
    );
    expect(() => write(x, new Int32Array(3))).toThrow('got Int32Array of 3');
    expect(() => write(v, new Float32Array(3))).toThrow('write: input must be one of the inputs that were given to record');
  });

  it('a variable that was disposed of', async () => {
    const gone = tf.variable(tf.ones([3]), true, 'gone');
    const { replay } = await recording(() => tf.add(gone, x));
    gone.dispose();
    expect(replay).toThrow('replay: variables must not be disposed of after recording, but gone is');
  });

  it('use after dispose', async () => {
    const recorded = await recording(() => tf.square(x));
    recorded.dispose();
    recorded.dispose();
    expect(() => recorded.replay()).toThrow('replay: the recording must not be disposed of');
    expect(() => recorded.write(x, new Float32Array(3))).toThrow('write: the recording must not be disposed of');
    expect(recorded.outputs.isDisposed).toBe(true);
  });

  it('a result whose shape has changed', async () => {
    const { write, replay } = await recording(() => tf.unique(x).values);
    write(x, new Float32Array([5, 5, 5]));
    expect(replay).toThrow('replay: Unique failed: it made a tensor float32 [1], but float32 [3] when it was recorded');
  });
});

describe('memory', () => {
  it('is back after dispose, and clones of outputs live on', async () => {
    const big = tf.ones([2 ** 20]);
    const round = async () => {
      const recorded = await record(() => tf.add(tf.square(big), tf.neg(big)), { inputs: [big] });
      recorded.replay();
      const clone = recorded.outputs.clone();
      recorded.dispose();
      expect(tf.tidy(() => tf.max(clone).dataSync()[0])).toBe(0);
      clone.dispose();
    };
    await round();
    const [bytes, { numTensors, numDataBuffers }] = [kernels.memoryBytes(), tf.memory()];
    for (let i = 0; i < 6; i++) await round();
    expect(kernels.memoryBytes()).toBe(bytes);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    big.dispose();
  });

  it('of temporary tensors is shared, as in a plain step', async () => {
    const big = tf.ones([2 ** 20]); // 4 MiB
    const before = kernels.memoryBytes();
    const { outputs, replay } = await recording(() => {
      let y = tf.add(big, big);
      for (let i = 0; i < 63; i++) {
        const sum = tf.add(y, big);
        y.dispose();
        y = sum;
      }
      return y;
    });
    replay();
    expect(outputs.dataSync()[5]).toBe(65);
    expect(kernels.memoryBytes() - before).toBeLessThan(24 * 2 ** 20);
    big.dispose();
  });
});

describe('another start of the kernels', () => {
  it('with other threads, leaves recordings as they are; with another variant, ends them', async () => {
    const { outputs, write, replay } = await recording(() => tf.square(x));
    await useWasmKernels({ threads: 1, variant: 'tile8' });
    write(x, new Float32Array([3, 3, 3]));
    replay();
    expect(values(outputs)).toEqual([9, 9, 9]);
    await useWasmKernels({ threads: 1, variant: 'tile16' });
    expect(replay).toThrow('replay: the variant must be the one that recorded the step, but useWasmKernels has changed it');
  });

  it('after engine().reset(), ends them', async () => {
    const recorded = await record(() => tf.square(x), { inputs: [x] });
    tf.engine().reset();
    await tf.setBackend('wasm');
    expect(() => recorded.replay()).toThrow(
      'replay: the wasm backend must be the one that recorded the step, but it was restarted',
    );
    recorded.dispose();
    [x, v] = [tf.tensor1d([1]), tf.variable(tf.tensor1d([2]))];
  });
});
