import type { OptimizerStep } from './optimizer';

/** Numbers of TensorFlow.js' own optimisers; the rest of a decay is 1 minus it. */
const STOCK_NUMBERS = ['learningRate', 'decay', 'restOfDecay', 'momentum', 'restOfMomentum', 'epsilon'] as const;

/** An optimiser of TensorFlow.js: statements over the names of its buffers, of which `change` is subtracted from the value. */
function stockRule(name: string, slots: readonly string[], change: (g: string, ...slots: string[]) => string): OptimizerStep {
  const statements: OptimizerStep['statements'] = ({ value, gradient, slots: own }) => `
    let g = ${gradient}[at];
    ${change('g', ...own.map((slot) => `${slot}[at]`))}
    ${value}[at] -= change;`;
  return { name: `stock ${name}`, slots, numbers: STOCK_NUMBERS, statements };
}

const rmsProp = (deviation: string) => (g: string, squares: string, velocity: string, mean?: string) => `
  let s = step.decay * ${squares} + step.restOfDecay * ${g} * ${g};
  ${squares} = s;
  ${mean === undefined ? '' : `let m = step.decay * ${mean} + step.restOfDecay * ${g}; ${mean} = m;`}
  let change = step.momentum * ${velocity} + step.learningRate * ${g} / sqrt(${deviation});
  ${velocity} = change;`;

/** By their numbers in src/stock-optimizers.ts, with the formulas of assembly/stock-optimizers.ts. */
export const STOCK_RULES: readonly OptimizerStep[] = [
  stockRule('gradient descent', [], (g) => `let change = step.learningRate * ${g};`),
  stockRule(
    'nesterov',
    ['velocity'],
    (g, velocity) => `
      let v = step.decay * ${velocity} + ${g};
      ${velocity} = v;
      let change = step.learningRate * (${g} + step.decay * v);`,
  ),
  stockRule('rmsprop', ['squares', 'velocity'], rmsProp('s + step.epsilon')),
  stockRule('centred rmsprop', ['squares', 'velocity', 'mean'], rmsProp('max(s - m * m, 0.0) + abs(step.epsilon)')),
  stockRule(
    'adagrad',
    ['squares'],
    (g, squares) => `
      let s = ${squares} + ${g} * ${g};
      ${squares} = s;
      let change = step.learningRate * ${g} / sqrt(s + step.epsilon);`,
  ),
  stockRule(
    'adamax',
    ['moment', 'norm'],
    (g, moment, norm) => `
      let m = step.momentum * ${moment} + step.restOfMomentum * ${g};
      let u = max(step.decay * ${norm}, abs(${g}));
      ${moment} = m;
      ${norm} = u;
      let change = step.learningRate * m / (u + step.epsilon);`,
  ),
  stockRule(
    'adadelta',
    ['squares', 'updates'],
    (g, squares, updates) => `
      let d = sqrt((${updates} + step.epsilon) / (${squares} + step.epsilon)) * ${g};
      ${squares} = step.decay * ${squares} + step.restOfDecay * ${g} * ${g};
      ${updates} = step.decay * ${updates} + step.restOfDecay * d * d;
      let change = step.learningRate * d;`,
  ),
];

/** The values of {@link STOCK_NUMBERS}. */
export const stockNumbers = ({ learningRate, decay = 0, momentum = 0, epsilon = 0 }: Record<string, number>): number[] => [
  ...[learningRate, decay, 1 - decay, momentum, 1 - momentum, epsilon],
];
