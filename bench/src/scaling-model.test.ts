import { describe, expect, it } from 'vitest';
import { exchangeSeconds, fitNetwork, speedUp, stepSeconds } from './scaling-model';

const NETWORK = { latencySeconds: 2e-5, bytesPerSecond: 1.25e9 };
const measure = (ranks: number, bytes: number) => ({ ranks, bytes, seconds: exchangeSeconds(NETWORK, { ranks, bytes }) });
const MEASURED = [2, 4].flatMap((ranks) => [2 ** 16, 2 ** 20, 2 ** 24, 2 ** 28].map((bytes) => measure(ranks, bytes)));

it('an exchange between two ranks sends half of the array there and half back', () => {
  expect(exchangeSeconds({ latencySeconds: 0, bytesPerSecond: 1e9 }, { ranks: 2, bytes: 1e9 })).toBeCloseTo(1);
  expect(exchangeSeconds({ latencySeconds: 1, bytesPerSecond: Infinity }, { ranks: 5, bytes: 1 })).toBe(8);
  expect(exchangeSeconds({ latencySeconds: 1, bytesPerSecond: Infinity }, { ranks: 5, bytes: 2 ** 24 + 1 })).toBe(16); // two blocks
});

describe('fitNetwork', () => {
  it('finds the network that made the times', () => {
    const fitted = fitNetwork(MEASURED);
    expect(fitted.latencySeconds / NETWORK.latencySeconds).toBeCloseTo(1, 6);
    expect(fitted.bytesPerSecond / NETWORK.bytesPerSecond).toBeCloseTo(1, 6);
  });

  it('weighs small and large arrays alike: noise of a tenth changes neither figure by more', () => {
    const noisy = MEASURED.map((each, i) => ({ ...each, seconds: each.seconds * (i % 2 ? 1.1 : 1 / 1.1) }));
    const fitted = fitNetwork(noisy);
    expect(Math.abs(Math.log(fitted.bytesPerSecond / NETWORK.bytesPerSecond))).toBeLessThan(0.11);
    expect(Math.abs(Math.log(fitted.latencySeconds / NETWORK.latencySeconds))).toBeLessThan(0.3);
  });

  it('gives no negative latency where small arrays are faster than large ones would suggest', () => {
    const odd = MEASURED.map((each) => ({ ...each, seconds: each.seconds * each.bytes ** 0.2 }));
    expect(fitNetwork(odd).latencySeconds).toBeGreaterThanOrEqual(0);
  });
});

describe('a step', () => {
  const traffic = { exchanges: [1e9, 1e9], computeSeconds: 2 };

  it('adds its exchanges to what one rank computes', () => {
    const network = { latencySeconds: 0, bytesPerSecond: 1e9 };
    expect(stepSeconds(network, traffic, 1)).toBe(2);
    expect(stepSeconds(network, traffic, 2)).toBeCloseTo(4);
    expect(speedUp(network, traffic, 2)).toBeCloseTo(1);
    expect(stepSeconds(network, traffic, 1e6)).toBeCloseTo(6, 4); // each exchange sends the array twice, however many ranks
  });
});
