import '@tensorflow/tfjs-backend-cpu';
import { createCmcgan } from '@cmcgan/model';
import { fill, memory, randomNormal, setBackend, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWeightAverage, decayAfter } from './weight-average';

const create = () => createCmcgan({ width: 1 / 64, latentSize: 2, seed: 1 });
const NAME = 'decoderV.1.beta';
const JUDGED = 'discriminator.output.bias';

beforeAll(() => setBackend('cpu'));

/** A trained model whose variable `NAME` is filled with one number, and its average with a decay of 0.5. */
function start() {
  const trained = create();
  const average = createWeightAverage(trained, 0.5);
  const set = (name: string, value: number) =>
    tidy(() => trained.tensors()[name].assign(fill(trained.tensors()[name].shape, value)));
  const read = (name = NAME) => average.model.tensors()[name].dataSync()[0];
  return { trained, average, set, read };
}

describe('decayAfter', () => {
  it('is (1 + n) / (10 + n) until that passes the decay', () => {
    expect([0, 1, 8, 100].map((updates) => decayAfter(updates, 0.5))).toEqual([0.1, 2 / 11, 0.5, 0.5]);
  });
});

describe('createWeightAverage', () => {
  it('averages as its formula says', () => {
    const { average, set, read } = start();
    let expected = 0; // beta starts at 0
    [1, 3, -2].forEach((value, updates) => {
      set(NAME, value);
      average.update();
      const decay = (1 + updates) / (10 + updates);
      expected = decay * expected + (1 - decay) * value;
      expect(read()).toBeCloseTo(expected, 5);
    });
    average.restart();
    expect(read()).toBe(-2);
    set(NAME, 1);
    average.update();
    expect(read()).toBeCloseTo(-0.2 + 0.9, 5);
  });

  it('averages batch-norm statistics too, and has the trained discriminator', () => {
    const { average, set, read } = start();
    set('encoderV.0.movingMean.V', 2);
    set(JUDGED, 7);
    average.update();
    expect(read('encoderV.0.movingMean.V')).toBeCloseTo(1.8, 5);
    expect(read(JUDGED)).toBe(7);
  });

  it('generates with the average, and leaves the trained weights alone', () => {
    const { trained, average, set } = start();
    const image = randomNormal([1, 128, 128, 3], 0, 1, 'float32', 1) as Tensor4D;
    const z = randomNormal([1, 1, 1, 2], 0, 1, 'float32', 2) as Tensor4D;
    const sounds = (model: typeof average.model) => [...model.generateSound!(image, z).dataSync()];
    expect(sounds(average.model)).toEqual(sounds(trained));
    set('decoderA.6.bias', 1);
    average.update();
    expect(sounds(average.model)).not.toEqual(sounds(trained));
    expect(trained.tensors()['decoderA.6.bias'].dataSync()[0]).toBe(1);
  });

  it('goes on from its state, as the model file and the trained weights hold it', () => {
    const [first, second] = [start(), start()];
    first.set(NAME, 1);
    first.average.update();
    const { json = null, tensors = {} } = first.average.resumable.state();
    const saved = first.average.model.tensors();
    tidy(() => Object.entries(second.average.model.tensors()).forEach(([name, to]) => to.assign(saved[name].clone())));
    second.average.resumable.restore({ json, tensors });
    for (const { set, average } of [first, second]) {
      set(NAME, 5);
      average.update();
    }
    expect(second.read()).toBe(first.read());
    expect(second.trained.tensors()['decoderV.2.beta'].dataSync()).toEqual(first.trained.tensors()['decoderV.2.beta'].dataSync());
  });

  it('leaves no tensor behind, of updates and when it is disposed', () => {
    const before = memory().numTensors;
    const trained = create();
    const ofModel = memory().numTensors;
    const average = createWeightAverage(trained, 0.9);
    const ofBoth = memory().numTensors;
    average.update();
    expect(memory().numTensors).toBe(ofBoth);
    average.dispose();
    expect(memory().numTensors).toBe(ofModel);
    trained.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
