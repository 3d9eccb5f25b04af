import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import {
  add,
  customGrad,
  dispose,
  memory,
  mean,
  mul,
  randomNormal,
  relu,
  scalar,
  setBackend,
  square,
  sub,
  sum,
  tanh,
  tensor1d,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import { batchNormActivation } from '@cmcgan/tfjs-kernels';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGradientTape } from './gradient-tape';

beforeAll(() => setBackend('cpu'));

const a = () => variable(tensor1d([0.5, -1.5, 2]));
const b = () => variable(tensor1d([1, 2, -0.5]));
const numbers = (tensors: Tensor[]) => tensors.map((tensor) => [...tensor.dataSync()]);

/** Uses tensors twice, adds a tensor to itself, and includes operations that pass their gradient on unchanged. */
function forward(x: Variable, y: Variable): Tensor {
  const product = mul(x, y);
  const doubled = add(product, product);
  return add(relu(add(doubled, x)), sub(tanh(doubled), y));
}
const lossOf = (result: Tensor): Scalar => add(mean(square(result)), sum(result));

describe('createGradientTape', () => {
  it("gives the gradients of TensorFlow.js' own", () => {
    const [x, y] = [a(), b()];
    const { grads } = variableGrads(() => lossOf(forward(x, y)), [x, y]);
    const tape = createGradientTape();
    const gradients = tape.gradients(
      tape.record(() => lossOf(forward(x, y))),
      [x, y],
    );
    numbers(gradients).forEach((row, i) =>
      row.forEach((value, j) => expect(value).toBeCloseTo(grads[[x, y][i].name].dataSync()[j], 6)),
    );
  });

  it('goes on recording after an interruption, in which another tape is used up', () => {
    const [x, y] = [a(), b()];
    const { grads } = variableGrads(() => lossOf(forward(x, y)), [x, y]);
    const tape = createGradientTape();
    const result = tape.record(() => forward(x, y));
    const other = createGradientTape();
    const [ofOther] = other.gradients(
      other.record(() => sum(mul(result, y))),
      [y],
    );
    expect(numbers([ofOther])).toEqual(numbers([result]));
    const gradients = tape.gradients(
      tape.record(() => lossOf(result)),
      [x, y],
    );
    numbers(gradients).forEach((row, i) =>
      row.forEach((value, j) => expect(value).toBeCloseTo(grads[[x, y][i].name].dataSync()[j], 6)),
    );
  });

  it('scales', () => {
    const x = a();
    const tape = createGradientTape();
    const gradients = tape.gradients(
      tape.record(() => sum(square(x))),
      [x],
      0.25,
    );
    expect(numbers(gradients)).toEqual([[0.25, -0.75, 1]]);
  });

  it('leaves nothing behind but results and gradients, whether used up or disposed', () => {
    const [x, y] = [a(), b()];
    const before = memory().numTensors;
    const tape = createGradientTape();
    const result = tape.record(() => forward(x, y));
    const loss = tape.record(() => lossOf(result));
    const gradients = tape.gradients(loss, [x, y]);
    expect(memory().numTensors).toBe(before + 4);
    dispose([result, loss, ...gradients]);
    const unused = createGradientTape();
    unused.record(() => forward(x, y)).dispose();
    unused.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('frees activations and gradients while it walks', () => {
    const x = variable(scalar(0.5));
    const counts: number[] = [];
    const counting = customGrad((value) => ({
      value: tanh(value as Tensor),
      gradFunc: (dy: Tensor) => {
        counts.push(memory().numTensors);
        return dy.clone();
      },
    }));
    const tape = createGradientTape();
    const loss = tape.record(() => {
      let value: Tensor = x;
      for (let i = 0; i < 50; i++) value = counting(square(value));
      return value as Scalar;
    });
    const recorded = memory().numTensors;
    tape.gradients(loss, [x]);
    expect(counts).toHaveLength(50);
    expect(Math.max(...counts)).toBeLessThan(recorded + 5);
    expect(counts[49]).toBeLessThan(recorded - 45);
  });

  it('frees the largest activations and makes them again, without a change in the gradients', () => {
    const [gamma, beta] = [variable(tensor1d([1.5, -0.5])), variable(tensor1d([0.25, 1]))];
    const [x, weight] = [1, 2].map((seed) => randomNormal([6, 2], 0, 1, 'float32', seed)); // 48 bytes
    const lossOfBatch = () => {
      const { y } = batchNormActivation(x, gamma, beta, { activation: 'leakyRelu' });
      return mean(mul(square(y), weight)) as Scalar;
    };
    const { grads } = variableGrads(lossOfBatch, [gamma, beta]);
    const heldWith = (recomputedBytes: number) => {
      const before = memory().numTensors;
      const tape = createGradientTape({ recomputedBytes });
      const loss = tape.record(lossOfBatch);
      const held = memory().numTensors - before;
      expect(numbers(tape.gradients(loss, [gamma, beta]))).toEqual(numbers([grads[gamma.name], grads[beta.name]]));
      expect(memory().numTensors).toBe(before + 3); // the loss and two gradients
      return held;
    };
    expect(heldWith(48)).toBe(heldWith(49) - 1);
  });

  it('names a variable that the loss does not depend on', () => {
    const [x, y] = [a(), b()];
    const tape = createGradientTape();
    const loss = tape.record(() => sum(square(x)) as Scalar);
    expect(() => tape.gradients(loss, [x, y])).toThrow('gradients: loss must depend on variable 1,');
  });
});
